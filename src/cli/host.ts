/** What the command line, as a host, gives the core: environment, paths, clock, cancellation. */
import { mkdirSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { remark } from "./output.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));

/** Where the notebook lies unless --notebook or ANSATZ_NOTEBOOK says otherwise. */
export function defaultNotebookPath(): string {
  const { ANSATZ_NOTEBOOK, XDG_DATA_HOME, APPDATA } = process.env;
  if (ANSATZ_NOTEBOOK) return ANSATZ_NOTEBOOK;
  if (process.platform === "win32" && APPDATA) return join(APPDATA, "Ansatz", "notebook.sqlite");
  if (process.platform === "darwin")
    return join(homedir(), "Library/Application Support/Ansatz/notebook.sqlite");
  return join(XDG_DATA_HOME || join(homedir(), ".local/share"), "ansatz", "notebook.sqlite");
}

export interface HostOptions {
  /** Path of the SQLite file; ":memory:" for commands that keep nothing. */
  notebook: string;
  threads?: number | undefined;
  verbose?: boolean | undefined;
}

/** Opens the engine; the default notebook's folder is made, a folder that a user named must exist. */
export async function openEngine({ notebook, threads, verbose }: HostOptions): Promise<Engine> {
  if (notebook === defaultNotebookPath()) mkdirSync(dirname(notebook), { recursive: true });
  const log = (data: object, message: string) => {
    if (verbose) remark(`${message} ${JSON.stringify(data)}`);
  };
  return createEngine({
    paths: { notebook: notebook === ":memory:" ? notebook : resolve(notebook), resources },
    clock: () => new Date(),
    logger: { info: log, warn: log, error: log },
    threads: threads ?? availableParallelism(),
  });
}

/** Aborts on Ctrl-C and on a polite kill. */
export function signalOfProcess(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => controller.abort(new DOMException(`stopped by ${name}`, "AbortError")));
  }
  return controller.signal;
}

/** Reads an integer option. */
export function integerOption(name: string, minimum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text.trim()) || !Number.isSafeInteger(value) || value < minimum) {
      throw new DomainError(
        "invalid-input",
        `--${name}: expected an integer of at least ${minimum}, got "${text}".`,
      );
    }
    return value;
  };
}

/** Reads a number option within a range. */
export function numberOption(name: string, minimum: number, maximum: number) {
  return (text: string): number => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= minimum && value <= maximum)) {
      throw new DomainError(
        "invalid-input",
        `--${name}: expected a number from ${minimum} to ${maximum}, got "${text}".`,
      );
    }
    return value;
  };
}
