/** `ansatz energy … --record DIR`: a folder from which a stranger can check the energy. */
import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import { arch, availableParallelism, cpus, release, totalmem, type } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DomainError } from "#shared/errors.ts";
import type { CheckFiles } from "#shared/quantum/check-files.ts";
import { makeFolder, readTextFile, writeTextFile } from "../../files.ts";
import { remark } from "../../output.ts";
import { type Cost, type Expected, type Machine, recordPage } from "./record-page.ts";

export interface Recording {
  readonly folder: string;
  /** The clock when it began, and what the process had taken of the processor. */
  readonly begun: Date;
  readonly before: NodeJS.CpuUsage;
}

/**
 * Makes the folder before anything is computed for it.
 *
 * @throws DomainError `invalid-input` where it cannot be written, or holds something
 */
export function beginRecord(path: string): Recording {
  const folder = makeFolder(path);
  const held = readdirSync(folder).length;
  if (held > 0)
    throw new DomainError(
      "invalid-input",
      `--record: expected a new or empty folder, got "${folder}", which holds ${held} files. Name another one.`,
    );
  return { folder, begun: new Date(), before: process.cpuUsage() };
}

const machineHere = (): Machine => ({
  processor: cpus()[0]?.model.trim() ?? arch(),
  threadsOfMachine: availableParallelism(),
  memory_bytes: totalmem(),
  system: `${type()} ${release()} ${arch()}`,
  node: process.version,
});

function costOf({ begun, before }: Recording): Cost {
  const { user, system } = process.cpuUsage(before);
  return {
    begun: begun.toISOString(),
    clock_seconds: (Date.now() - begun.getTime()) / 1000,
    processor_seconds: (user + system) / 1e6,
    peakMemory_bytes: process.resourceUsage().maxRSS * 1024,
  };
}

/** A word as a shell takes it. */
const quoted = (word: string): string =>
  /^[\w./:=,+@%-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;

export interface Recorded {
  /** What was computed, in a line. */
  readonly title: string;
  /** The request, without the text of a Hamiltonian. */
  readonly settings: object;
  readonly expected: Expected;
  /** The document of --json. */
  readonly result: { program: string | null; build: string; threads: number | null };
  readonly checks: CheckFiles;
  /** Further files by their name. */
  readonly files: Readonly<Record<string, string>>;
}

const checkerOf = (name: string): Record<string, string> => ({
  [name]: readTextFile(fileURLToPath(new URL(`./checkers/${name}`, import.meta.url))),
});

/** What checks the numbers, by the name of its file. */
function checkers({ fcidump, wavefunction, pyscf }: CheckFiles): Record<string, string> {
  return {
    ...(fcidump !== undefined && { "hamiltonian.fcidump": fcidump }),
    ...(wavefunction !== undefined && {
      "wavefunction.txt": wavefunction,
      ...checkerOf("check_determinants.py"),
    }),
    ...(fcidump !== undefined && wavefunction === undefined && checkerOf("check_hamiltonian.py")),
    ...(pyscf && { "pyscf_input.py": pyscf.text }),
  };
}

/** Writes the folder; the sums of its files last. @throws DomainError `invalid-input` where a file cannot be written */
export function writeRecord(recording: Recording, recorded: Recorded): void {
  const { title, settings, expected, result, checks, files } = recorded;
  const run = {
    command: `ansatz ${process.argv.slice(2).map(quoted).join(" ")}`,
    ...{ program: result.program, build: result.build, threads: result.threads },
    machine: machineHere(),
    cost: costOf(recording),
  };
  const all: Record<string, string> = {
    ...files,
    ...checkers(checks),
    "record.json": `${JSON.stringify({ title, expected, ...run, settings, result }, null, 2)}\n`,
  };
  all["README.md"] = recordPage({
    title,
    expected,
    ...run,
    pyscf: checks.pyscf?.of,
    files: Object.keys(all),
  });
  const sums = Object.entries(all).map(([name, text]) => {
    writeTextFile(join(recording.folder, name), text);
    return `${createHash("sha256").update(text).digest("hex")}  ${name}\n`;
  });
  writeTextFile(join(recording.folder, "SHA256SUMS"), sums.join(""));
  remark(`Written: ${recording.folder}`);
}
