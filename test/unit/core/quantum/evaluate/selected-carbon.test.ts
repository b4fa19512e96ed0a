/** Selected CI of carbon dimers, whose states of several symmetries lie close, against exact diagonalisation of the same space. */
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));

it.each([
  { distance: 1.8, charge: 0, multiplicity: 1, nelec: 8 },
  { distance: 2.4, charge: 0, multiplicity: 1, nelec: 8 },
  { distance: 1.25, charge: 1, multiplicity: 2, nelec: 7 },
] as const)("of C₂ at $distance Å, charge $charge, has the lowest state", async (molecule) => {
  const { distance, charge, multiplicity, nelec } = molecule;
  const run = (method: "sci" | "casci") =>
    evaluateEnergy(
      {
        geometry: { symbols: ["C", "C"], coordinates_angstrom: [0, 0, 0, 0, 0, distance] },
        charge,
        multiplicity,
        basis: "6-31g",
        method,
        activeSpace: { nelec, norb: 8 },
        ansatz: "uccsd",
        maxIterations: 200,
      },
      { resources },
    );
  const { sci } = await run("sci");
  const { casci } = await run("casci");
  expect(sci).toMatchObject({ outcome: "converged", end: "complete" });
  expect(sci!.states[0]!.energy_hartree).toBeCloseTo(casci!.energy_hartree, 7);
});
