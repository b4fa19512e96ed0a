/** `ansatz qpu check`: one tiny circuit on each device, under a cap, and how its answer moved since earlier checks. */
import { appendFileSync, existsSync } from "node:fs";
import type { Command } from "commander";
import { z } from "zod";
import type { Devices } from "#core/engine-interface.ts";
import { DomainError } from "#shared/errors.ts";
import { isRemote, type RemoteName } from "#shared/quantum/backend-names.ts";
import { readTextFile } from "../../files.ts";
import { integerOption, numberOption, signalOfProcess } from "../../host.ts";
import { formatTable, print, printJson } from "../../output.ts";
import { type NotebookFlags, subcommand } from "../notebook/command.ts";
import { readPlaces } from "./place.ts";
import { openBooks } from "./provider.ts";

/** One check of one device, a line of the record. */
const Check = z.strictObject({
  at: z.iso.datetime(),
  provider: z.string(),
  device: z.string(),
  shots: z.number().int().min(1),
  /** Share of the shots that read what the circuit makes, 0 to 1. */
  right: z.number().min(0).max(1),
  calibrationId: z.string().nullable(),
  cost_usd: z.number(),
});
type Check = z.infer<typeof Check>;

interface CheckFlags extends NotebookFlags {
  on: string;
  cap: number;
  shots: number;
  record: string;
}

/** (|100⟩ + |111⟩)/√2 of |q2 q1 q0⟩: no other order of bits reads 4 and 7. */
const CIRCUIT = JSON.stringify({
  qubits: 3,
  gates: [
    { kind: "x", qubits: [2] },
    { kind: "h", qubits: [0] },
    { kind: "cx", qubits: [0, 1] },
  ],
});
const RIGHT: readonly number[] = [0b100, 0b111];
/** Devices that guess read 1/4 of it right. */
const LEAST_RIGHT = 0.5;
const DEADLINE_S = 86_400;
/** The ledger rounds each sum up, by a millionth of a dollar. */
const ROUNDING_USD = 1e-5;

export function addCheckCommand(qpu: Command): void {
  subcommand(
    qpu,
    "check",
    "send one circuit of three gates to each device, under a cap, and tell how its answer moved since earlier checks",
  )
    .requiredOption("--on <list>", "devices, such as ionq:qpu.forte-1,ibm:ibm_fez,braket:iqm/Garnet")
    .requiredOption("--cap <USD>", "what all of them may cost together", numberOption("cap", 0, 1e4))
    .option("--shots <n>", "of each", integerOption("shots", 1, 10_000), 100)
    .option("--record <file>", "to which each check is added, a line of JSON", "hardware-checks.jsonl")
    .action(runCheck);
}

/** @throws DomainError invalid-input for a line that is no check */
function readChecks(path: string): Check[] {
  if (!existsSync(path)) return [];
  const lines = readTextFile(path).split("\n").filter(Boolean);
  return lines.map((line, k) => {
    try {
      return Check.parse(JSON.parse(line));
    } catch {
      throw new DomainError(
        "invalid-input",
        `"${path}", line ${k + 1}: expected a check as JSON, got another text.`,
      );
    }
  });
}

/** Standard error of a share of shots; of none or all as if one more had read otherwise. */
const errorOf = ({ right, shots }: Pick<Check, "right" | "shots">): number => {
  const share = (right * shots + 1) / (shots + 2);
  return Math.sqrt((share * (1 - share)) / shots);
};

/** How far a check is from the mean of earlier ones of its device, and in standard errors of the two; null for the first. */
export function driftOf(check: Check, earlier: readonly Check[]) {
  const own = earlier.filter(
    ({ provider, device }) => provider === check.provider && device === check.device,
  );
  if (own.length === 0) return null;
  const shots = own.reduce((sum, one) => sum + one.shots, 0);
  const right = own.reduce((sum, one) => sum + one.right * one.shots, 0) / shots;
  const drift = check.right - right;
  return {
    checks: own.length,
    drift,
    deviations: drift / Math.hypot(errorOf(check), errorOf({ right, shots })),
  };
}

interface Asked {
  readonly backend: RemoteName;
  readonly device: string;
  readonly deadline_s: number;
  readonly runs: ReturnType<Devices["estimate"]>[number]["job"]["circuits"][number]["run"][];
}

/** Another seed is another job: each check is sent anew, wherever its record is, and one that was cut off goes on. */
function unmeasured(devices: Devices, asked: Omit<Asked, "runs">, run: Omit<Asked["runs"][number], "seed">) {
  const done = new Set(devices.jobs().flatMap(({ job, state }) => (state === "done" ? [job] : [])));
  for (let seed = 1; ; seed++) {
    const one = { ...asked, runs: [{ ...run, seed }] };
    if (!devices.estimate(one).some(({ job }) => done.has(job.name))) return one;
  }
}

async function measured(
  devices: Devices,
  asked: Asked,
  { at, most_usd }: { at: string; most_usd: number },
): Promise<Check> {
  const { backend: provider, device, runs } = asked;
  const answer = await devices.measure(asked, {
    campaign: `check ${at.slice(0, 10)}`,
    most_usd,
    signal: signalOfProcess(),
  });
  if (answer.by !== "device")
    throw new DomainError("backend-unavailable", `${provider}:${device} gave no counts: ${answer.reason}.`, {
      provider,
    });
  const [bits = new Int32Array()] = answer.shots;
  const names = new Set(devices.estimate({ ...asked, runs }).map(({ job }) => job.name));
  const paid = devices.ledger().filter(({ job }) => names.has(job));
  return {
    ...{ at, provider, device, shots: bits.length },
    right: bits.filter((state) => RIGHT.includes(state)).length / bits.length,
    calibrationId: answer.calibration.id,
    cost_usd: paid.reduce((sum, row) => sum + (row.settled_usd ?? row.reserved_usd), 0),
  };
}

async function runCheck({ on, cap, shots, record, notebook, json }: CheckFlags): Promise<void> {
  const earlier = readChecks(record);
  await using engine = await openBooks(notebook);
  const { devices } = engine;
  const circuit = devices.readCircuit(CIRCUIT);
  const asked = readPlaces(on).map(({ backend, device }): Asked => {
    if (!isRemote(backend) || device === null)
      throw new DomainError("invalid-input", `--on: expected devices elsewhere, got ${backend}.`);
    const run = { circuit, parameters: new Float64Array(), shots };
    return unmeasured(devices, { backend, device, deadline_s: DEADLINE_S }, run);
  });
  let total = 0;
  for (const { job, cost_usd } of asked.flatMap((one) => devices.estimate(one))) {
    if (cost_usd === null)
      throw new DomainError(
        "invalid-input",
        `There is no price of ${job.device}: expected one in resources/qpu/prices.json.`,
      );
    total += cost_usd;
  }
  if (total > cap)
    throw new DomainError(
      "invalid-input",
      `--cap: the circuits would cost ${total.toFixed(2)} USD together, expected at most ${cap.toFixed(2)}. Nothing was sent.`,
    );
  const checks: (Check & { drift: ReturnType<typeof driftOf> })[] = [];
  let left = cap;
  for (const one of asked) {
    const check = await measured(devices, one, {
      at: new Date().toISOString(),
      most_usd: left + ROUNDING_USD,
    });
    left -= check.cost_usd;
    appendFileSync(record, `${JSON.stringify(check)}\n`);
    checks.push({ ...check, drift: driftOf(check, earlier) });
  }
  if (checks.some((check) => check.right + 3 * errorOf(check) < LEAST_RIGHT)) process.exitCode = 3;
  if (json) return printJson({ checks });
  print(
    formatTable(
      [
        { title: "device", text: (row) => `${row.provider}:${row.device}` },
        { title: "right", text: (row) => `${row.right.toFixed(3)} ± ${errorOf(row).toFixed(3)}` },
        {
          title: "since earlier checks",
          text: ({ drift }) =>
            drift === null
              ? "the first"
              : `${drift.drift.toFixed(3)} (${drift.deviations.toFixed(1)} σ from ${drift.checks})`,
        },
        { title: "calibration", text: (row) => row.calibrationId ?? "–" },
        { title: "cost/USD", text: (row) => row.cost_usd.toFixed(4) },
      ],
      checks,
    ),
  );
}
