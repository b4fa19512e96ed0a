/** One command, from its words to its exit code: 0 ok, 1 bug, 2 usage, 3 outcome not reached, 130 cancelled, 141 reader gone. */
import { Command, CommanderError } from "commander";
import { DomainError, type DomainErrorCode, isAbort, messageOf, toError } from "#shared/errors.ts";
import packageJson from "../../package.json" with { type: "json" };
import { addCommands } from "./commands.ts";
import { wordsWhenCancelled } from "./host.ts";
import { CANCELLED, endProgress, hasPrintedJson, printJson, remark } from "./output.ts";

export const EXIT = { ok: 0, bug: 1, usage: 2, notReached: 3, cancelled: 130, readerGone: 141 } as const;

/** Errors that the caller can mend by asking differently. */
const usageCodes: readonly DomainErrorCode[] = ["invalid-input", "not-found", "conflict", "not-supported"];

async function buildProgram(words: readonly string[]): Promise<Command> {
  const program = new Command("ansatz")
    .description(
      "An offline lab for computational chemists: propose molecules, rank them with VQE, keep the provenance.",
    )
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError("(ansatz --help lists the commands)");
  await addCommands(program, words);
  return program;
}

/** Tells a person, or a script that asked for JSON, what went wrong; returns the exit code. */
function explain(error: unknown, words: readonly string[]): number {
  endProgress();
  const json = words.includes("--json");
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    if (json) printJson({ error: { code: "invalid-input", message: error.message } });
    return EXIT.usage;
  }
  if (isAbort(error)) return explainCancellation(words);
  if (error instanceof DomainError) {
    if (json) printJson({ error: { code: error.code, message: error.message, data: error.data } });
    remark(`ansatz: ${error.message}${error.code === "notebook-locked" ? ` ${elsewhere(words)}` : ""}`);
    return usageCodes.includes(error.code) ? EXIT.usage : EXIT.notReached;
  }
  if (json) printJson({ error: { code: "bug", message: messageOf(error) } });
  remark(`ansatz: this is a bug. ${toError(error).stack}`);
  return EXIT.bug;
}

/** What a command that writes can do while its notebook is in use: `demo` has a folder instead of --notebook. */
const elsewhere = ([command]: readonly string[]): string =>
  command === "demo" ? "Or name another folder with --out." : "Or name another notebook with --notebook.";

let hasToldCancellation = false;

export function explainCancellation(words: readonly string[]): number {
  // A thread that is slow to end may have the process cut off after it was told.
  if (hasToldCancellation) return EXIT.cancelled;
  hasToldCancellation = true;
  if (words.includes("--json") && !hasPrintedJson()) printJson({ error: CANCELLED });
  remark(wordsWhenCancelled());
  return EXIT.cancelled;
}

/** Does what the words after `ansatz` ask for. A command that ends without an error may have set `process.exitCode`, and it stays. */
export async function run(words: readonly string[]): Promise<void> {
  try {
    await (await buildProgram(words)).parseAsync(words, { from: "user" });
  } catch (error) {
    process.exitCode = explain(error, words);
  }
}
