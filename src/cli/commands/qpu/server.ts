/** `ansatz qpu simulate-provider`: a provider on this machine, to try everything out without an account. */
import type { Command } from "commander";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import type { ServerOptions } from "../../../qpu-server/provider-server.ts";
import { keyVariable } from "../../device-secrets.ts";
import { integerOption, signalOfProcess, takeTimeToStop } from "../../host.ts";
import { print, printJson } from "../../output.ts";
import { providerOf } from "./provider.ts";

/** No secret: nothing behind it costs anything. */
const KEY = "simulated";
const AWS_KEY = `${KEY}:${KEY}`;

interface Simulated extends AsyncDisposable {
  readonly baseUrl: string;
  /** With which it is enabled. */
  readonly flags: readonly string[];
  readonly devices: readonly string[];
  /** Where it is another than the usual one. */
  readonly key?: string;
}

/** Each is loaded when it is started. */
const SERVE: Readonly<Record<RemoteName, (options: ServerOptions) => Promise<Simulated>>> = {
  ionq: async (options) => {
    const { serveIonq } = await import("../../../qpu-server/ionq-server.ts");
    const server = await serveIonq(options);
    const { baseUrl } = server;
    return { ...server, flags: ["--base-url", baseUrl], devices: ["simulator", "qpu.forte-1"] };
  },
  ibm: async (options) => {
    const { serveIbm, SIMULATED_INSTANCE } = await import("../../../qpu-server/ibm-server.ts");
    const server = await serveIbm(options);
    const { baseUrl, tokenUrl } = server;
    const flags = ["--base-url", baseUrl, "--token-url", tokenUrl, "--instance", SIMULATED_INSTANCE];
    return { ...server, flags, devices: ["ibm_ideal", "ibm_loopback"] };
  },
  braket: async (options) => {
    const { serveBraket, SIMULATED_BUCKET, SIMULATED_REGION } = await import(
      "../../../qpu-server/braket-server.ts"
    );
    const server = await serveBraket({ ...options, key: AWS_KEY });
    const { baseUrl } = server;
    const place = ["--base-url", baseUrl, "--s3-url", baseUrl, "--region", SIMULATED_REGION];
    return {
      ...server,
      flags: [...place, "--bucket", SIMULATED_BUCKET],
      devices: ["iqm/Garnet"],
      key: AWS_KEY,
    };
  },
};

interface ServerFlags {
  port: number;
  queue: number;
  run: number;
  json?: boolean;
}

export function addServerCommand(qpu: Command): void {
  qpu
    .command("simulate-provider <provider>")
    .description(`serve a provider's interface on 127.0.0.1, on our own simulator, until Ctrl-C`)
    .option("--port <n>", "port; a free one when left out", integerOption("port", 0, 65_535), 0)
    .option("--queue <s>", "seconds that a job waits", integerOption("queue", 0, 86_400), 0)
    .option("--run <s>", "seconds that it runs", integerOption("run", 0, 86_400), 0)
    .option("--json", "print one JSON document")
    .action(runServer);
}

async function runServer(provider: string, { port, queue, run, json }: ServerFlags): Promise<void> {
  const name = providerOf(provider);
  takeTimeToStop();
  await using server = await SERVE[name]({ key: KEY, port, queue_ms: 1000 * queue, run_ms: 1000 * run });
  const { baseUrl, flags, devices, key = KEY } = server;
  if (json) printJson({ provider: name, baseUrl, key, enable: flags, devices });
  else {
    print(`${name} is simulated at ${baseUrl}, for ${keyVariable(name)}=${key}: ${devices.join(" and ")}`);
    print(`ansatz qpu enable ${name} --job-limit 100 ${flags.join(" ")}`);
  }
  const signal = signalOfProcess();
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
