/** What each provider's driver makes of each fault, as docs/backends.md lists it: `node fault-table.ts` prints the table. */

import { DomainError } from "#shared/errors.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { isRight, openProviderHouse, twoCircuits } from "./device-house.ts";

interface FaultRow {
  /** In words, as the document has it. */
  readonly words: string;
  readonly step: ServerStep;
  readonly fault: Fault;
  /** How often it comes; default: once. */
  readonly times?: number;
  readonly queue_ms?: number;
}

const status = (code: number): Fault => ({ kind: "status", status: code });

/** Of the first job, unless they come more often. */
export const FAULTS: readonly FaultRow[] = [
  { words: "429 as a job is sent", step: "submit", fault: { kind: "status", status: 429, retryAfter_s: 2 } },
  { words: "402 as a job is sent", step: "submit", fault: status(402) },
  { words: "410 as a job is sent", step: "submit", fault: status(410) },
  { words: "424 as a job is sent", step: "submit", fault: status(424) },
  { words: "500 before the job was made", step: "submit", fault: status(500) },
  { words: "503 after the job was made", step: "submit", fault: { kind: "status-after", status: 503 } },
  { words: "connection cut before the job was made", step: "submit", fault: { kind: "drop" } },
  { words: "connection cut after the job was made", step: "submit", fault: { kind: "drop-after" } },
  { words: "half of the answer to a job", step: "submit", fault: { kind: "half" } },
  { words: "the key expires as a job is sent", step: "submit", fault: { kind: "expired" } },
  {
    words: "the job fails on the device",
    step: "submit",
    fault: { kind: "fails", code: "QuantumComputerError" },
  },
  {
    words: "one circuit of a job fails",
    step: "submit",
    fault: { kind: "part-fails", code: "QuantumComputerError" },
  },
  { words: "the job never ends", step: "submit", fault: { kind: "stuck" } },
  { words: "the bill has no cost", step: "submit", fault: { kind: "unbilled" } },
  { words: "500 as the job is asked about", step: "poll", fault: status(500) },
  { words: "connection cut as the job is asked about", step: "poll", fault: { kind: "drop" } },
  { words: "the key expires as the job is asked about", step: "poll", fault: { kind: "expired" } },
  { words: "half of the result", step: "results", fault: { kind: "half" } },
  { words: "a result that is cut but looks whole", step: "results", fault: { kind: "garbled" } },
  { words: "a result without its last circuit", step: "results", fault: { kind: "short" } },
  {
    words: "a result without its last circuit, each time",
    step: "results",
    fault: { kind: "short" },
    times: 100,
  },
  { words: "503 as the result is read, each time", step: "results", fault: status(503), times: 100 },
  { words: "503 as the calibration is read, each time", step: "calibration", fault: status(503), times: 100 },
];

/** In a word or two what came of a fault, after one process and, where a person had to act, another. */
export async function outcomeOf(provider: RemoteName, row: FaultRow) {
  const { step, fault, times = 1, queue_ms = 0 } = row;
  await using house = await openProviderHouse(provider, {
    queue_ms,
    faults: (asked) => (asked.step === step && asked.count < times ? fault : undefined),
  });
  const jobs = twoCircuits(provider);
  const measured = () => house.live().desk.measure(jobs, { campaign: "c" });
  let words: string[] = [];
  let answer = await measured().catch((error: unknown) => {
    if (!(error instanceof DomainError)) throw error;
    words = ["a person looks"];
    return undefined;
  });
  if (!answer) {
    house.renew();
    answer = await measured();
  }
  if (answer.by === "device" && !isRight(jobs, answer)) throw new Error(`${provider}: circuits are mixed up`);
  words.push(answer.by === "device" ? "device" : "local sampler");
  house.advance(2e7);
  await house
    .live()
    .desk.refresh(provider)
    .catch((error: unknown) => {
      if (!(error instanceof DomainError)) throw error;
    });
  const ledger = house.desk.ledger();
  if (ledger.some(({ alarms }) => alarms.length > 0)) words.push("alarm");
  const names = house.server.jobs.map(({ name }) => name);
  const settled = ledger.reduce((sum, { settled_usd }) => sum + (settled_usd ?? 0), 0);
  const open = ledger.filter(({ settled_usd }) => settled_usd === null).length;
  return {
    words: words.join(", then ").replace(", then alarm", " and an alarm"),
    isSentOnce: new Set(names).size === names.length,
    /** What the ledger has less or more than the server charged, USD; jobs without a bill stay reserved. */
    difference_usd: open > 0 ? null : settled - house.server.charged(),
  };
}

/** The table in Markdown. */
export async function faultTable(): Promise<string> {
  const lines = [
    `| Fault | ${REMOTE_BACKENDS.join(" | ")} |`,
    `|---|${REMOTE_BACKENDS.map(() => "---|").join("")}`,
  ];
  for (const row of FAULTS) {
    const cells: string[] = [];
    for (const provider of REMOTE_BACKENDS) cells.push((await outcomeOf(provider, row)).words);
    lines.push(`| ${row.words} | ${cells.join(" | ")} |`);
  }
  return lines.join("\n");
}

if (import.meta.main) console.log(await faultTable());
