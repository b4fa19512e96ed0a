import { expect, it } from "vitest";
import { createCalculations } from "#core/orchestration/desks/calculations.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import { HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";

it("shows what was computed where the notebook cannot keep it, and says why", async () => {
  const found = { coupledCluster: null, sci: null, vqe: null, fci: null };
  const services = {
    notebook: {
      readonly: false,
      append() {
        throw new Error("the disk is full");
      },
    },
    dispatcher: { run: async () => found },
    logger: { error() {} },
    ...{ program: "Ansatz", resources: "", clock: () => new Date(0) },
  };
  await using desk = createCalculations(services as unknown as Parameters<typeof createCalculations>[0]);
  const fcidump = "&FCI NORB=1,NELEC=2,MS2=0,\n&END\n 0.5 1 1 1 1\n";
  const request = HamiltonianRequest.parse({ fcidump, method: "fci", ansatz: "uccsd", maxIterations: 1 });
  const said = { name: "two", origin: "", command: "" };
  const job: CalculationJob = { kind: "hamiltonian", ...said, request };
  const { id } = await desk.start(job);
  await expect
    .poll(() => desk.get({ id }))
    .toMatchObject({
      ...{ state: "failed", record: null, result: { hamiltonian: found } },
      error: "It was computed and could not be kept: the disk is full",
    });
});
