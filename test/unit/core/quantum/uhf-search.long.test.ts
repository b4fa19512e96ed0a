import { expect, it } from "vitest";
import { lowestField } from "#core/quantum/field/search.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { purerSolution, solutionsOf } from "#shared/quantum/field-solutions.ts";
import { resources } from "./chemistry-reference.ts";
import { hardUhf, hardUhfById, isFound, searchOf } from "./uhf-reference.ts";

it.each(hardUhf)("the lowest UHF of $id is that of the reference, or lower", async (entry) => {
  const { error, scf } = await searchOf(entry);
  expect(error).toBeLessThan(1e-7);
  expect(scf).toMatchObject({ outcome: "converged", stability: { verdict: "stable" } });
});

it.each(["n2_1p1_ccpvdz", "ethylene_90_631gs", "f2_1p41_631gs"])(
  "the lowest UHF of %s has the spin of the reference's, and its restricted field is no higher",
  isFound,
);

it("FeH breaks spin symmetry, and says what is purer", async () => {
  const { search } = await searchOf(hardUhfById("feh_def2svp"));
  expect(solutionsOf(search)[0]!.spinSquare).toBeCloseTo(4.706886, 3);
  const purer = purerSolution(search, 4)!;
  expect(purer.spinSquare - 3.75).toBeLessThan(0.1);
  expect(purer.energy_hartree).toBeGreaterThan(solutionsOf(search)[0]!.energy_hartree + 0.05);
});

it("the lowest RHF of a dense chain of ten hydrogens is found", async () => {
  const coordinates_angstrom = Array.from({ length: 10 }, (_, k) => [0, 0, 0.35 * k]).flat();
  const geometry = { symbols: Array<string>(10).fill("H"), coordinates_angstrom };
  const basis = await loadBasisSet(resources, "aug-cc-pvdz");
  using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
  const { scf, search } = lowestField(system, { kind: "rhf" });
  expect(scf.energy_hartree).toBeLessThan(-0.6476);
  expect(scf.outcome).toBe("converged");
  expect(search.starts[0]!.energy_hartree).toBeCloseTo(-0.6382, 4);
});
