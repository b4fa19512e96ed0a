/**
 * Entry of the process that the engine lives in: an Electron utility process, or an external Node that main relays for.
 * A crash in here takes no window with it, and SQLite never blocks main.
 */
import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname } from "node:path";
import type { MessagePortMain, ParentPort } from "electron";
import { createShelf } from "#core/shelf.ts";
import { createRouter } from "#rpc/router.ts";
import { createPortServer } from "#rpc/serve-port.ts";
import { DomainError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";
import { openKeychain } from "./keychain.ts";
import { createRelay } from "./relay.ts";

const write = (level: string) => (data: object, message: string) =>
  void process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, message, ...data })}\n`,
  );
const logger: Logger = { info: () => {}, warn: write("warn"), error: write("error") };

/** Electron adds this to the process of a utility; elsewhere it is absent. */
const parentPort = (process as unknown as { parentPort?: ParentPort }).parentPort;

const tellMain = (message: unknown): void => {
  if (parentPort) parentPort.postMessage(message);
  else process.send?.(message);
};

async function main(notebook: string, resources: string, keys: string | undefined): Promise<void> {
  mkdirSync(dirname(notebook), { recursive: true, mode: 0o700 });
  const keychain = openKeychain(tellMain);
  const engine = await createShelf({
    paths: { notebook, resources, keys },
    clock: () => new Date(),
    logger,
    threads: availableParallelism(),
    mode: "read-only-if-locked",
    keychain: keychain.keychain,
  });
  const stop = async () => {
    await engine[Symbol.asyncDispose]();
    process.exit(0);
  };
  const serve = createPortServer(createRouter(engine, logger), logger);
  if (parentPort) {
    parentPort.on("message", ({ data, ports }) => {
      if (data === "stop") void stop();
      keychain.receive(data);
      for (const port of ports as MessagePortMain[]) {
        serve(port);
        port.start();
      }
    });
  } else {
    const relay = createRelay({ send: tellMain, accept: serve });
    process.on("message", (message) => {
      if (message === "stop") void stop();
      else if (!keychain.receive(message)) relay(message);
    });
    process.on("disconnect", () => void stop());
  }
  tellMain("ready");
}

const [notebook, resources, keys] = process.argv.slice(2);
if (!notebook || !resources) throw new Error("expected two arguments: the notebook and the resources folder");
main(notebook, resources, keys).catch((error: unknown) => {
  if (!(error instanceof DomainError)) logger.error({ error: String(error) }, "the engine could not start");
  tellMain({ failed: error instanceof Error ? error.message : String(error) });
});
