import { expect, it } from "vitest";
import { createCalculations } from "#core/orchestration/desks/calculations.ts";
import { abortError } from "#shared/errors.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";

const hamiltonianRequest = HamiltonianRequest.parse({
  fcidump: "&FCI NORB=1,NELEC=2,MS2=0,\n&END\n 0.5 1 1 1 1\n",
  ...{ method: "fci", ansatz: "uccsd", maxIterations: 1 },
});

it("tells what one molecule will cost, of a curve as many times that, and nothing of a Hamiltonian", async () => {
  const untilAborted = (_task: string, _input: unknown, { signal }: { signal: AbortSignal }) =>
    new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(abortError())));
  const services = {
    ...{ notebook: { readonly: false }, dispatcher: { run: untilAborted }, logger: { error() {} } },
    ...{ program: "Ansatz", resources: "resources", clock: () => new Date(0) },
  };
  await using desk = createCalculations(services as unknown as Parameters<typeof createCalculations>[0]);
  const said = { name: "two", origin: "", command: "" };
  const request = EnergyRequest.parse({
    geometry: { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] },
    ...{ basis: "sto-3g", method: "rhf", activeSpace: null, ansatz: "uccsd", maxIterations: 1 },
    ...{ charge: 0, multiplicity: 1 },
  });
  const { expected: one } = await desk.start({ kind: "energy", ...said, request });
  expect(one?.seconds).toBeGreaterThan(0);
  const { expected: four } = await desk.start({ kind: "curve", ...said, requests: Array(4).fill(request) });
  expect(four).toEqual({ ...one, seconds: 4 * one!.seconds });
  const { expected } = await desk.start({ kind: "hamiltonian", ...said, request: hamiltonianRequest });
  expect(expected).toBeNull();
});

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
  const said = { name: "two", origin: "", command: "" };
  const job: CalculationJob = { kind: "hamiltonian", ...said, request: hamiltonianRequest };
  const { id } = await desk.start(job);
  await expect
    .poll(() => desk.get({ id }))
    .toMatchObject({
      ...{ state: "failed", record: null, result: { hamiltonian: found } },
      error: "It was computed and could not be kept: the disk is full",
    });
});
