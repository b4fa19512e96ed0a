/** `ansatz qpu estimate | submit`: a circuit of a person's own, what it would cost, and its counts. */
import { createHash } from "node:crypto";
import type { Command } from "commander";
import type { Devices } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { simulatorOf } from "#shared/quantum/backend-names.ts";
import { lostShotsWords } from "#shared/quantum/job-words.ts";
import { readTextFile } from "../../files.ts";
import { integerOption, signalOfProcess } from "../../host.ts";
import { print, printJson, remark } from "../../output.ts";
import { readDeviceName } from "../../vqe-options.ts";
import { type NotebookFlags, subcommand } from "../notebook/command.ts";
import { lookIntoBooks, openBooks, providerOf } from "./provider.ts";

interface CircuitFlags extends NotebookFlags {
  shots: number;
  qpu?: string;
  seed: number;
  deadline: number;
  yes?: boolean;
}

const circuitCommand = (qpu: Command, usage: string, description: string): Command =>
  subcommand(qpu, usage, description)
    .option("--shots <n>", "shots", integerOption("shots", 1, 1_000_000), 1000)
    .option("--qpu <device>", "the vendor's name of the device (default: its simulator, where it has one)")
    .option(
      "--seed <n>",
      "of what the vendor's simulator leaves to chance; another one is another job",
      integerOption("seed", 0),
      1,
    )
    .option(
      "--deadline <s>",
      "after which it is cancelled",
      integerOption("deadline", 1, 30 * 86_400),
      86_400,
    );

export function addCircuitCommands(qpu: Command): void {
  circuitCommand(
    qpu,
    "estimate <provider> <circuit>",
    'what a circuit would cost, by the price table: a JSON file such as {"qubits":2,"gates":[{"kind":"h","qubits":[0]},{"kind":"cx","qubits":[0,1]}]}; nothing is sent',
  ).action(runEstimate);
  circuitCommand(
    qpu,
    "submit <provider> <circuit>",
    "show the exact bytes of such a circuit and, with --yes, send them and wait for the counts",
  )
    .option("--yes", "send it")
    .action(runSubmit);
}

function askedOf(devices: Devices, provider: string, path: string, flags: CircuitFlags) {
  const backend = providerOf(provider);
  const device = flags.qpu === undefined ? simulatorOf(backend) : readDeviceName(flags.qpu);
  if (device === undefined)
    throw new DomainError("invalid-input", `${backend} has no simulator: expected --qpu, got none.`);
  const circuit = devices.readCircuit(readTextFile(path));
  const { shots, seed, deadline: deadline_s } = flags;
  return { backend, device, deadline_s, runs: [{ circuit, parameters: new Float64Array(), shots, seed }] };
}

/** Of the one circuit. */
function estimateOf(devices: Devices, asked: ReturnType<typeof askedOf>) {
  const [found] = devices.estimate(asked);
  if (!found) throw new Error("a circuit has an estimate");
  const { job, cost_usd, source } = found;
  const { name, device, qubits, shots, circuits } = job;
  const [circuit] = circuits;
  if (!circuit) throw new Error("a job has a circuit");
  return { job: name, device, qubits, shots, gates: circuit.gates, cost_usd, source };
}

/** The bytes of the one circuit. */
async function writtenOf(devices: Devices, asked: ReturnType<typeof askedOf>) {
  const [body] = await devices.write(asked, signalOfProcess());
  if (body === undefined) throw new Error("a circuit has bytes");
  const sha256 = createHash("sha256").update(body).digest("hex");
  return { bytes: Buffer.byteLength(body), sha256, body };
}

async function runEstimate(provider: string, path: string, flags: CircuitFlags): Promise<void> {
  await using engine = await lookIntoBooks(flags.notebook);
  const estimate = estimateOf(engine.devices, askedOf(engine.devices, provider, path, flags));
  if (flags.json) return printJson(estimate);
  const { device, shots, gates, cost_usd, source } = estimate;
  const cost =
    cost_usd === null ? `no price of ${device} is known` : `${cost_usd.toFixed(4)} USD by ${source}`;
  print(`${device}: ${shots} shots of ${gates.one} gates on one qubit and ${gates.two} on two; ${cost}`);
  print("The provider compiles circuits its own way: its bill may differ.");
}

async function runSubmit(provider: string, path: string, flags: CircuitFlags): Promise<void> {
  await using engine = await (flags.yes ? openBooks(flags.notebook) : lookIntoBooks(flags.notebook));
  const { devices } = engine;
  const asked = askedOf(devices, provider, path, flags);
  const estimate = estimateOf(devices, asked);
  if (!flags.yes) {
    const written = await writtenOf(devices, asked);
    if (flags.json) return printJson({ ...estimate, ...written, sent: false });
    print(written.body);
    return remark(`These ${written.bytes} bytes would be sent; no circuit was. Add --yes to send them.`);
  }
  const answer = await devices.measure(asked, {
    campaign: `submitted ${estimate.job.slice(0, 16)}`,
    signal: signalOfProcess(),
  });
  if (answer.by !== "device")
    throw new DomainError("backend-unavailable", `There are no counts: ${answer.reason}.`, {
      reason: answer.reason,
    });
  const counts: Record<string, number> = {};
  for (const bits of answer.shots[0] ?? []) {
    const state = bits.toString(2).padStart(estimate.qubits, "0");
    counts[state] = (counts[state] ?? 0) + 1;
  }
  if (flags.json)
    return printJson({
      ...estimate,
      sent: true,
      vendorId: answer.id,
      calibration: answer.calibration,
      counts,
    });
  print(`job ${answer.id}; qubit 0 is the last digit`);
  const lost = estimate.shots - (answer.shots[0]?.length ?? 0);
  if (lost > 0) print(lostShotsWords(lost));
  for (const [state, count] of Object.entries(counts).sort(([, a], [, b]) => b - a))
    print(`${state}  ${count}`);
}
