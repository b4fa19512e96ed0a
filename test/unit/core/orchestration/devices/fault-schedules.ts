/**
 * Random faults and kills: whatever happens, after it the ledger is what the provider charged, no job is at the provider twice, and
 * nothing is lost.
 */
import fc from "fast-check";
import { expect } from "vitest";
import type { JobAsked } from "#core/quantum/measurement/at-hand.ts";
import { DomainError } from "#shared/errors.ts";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import type { Fault, ServerStep } from "../../../../../src/qpu-server/faults.ts";
import { isRight, Killed, openProviderHouse, severalCircuits } from "./device-house.ts";

const STEPS: readonly ServerStep[] = [
  ...([
    "estimate",
    "submit",
    "list",
    "poll",
    "results",
    "cost",
    "calibration",
    "backend",
    "cancel",
    "token",
    "limits",
  ] as const),
];
const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    kind: fc.constant("status" as const),
    status: fc.constantFrom(429, 402, 500, 502, 503, 504),
  }),
  fc.record({ kind: fc.constant("status-after" as const), status: fc.constantFrom(500, 502, 503) }),
  fc
    .constantFrom(
      ...(["drop", "drop-after", "half", "garbled", "expired", "stuck", "unbilled", "short"] as const),
    )
    .map((kind): Fault => ({ kind })),
  fc
    .constantFrom("QuantumComputerError", "PreflightError", "1004", "1002", "99999")
    .chain((code) =>
      fc.constantFrom("fails" as const, "part-fails" as const).map((kind): Fault => ({ kind, code })),
    ),
);

interface Schedule {
  readonly faults: readonly { step: ServerStep; count: number; fault: Fault }[];
  /** The step at which each process is killed. */
  readonly kills: readonly number[];
  readonly queue_ms: number;
  readonly run_ms: number;
}

export const schedules: fc.Arbitrary<Schedule> = fc.record({
  faults: fc.array(fc.record({ step: fc.constantFrom(...STEPS), count: fc.nat(5), fault }), { maxLength: 8 }),
  kills: fc.array(fc.nat(40), { maxLength: 3 }),
  queue_ms: fc.constantFrom(0, 30_000, 5_000_000),
  run_ms: fc.constantFrom(0, 1000, 5_000_000),
});

const MOST_LIVES = 12;

interface Sufferer {
  readonly provider: RemoteName;
  readonly jobs: () => JobAsked;
  readonly open: (options: Parameters<typeof openProviderHouse>[1]) => ReturnType<typeof openProviderHouse>;
}

/** Lets processes live through a schedule one after the other, and checks the books. */
export const outliveIn =
  ({ provider, jobs, open }: Sufferer) =>
  async ({ faults, kills, ...times }: Schedule): Promise<void> => {
    await using house = await open({
      ...times,
      faults: ({ step, count }) => faults.find((one) => one.step === step && one.count === count)?.fault,
    });
    let isAnswered = false;
    for (let life = 0; life < MOST_LIVES && !isAnswered; life++) {
      try {
        const answer = await house.live(kills[life]).desk.measure(jobs(), { campaign: "c" });
        isAnswered = true;
        // Of a device or not, and never of another circuit.
        if (answer.by === "device") expect(isRight(jobs(), answer)).toBe(true);
      } catch (error) {
        // A person renews the key; whatever else is wrong is not part of the schedule.
        const isStopped = error instanceof DomainError && error.code === "backend-unavailable";
        if (!(error instanceof Killed || isStopped)) throw error;
        house.renew();
      }
    }
    expect(isAnswered).toBe(true);
    // Time goes by, and a last process looks for what is open.
    house.advance(2e7);
    const { desk } = house.live();
    for (let again = 0; again < 8; again++) {
      house.renew();
      await desk.refresh(provider).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error;
      });
    }
    const { server } = house;
    const names = server.jobs.map(({ name }) => name);
    // Sent once.
    expect(new Set(names).size).toBe(names.length);
    // Nothing is at the provider of which the ledger does not know.
    const ledger = desk.ledger();
    expect(names.filter((name) => !ledger.some(({ job }) => job === name))).toEqual([]);
    // A task that was cancelled is free by its state, and tells no shots that could be held back.
    const isFree = (job: { canceled: boolean }): boolean => provider === "braket" && job.canceled;
    const unbilled = server.jobs.filter((job) => job.fault?.kind === "unbilled" && !isFree(job));
    const isUnbilled = (name: string) => unbilled.some((one) => one.name === name);
    for (const { job, settled_usd, alarms } of ledger) {
      const isReserved = desk.jobs().find((one) => one.job === job)?.state === "reserved";
      if (isUnbilled(job)) expect(alarms.length).toBeGreaterThan(0);
      else if (!isReserved) expect(settled_usd).not.toBeNull();
    }
    // Paid once, and as billed.
    const settled = ledger.reduce((sum, row) => sum + (row.settled_usd ?? 0), 0);
    const notBilled = unbilled.reduce((sum, job) => sum + (job.canceled ? 0 : job.cost), 0);
    expect(settled + notBilled).toBeCloseTo(server.charged(), 4);
  };

/** On a provider of ours. */
export const outlive = (provider: RemoteName) =>
  outliveIn({
    provider,
    jobs: () => severalCircuits(provider),
    open: (options) => openProviderHouse(provider, options),
  });
