/** `ansatz notebook archive | import | backup | restore`. */
import { existsSync, writeFileSync } from "node:fs";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import { checkTarget, fileOf } from "../../files.ts";
import { existing, openEngine, openToTake } from "../../host.ts";
import { print, printJson } from "../../output.ts";
import { type NotebookFlags, subcommand } from "./command.ts";
import { signatureLine } from "./integrity.ts";

export function addArchiveCommands(notebook: Command): void {
  subcommand(notebook, "archive <file>", "write the whole notebook as an .eln archive (RO-Crate)")
    .option("--by <name>", "who it is for; the notebook's record of the export names them")
    .action(runArchive);
  subcommand(
    notebook,
    "import <archive>",
    "make a notebook (--notebook, a new file) from an .eln archive",
  ).action(runImport);
  subcommand(notebook, "backup", "copy the notebook into its folder of backups").action(runBackUp);
  subcommand(
    notebook,
    "restore <backup>",
    "check a backup and put it in the place of the notebook (--notebook), which is kept under another name",
  ).action(runRestore);
}

function tell(json: boolean | undefined, path: string, sentence: string): void {
  if (json) printJson({ path });
  else print(sentence);
}

async function runArchive(
  file: string,
  { notebook, json, by }: NotebookFlags & { by?: string },
): Promise<void> {
  const path = resolve(file);
  if (existsSync(path)) {
    const message = `Expected a new file for the archive, got "${path}", which exists.`;
    throw new DomainError("conflict", message);
  }
  checkTarget(path);
  await using engine = await openToTake(notebook);
  const asked = { name: basename(path, ".eln"), ...(by !== undefined && { by }) };
  const archive = await engine.notebook.exportArchive(asked);
  writeFileSync(path, await archive.bytes(), { flag: "wx" });
  tell(json, path, `The notebook is archived at ${path}`);
}

async function runImport(archive: string, { notebook, json }: NotebookFlags): Promise<void> {
  if (!existsSync(archive)) throw new DomainError("not-found", `There is no archive at "${archive}".`);
  const path = resolve(notebook);
  if (existsSync(path)) {
    throw new DomainError(
      "conflict",
      `Expected a new file for the imported notebook, got "${path}", which exists.`,
    );
  }
  await using engine = await openEngine({ notebook: ":memory:" });
  await engine.notebook.importArchiveTo({ archive: fileOf(archive), path });
  tell(json, path, `The archive is imported as ${path}`);
}

async function runBackUp({ notebook, json }: NotebookFlags): Promise<void> {
  await using engine = await openEngine({ notebook: existing(notebook), recover: false });
  const { path } = await engine.notebook.backUp();
  tell(json, path, `The notebook is copied to ${path}`);
}

async function runRestore(backup: string, { notebook, json }: NotebookFlags): Promise<void> {
  const { restoreFile } = await import("#core/files.ts");
  const { path, replaced, verification } = restoreFile(resolve(backup), resolve(notebook), new Date());
  const { events, head } = verification;
  if (json) return printJson({ path, replaced, events, head, signed: verification.signed });
  print(`${path} now holds what ${backup} holds: ${events} events, the last one ${head.hash}`);
  print(signatureLine(verification));
  if (replaced !== null) print(`The notebook from before is kept as ${replaced}`);
}
