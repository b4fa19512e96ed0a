/** `node src/webhost/main.ts [--port n] [--notebook file] [--no-open]`: the app in a browser. */
import { existsSync, mkdirSync } from "node:fs";
import { availableParallelism, homedir } from "node:os";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createEngine } from "#core/engine.ts";
import type { Logger } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { defaultNotebookPath } from "#shared/notebook-path.ts";
import { openBrowser } from "./browser.ts";
import { startWebHost } from "./server.ts";

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** One line of JSON for each event, on stderr: stdout carries the address alone. */
const write = (level: string) => (data: object, message: string) =>
  void process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, ...data })}\n`,
  );
const logger: Logger = { info: () => {}, warn: write("warn"), error: write("error") };

function readArguments() {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "0" },
      notebook: { type: "string" },
      "no-open": { type: "boolean", default: false },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new DomainError(
      "invalid-input",
      `--port: expected a number from 0 to 65535, got "${values.port}".`,
    );
  const machine = { platform: process.platform, home: homedir(), env: process.env };
  return {
    port,
    notebook: resolve(values.notebook ?? defaultNotebookPath(machine)),
    open: !values["no-open"],
  };
}

async function main(): Promise<void> {
  const { port, notebook, open } = readArguments();
  const appFolder = fromRoot("out/renderer");
  if (!existsSync(`${appFolder}/index.html`))
    throw new DomainError(
      "not-found",
      `The app is not built: no ${appFolder}/index.html. Run "npm run setup".`,
    );
  mkdirSync(dirname(notebook), { recursive: true });
  await using engine = await createEngine({
    paths: { notebook, resources: fromRoot("resources") },
    clock: () => new Date(),
    logger,
    threads: availableParallelism(),
  });
  await using host = await startWebHost({ engine, logger, appFolder, port });
  process.stdout.write(`Ansatz is at ${host.url}\nThe notebook is ${notebook}. Stop with Ctrl-C.\n`);
  if (open) openBrowser(host.url);
  await new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop());
  });
}

try {
  await main();
} catch (error) {
  const inUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
  if (inUse)
    process.stderr.write(`ansatz: ${error.message}. Give another --port, or none to take a free one.\n`);
  else if (error instanceof DomainError) process.stderr.write(`ansatz: ${error.message}\n`);
  else throw error;
  process.exitCode = 2;
}
