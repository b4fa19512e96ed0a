/** The command line as a process: `ansatz <command>`. */
import { listenForInterruption } from "./host.ts";
import { EXIT, explainCancellation, run } from "./run.ts";

const words = process.argv.slice(2);

listenForInterruption(() => process.exit(explainCancellation(words)));

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The output, failures included, did not arrive: the shell's own exit code for that, never 0.
  if (error.code === "EPIPE") process.exit(EXIT.readerGone);
  throw error;
});

await run(words);
