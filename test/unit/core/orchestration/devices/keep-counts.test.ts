import { expect, it } from "vitest";
import type { DeviceWork } from "#core/orchestration/devices/device-work.ts";
import { countsOf } from "#core/orchestration/devices/keep-counts.ts";
import { openIonq } from "#core/quantum/backends/ionq.ts";
import { createPolicies, POLICIES } from "#core/quantum/backends/policies.ts";
import { x } from "#core/quantum/circuit/circuit.ts";

const SEVERAL = [1, 2].map((seed) => ({
  ...{ circuit: { qubits: 1, nParameters: 0, gates: [x(0)] }, parameters: new Float64Array() },
  ...{ shots: 10, seed },
}));

/** What is read of a job of two circuits, 10 shots each, whose provider tells of so many. */
function told(...shots: number[]) {
  const ionq = openIonq({ baseUrl: "https://api.ionq.co/v0.4", secret: () => "", clock: () => new Date() });
  const job = ionq.prepare(SEVERAL, { device: "qpu.forte-1", attempt: 0 });
  const fetch = async () =>
    shots.map(
      (n) =>
        new Map([
          [0, 1],
          [1, n - 1],
        ]),
    );
  const work: Pick<DeviceWork, "provider" | "policies"> = {
    provider: { ...ionq, fetch },
    policies: createPolicies({ ...POLICIES, tries: 0 }),
  };
  return countsOf(work as DeviceWork, { id: "1", job });
}

it("takes no circuit for read that has more shots than it was asked for, whatever others lack", async () => {
  expect(await told(10, 7)).toHaveLength(2);
  for (const [shots, said] of [
    [[11, 9], /a circuit of 10 shots has a result of 11/],
    [[3, 17], /a circuit of 10 shots has a result of 17/],
    [[10], /results of 1 circuits: expected 2/],
    [[5, 5, 5], /results of 3 circuits: expected 2/],
  ] as const)
    await expect(told(...shots)).rejects.toMatchObject({ remedy: "look-up", message: said });
});
