/** `ansatz notebook salvage`: what can be saved of a damaged notebook. */
import { resolve } from "node:path";
import type { Command } from "commander";
import { print, printJson } from "../../output.ts";

interface SalvageOptions {
  out: string;
  json?: boolean;
}

/** Losses printed one by one; the rest is counted, and --json names all. */
const SHOWN = 50;

export function addSalvageCommand(notebook: Command): void {
  notebook
    .command("salvage <file>")
    .description("write a new notebook of all that can still be read of a damaged one, and name the rest")
    .requiredOption("--out <new>", "the new notebook; the damaged file stays as it is")
    .option("--json", "print one JSON document")
    .action(runSalvage);
}

async function runSalvage(file: string, { out, json }: SalvageOptions): Promise<void> {
  const { salvageFile } = await import("#core/files.ts");
  const path = resolve(out);
  const { saved, lost } = salvageFile(resolve(file), path);
  if (json) printJson({ path, saved, lost });
  else {
    for (const { where, what } of lost.slice(0, SHOWN)) print(`lost: ${where}: ${what}`);
    if (lost.length > SHOWN) print(`lost: ${lost.length - SHOWN} more (see --json)`);
    const rows = Object.entries(saved).map(([table, count]) => `${count} ${table} rows`);
    print(`saved as ${path}: ${rows.join(", ")}`);
    print(`Check it with: ansatz notebook verify --notebook "${path}"`);
  }
  if (lost.length > 0) process.exitCode = 3;
}
