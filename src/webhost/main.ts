/** `node src/webhost/main.ts`: the app in a browser; arguments.ts has the options. */
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { createShelf } from "#core/shelf.ts";
import { DomainError, type DomainErrorCode } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import { defaultNotebookPath } from "#shared/notebook/notebook-path.ts";
import { readArguments, USAGE } from "./arguments.ts";
import { openBrowser } from "./browser.ts";
import { startWebHost } from "./server.ts";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** One line of JSON for each event, on stderr: stdout carries the address alone. */
const write = (level: string) => (data: object, message: string) =>
  void process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, ...data })}\n`,
  );
const logger: Logger = { info: () => {}, warn: write("warn"), error: write("error") };

async function main(): Promise<void> {
  const { help, port, readOnly, open, ...given } = readArguments(process.argv.slice(2));
  if (help) return void process.stdout.write(USAGE);
  const machine = { platform: process.platform, home: homedir(), env: process.env };
  const notebook = resolve(given.notebook ?? defaultNotebookPath(machine));
  const appFolder = fromRoot("out/renderer");
  if (!existsSync(`${appFolder}/index.html`))
    throw new DomainError(
      "not-found",
      `The app is not built: no ${appFolder}/index.html. Run "npm run setup".`,
    );
  if (!readOnly) mkdirSync(dirname(notebook), { recursive: true, mode: 0o700 });
  await using engine = await createShelf({
    paths: { notebook, resources: fromRoot("resources") },
    clock: () => new Date(),
    logger,
    threads: availableParallelism(),
    mode: readOnly ? "read-only" : "write",
  });
  await using host = await startWebHost({ engine, logger, appFolder, port });
  process.stdout.write(
    `Ansatz is at ${host.url}\nThe notebook is ${notebook}${readOnly ? ", open read-only" : ""}. Stop with Ctrl-C.\n`,
  );
  using _file = open ? openBrowser(host.url) : undefined;
  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
}

/** As the command line has them. */
const EXIT = { usage: 2, notReached: 3 } as const;
const USAGE_CODES: readonly DomainErrorCode[] = ["invalid-input", "not-found", "conflict", "not-supported"];

/** Says what went wrong; the exit code that fits. A bug keeps its stack. */
function explain(error: unknown): number {
  const tell = (text: string) => void process.stderr.write(`ansatz: ${text.trimEnd()}\n`);
  if (error instanceof DomainError) {
    const hint = error.code === "notebook-locked" ? " Start with --read-only to look at it meanwhile." : "";
    tell(`${error.message}${hint}`);
    return USAGE_CODES.includes(error.code) ? EXIT.usage : EXIT.notReached;
  }
  if (!(error instanceof Error && "code" in error && error.code === "EADDRINUSE")) throw error;
  tell(`${error.message}. Give another --port, or none to take a free one.`);
  return EXIT.usage;
}

try {
  await main();
} catch (error) {
  process.exitCode = explain(error);
}
