import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import type { CircuitRun, Estimator, JobStatus, Shots } from "#core/quantum/measurement/estimator.ts";
import { receiptOf, runJob } from "#core/quantum/measurement/run-job.ts";

const circuit = { qubits: 1, nParameters: 0, gates: [] };
const runs: CircuitRun[] = [1, 2].map((seed) => ({
  circuit,
  parameters: new Float64Array(),
  shots: 10,
  seed,
}));
const shots = (bits: number): Shots => ({ bits: Int32Array.of(bits), stateErrorBound: null });

/** Answers each poll in turn, the last for ever; writes down what it is asked. */
function scripted(statuses: readonly JobStatus[], results: readonly Shots[] = [shots(0), shots(1)]) {
  const asked: string[] = [];
  let polls = 0;
  const estimator: Estimator = {
    capabilities: { maxShots: 20, keepsJobs: true, sharesShots: false },
    estimate: (all) => ({ shots: all.reduce((sum, run) => sum + run.shots, 0) }),
    async submit() {
      asked.push("submit");
      return "job 7";
    },
    async poll(id) {
      asked.push(`poll ${id}`);
      return statuses[Math.min(polls++, statuses.length - 1)]!;
    },
    async *fetch() {
      yield* results;
    },
    async cancel(id) {
      asked.push(`cancel ${id}`);
    },
    calibration: async (id) => ({ id: `of ${id}`, readout01: 0, readout10: 0 }),
  };
  return { estimator, asked };
}

const waiting: JobStatus = { state: "waiting", pollAfter_ms: 1 };
const done: JobStatus = { state: "done" };

async function all(values: AsyncIterable<Shots>): Promise<number[]> {
  const bits: number[] = [];
  for await (const value of values) bits.push(...value.bits);
  return bits;
}

describe("a job", () => {
  it("is sent once, asked for until it is done, and gives the shots of its runs in their order", async () => {
    const { estimator, asked } = scripted([waiting, waiting, done]);
    const job = await runJob(estimator, runs, {});
    expect(asked).toEqual(["submit", "poll job 7", "poll job 7", "poll job 7"]);
    expect(await all(job.shots)).toEqual([0, 1]);
    expect(receiptOf(job)).toEqual({ id: "job 7", calibrationId: "of job 7" });
  });

  it("is cancelled at the vendor's where the work is, without waiting for the next poll", async () => {
    const { estimator, asked } = scripted([{ state: "waiting", pollAfter_ms: 3_600_000 }]);
    const control = createControlBlock();
    const job = runJob(estimator, runs, { control });
    requestCancel(control);
    await expect(job).rejects.toThrow(expect.objectContaining({ name: "AbortError" }));
    expect(asked.at(-1)).toBe("cancel job 7");
  });

  it("that failed is an error with the vendor's reason", async () => {
    const { estimator } = scripted([waiting, { state: "failed", reason: "the device retired" }]);
    await expect(runJob(estimator, runs, {})).rejects.toMatchObject({
      code: "backend-unavailable",
      message: "The job job 7 failed: the device retired.",
    });
  });

  it("of more shots than the estimator takes is refused before it is sent", async () => {
    const { estimator, asked } = scripted([done]);
    await expect(runJob(estimator, [...runs, ...runs], {})).rejects.toThrow(
      "A job of 40 shots: expected at most 20. Ask for fewer shots or a larger error.",
    );
    expect(asked).toEqual([]);
  });

  it.each([1, 3])("whose results are those of %i circuits instead of 2 is an error", async (count) => {
    const { estimator } = scripted(
      [done],
      Array.from({ length: count }, () => shots(0)),
    );
    const job = await runJob(estimator, runs, {});
    await expect(all(job.shots)).rejects.toThrow(`expected the shots of 2 circuits, got those of ${count}`);
  });
});
