/** The command line: `ansatz <command>`. Exit codes: 0 ok, 1 bug, 2 usage, 3 outcome not reached, 130 cancelled, 141 reader gone. */
import { Command, CommanderError } from "commander";
import { DomainError, type DomainErrorCode, isAbort, messageOf, toError } from "#shared/errors.ts";
import packageJson from "../../package.json" with { type: "json" };
import { addCommands } from "./commands.ts";
import { listenForInterruption, wordsWhenCancelled } from "./host.ts";
import { CANCELLED, endProgress, hasPrintedJson, printJson, remark } from "./output.ts";

const EXIT = { ok: 0, bug: 1, usage: 2, notReached: 3, cancelled: 130, readerGone: 141 } as const;

/** Errors that the caller can mend by asking differently. */
const usageCodes: readonly DomainErrorCode[] = ["invalid-input", "not-found", "conflict", "not-supported"];

async function buildProgram(): Promise<Command> {
  const program = new Command("ansatz")
    .description(
      "An offline lab for computational chemists: propose molecules, rank them with VQE, keep the provenance.",
    )
    .version(packageJson.version)
    .exitOverride()
    .showHelpAfterError("(ansatz --help lists the commands)");
  await addCommands(program, process.argv.slice(2));
  return program;
}

/** Tells a person, or a script that asked for JSON, what went wrong; returns the exit code. */
function explain(error: unknown): number {
  endProgress();
  const json = process.argv.includes("--json");
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    if (json) printJson({ error: { code: "invalid-input", message: error.message } });
    return EXIT.usage;
  }
  if (isAbort(error)) return explainCancellation();
  if (error instanceof DomainError) {
    if (json) printJson({ error: { code: error.code, message: error.message, data: error.data } });
    remark(`ansatz: ${error.message}${error.code === "notebook-locked" ? ` ${elsewhere()}` : ""}`);
    return usageCodes.includes(error.code) ? EXIT.usage : EXIT.notReached;
  }
  if (json) printJson({ error: { code: "bug", message: messageOf(error) } });
  remark(`ansatz: this is a bug. ${toError(error).stack}`);
  return EXIT.bug;
}

/** What a command that writes can do while its notebook is in use: `demo` has a folder instead of --notebook. */
const elsewhere = (): string =>
  process.argv[2] === "demo"
    ? "Or name another folder with --out."
    : "Or name another notebook with --notebook.";

let hasToldCancellation = false;

function explainCancellation(): number {
  // A thread that is slow to end may have the process cut off after it was told.
  if (hasToldCancellation) return EXIT.cancelled;
  hasToldCancellation = true;
  if (process.argv.includes("--json") && !hasPrintedJson()) printJson({ error: CANCELLED });
  remark(wordsWhenCancelled());
  return EXIT.cancelled;
}

listenForInterruption(() => process.exit(explainCancellation()));

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The output, failures included, did not arrive: the shell's own exit code for that, never 0.
  if (error.code === "EPIPE") process.exit(EXIT.readerGone);
  throw error;
});

try {
  await (await buildProgram()).parseAsync();
} catch (error) {
  process.exitCode = explain(error);
}
