/** `ansatz qpu simulate-provider`: a provider on this machine, to try everything out without an account. */
import type { Command } from "commander";
import { integerOption, signalOfProcess, takeTimeToStop } from "../../host.ts";
import { print, printJson } from "../../output.ts";
import { providerOf } from "./provider.ts";

/** No secret: nothing behind it costs anything. */
const KEY = "simulated";

interface ServerFlags {
  port: number;
  queue: number;
  run: number;
  json?: boolean;
}

export function addServerCommand(qpu: Command): void {
  qpu
    .command("simulate-provider <provider>")
    .description(
      `serve a provider's interface on 127.0.0.1, on our own simulator, with the key "${KEY}", until Ctrl-C`,
    )
    .option("--port <n>", "port; a free one when left out", integerOption("port", 0, 65_535), 0)
    .option("--queue <s>", "seconds that a job waits", integerOption("queue", 0, 86_400), 0)
    .option("--run <s>", "seconds that it runs", integerOption("run", 0, 86_400), 0)
    .option("--json", "print one JSON document")
    .action(runServer);
}

async function runServer(provider: string, { port, queue, run, json }: ServerFlags): Promise<void> {
  const name = providerOf(provider);
  const { serveIonq } = await import("../../../qpu-server/ionq-server.ts");
  takeTimeToStop();
  await using server = await serveIonq({ key: KEY, port, queue_ms: 1000 * queue, run_ms: 1000 * run });
  if (json) printJson({ provider: name, baseUrl: server.baseUrl, key: KEY });
  else {
    print(`${name} is simulated at ${server.baseUrl}`);
    print(`ansatz qpu enable ${name} --job-limit 100 --base-url ${server.baseUrl}`);
  }
  const signal = signalOfProcess();
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
