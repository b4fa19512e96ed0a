/** What the command line, as a host, gives the core: environment, paths, clock, cancellation. */
import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { Engine, HostSecrets } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { defaultNotebookPath, modelsBeside } from "#shared/notebook/notebook-path.ts";
import { remark } from "./output.ts";

export const resources = fileURLToPath(new URL("../../resources", import.meta.url));

/** Where the notebook lies unless --notebook or ANSATZ_NOTEBOOK says otherwise. */
export const notebookPathHere = (): string =>
  defaultNotebookPath({ platform: process.platform, home: homedir(), env: process.env });

interface HostOptions {
  /** Path of the SQLite file; ":memory:" for commands that keep nothing. */
  notebook: string;
  /** The notebook beside which the user's own models lie, where it is not opened itself. */
  modelsOf?: string | undefined;
  threads?: number | undefined;
  /** read-only: for looking, also while another process writes. */
  mode?: "write" | "read-only" | "read-only-if-locked";
  /** false: campaigns that an earlier process left running are left alone. */
  recover?: boolean;
}

let secrets: Promise<HostSecrets> | undefined;

/**
 * Opens the engine; the default notebook's folder is made, a folder that a user named must exist. Campaigns that an earlier
 * process left running wait: a command does what it was asked for alone.
 */
export async function openEngine({
  notebook,
  modelsOf,
  threads,
  mode = "write",
  recover = true,
}: HostOptions): Promise<Engine> {
  if (notebook === notebookPathHere()) makeFolderOf(notebook);
  // Taken once: what an engine before this one took out of the environment is not there any more.
  secrets ??= import("./device-secrets.ts").then(({ takeDeviceSecrets }) => takeDeviceSecrets(process.env));
  const deviceSecrets = await secrets;
  const silent = () => {};
  // With it comes all that the program can do: help and refusals do not wait for that.
  const { createEngine } = await import("#core/engine.ts");
  return createEngine({
    paths: {
      notebook: notebook === ":memory:" ? notebook : resolve(notebook),
      resources,
      models: modelsOf && modelsBeside(existsSync(modelsOf) ? realpathSync(modelsOf) : resolve(modelsOf)),
    },
    clock: () => new Date(),
    logger: { info: silent, warn: silent, error: silent },
    threads: threads ?? availableParallelism(),
    deviceSecrets,
    onNote: remark,
    mode,
    recover,
    goOn: false,
  });
}

function makeFolderOf(notebook: string): void {
  try {
    mkdirSync(dirname(notebook), { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new DomainError(
      "invalid-input",
      `The folder of the notebook, "${dirname(notebook)}", cannot be made (${(error as NodeJS.ErrnoException).code}). Name a file in a folder that you can write with --notebook or ANSATZ_NOTEBOOK.`,
    );
  }
}

/** Opens a notebook that must be there, to look at it; another process may be writing to it. */
export function openToLook(path: string): Promise<Engine> {
  return openEngine({ notebook: existing(path), mode: "read-only" });
}

/** The same, to write down what is taken from it; read-only where it cannot be written: in use elsewhere, or protected. */
export async function openToTake(path: string): Promise<Engine> {
  const options = { notebook: existing(path), recover: false };
  try {
    return await openEngine({ ...options, mode: "read-only-if-locked" });
  } catch (error) {
    if (!(error instanceof DomainError && error.code === "conflict")) throw error;
    return openEngine({ ...options, mode: "read-only" });
  }
}

/** The path of a notebook that must be there: looking must not make one. */
export function existing(path: string): string {
  if (existsSync(path)) return path;
  throw new DomainError(
    "not-found",
    `There is no notebook at "${path}". Expected an existing file; start one with \`ansatz screen\`.`,
  );
}

const interruption = new AbortController();
/** Native code that does not answer a cancel is left behind after this long. */
const PATIENCE_MS = 1500;

let isPatient = false;
let keepsNothing = false;

let toldWhenCancelled = "Cancelled.";

/** What a person is told where the process is stopped from now on. */
export function tellWhenCancelled(words: string): void {
  toldWhenCancelled = words;
}

export const wordsWhenCancelled = (): string => toldWhenCancelled;

/** For work that keeps what it has when it is stopped: only a second Ctrl-C cuts it off. */
export function takeTimeToStop(): void {
  isPatient = true;
}

/** For work of which nothing is kept: Ctrl-C ends the process at once. */
export function leaveAtOnce(): void {
  keepsNothing = true;
}

/** Listens for Ctrl-C and a polite kill from the start of the process on; work that does not stop is cut off. */
export function listenForInterruption(onStuck: () => void): void {
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.on(name, () => {
      if (interruption.signal.aborted) return onStuck();
      interruption.abort(new DOMException(`stopped by ${name}`, "AbortError"));
      if (keepsNothing) return onStuck();
      if (!isPatient) setTimeout(onStuck, PATIENCE_MS).unref();
    });
  }
}

/** Aborts on Ctrl-C and on a polite kill. */
export const signalOfProcess = (): AbortSignal => interruption.signal;

/** Reads an integer option. */
export function integerOption(name: string, minimum: number, maximum = 2 ** 32 - 1) {
  return (text: string): number => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text.trim()) || !(value >= minimum && value <= maximum)) {
      throw new DomainError(
        "invalid-input",
        `--${name}: expected an integer from ${minimum} to ${maximum}, got "${text}".`,
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
