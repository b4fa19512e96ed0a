import { describe, expect, it } from "vitest";
import { JOB_LIMITS, type JobLimits, oneCircuit } from "#core/quantum/backends/job-limits.ts";
import { jobName } from "#core/quantum/backends/job-name.ts";
import { onlyOf } from "#core/quantum/backends/job-size.ts";
import { packed, sharedShots } from "#core/quantum/backends/pack-jobs.ts";
import type { PreparedCircuit } from "#core/quantum/backends/provider.ts";
import { asymmetric } from "./circuits.ts";

const circuit = (shots: number, two = 1): { circuit: PreparedCircuit } => ({
  circuit: {
    run: { circuit: asymmetric, parameters: new Float64Array(), shots, seed: 1 },
    ...{ qubits: 3, shots, gates: { one: 2 * two, two } },
  },
});
/** Shots of the circuits of each job. */
const jobsOf = (items: readonly { circuit: PreparedCircuit }[], limits: JobLimits): number[][] =>
  packed(items, limits).map((job) => job.map((one) => one.circuit.shots));
const ANY: JobLimits = { ...oneCircuit(1e6), circuits: 3, allShots: 1e6 };

describe("circuits in jobs", () => {
  it("are as many a job as its limits allow, in the order in which they came", () => {
    const shots = (n: number) => Array.from({ length: n }, () => circuit(200));
    expect(jobsOf(shots(7), ANY).map(({ length }) => length)).toEqual([3, 3, 1]);
    expect(jobsOf(shots(7), { ...ANY, circuits: 7 })).toHaveLength(1);
    expect(jobsOf(shots(7), oneCircuit(1e6))).toHaveLength(7);
    expect(
      jobsOf(
        [1, 2, 3, 4].map((n) => circuit(n)),
        { ...ANY, circuits: 2 },
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it.each<[string, Partial<JobLimits>]>([
    ["shots", { allShots: 500 }],
    // Three gates a circuit, one of them on two qubits.
    ["gates", { allGates: 7 }],
    ["gates on two qubits", { allPairGates: 2 }],
    ["bytes", { bytes: 699, gateBytes: 100 }],
  ])("have no more %s together than a job may have", (_, limit) => {
    const three = [circuit(200), circuit(200), circuit(200)];
    expect(jobsOf(three, ANY)).toEqual([[200, 200, 200]]);
    expect(jobsOf(three, { ...ANY, ...limit })).toEqual([[200, 200], [200]]);
  });

  it("share a number of shots where a job has one, up to so many times over", () => {
    const mixed = [200, 800, 200, 400, 800].map((n) => circuit(n));
    expect(jobsOf(mixed, { ...ANY, circuits: 9, repeats: 1 })).toEqual([[200, 200], [800, 800], [400]]);
    expect(jobsOf(mixed, { ...ANY, circuits: 9, repeats: 2 })).toEqual([
      [200, 200, 400],
      [800, 800],
    ]);
    expect(jobsOf(mixed, { ...ANY, circuits: 9, repeats: 4 })).toEqual([[200, 800, 200, 400, 800]]);
    expect(sharedShots(mixed.map((one) => one.circuit))).toBe(200);
    // 199 and 200 share one shot: 200 times over.
    expect(jobsOf([circuit(199), circuit(200)], { ...ANY, repeats: 199 })).toHaveLength(2);
    expect(jobsOf([circuit(199), circuit(200)], { ...ANY, repeats: 200 })).toHaveLength(1);
  });

  it("are put together in moments where there are thousands", () => {
    const many = Array.from({ length: 5001 }, (_, k) => circuit(200 + (k % 2), 1));
    expect(jobsOf(many, { ...JOB_LIMITS.ionq, allGates: 1e9 }).map(({ length }) => length)).toEqual([
      2501, 2500,
    ]);
    expect(jobsOf(many, JOB_LIMITS.braket)).toHaveLength(5001);
  });

  it("that are too large for a job are alone", () => {
    expect(jobsOf([circuit(200, 4000), circuit(200), circuit(200)], JOB_LIMITS.ibm)).toEqual([
      [200],
      [200, 200],
    ]);
  });

  it("are never more than a vendor's own numbers", () => {
    expect(JOB_LIMITS.ionq).toMatchObject({ circuits: 5000, allGates: 150_000, bytes: 1e7, repeats: 1 });
    expect(3 * JOB_LIMITS.ibm.allPairGates).toBeLessThanOrEqual(10_000);
    expect(JOB_LIMITS.braket.circuits).toBe(1);
  });
});

describe("the name of a job", () => {
  const place = { attempt: 0, destination: "https://a" };
  const name = (...seeds: number[]) =>
    jobName(
      { shots: 1 },
      seeds.map((seed) => ({ seed })),
      place,
    );

  it("tells seeds, their order and their number apart", () => {
    expect(new Set([name(1), name(2), name(1, 2), name(2, 1), name(12), name(1, 1)]).size).toBe(6);
    expect(name(1, 2)).toBe(name(1, 2));
  });
});

it("a job of one circuit has one", () => {
  expect(onlyOf([7])).toBe(7);
  for (const others of [[], [1, 2]]) expect(() => onlyOf(others)).toThrow(/expected one, got/);
});
