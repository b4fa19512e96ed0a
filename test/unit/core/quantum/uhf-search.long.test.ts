import { expect, it } from "vitest";
import { purerSolution, solutionsOf } from "#shared/quantum/field-solutions.ts";
import { hardUhf, hardUhfById, searchOf } from "./uhf-reference.ts";

it.each(hardUhf)("the lowest UHF of $id is that of the reference, or lower", async (entry) => {
  const { error, scf } = await searchOf(entry);
  expect(error).toBeLessThan(1e-7);
  expect(scf).toMatchObject({ outcome: "converged", stability: { verdict: "stable" } });
});

it("FeH breaks spin symmetry, and says what is purer", async () => {
  const { search } = await searchOf(hardUhfById("feh_def2svp"));
  expect(solutionsOf(search)[0]!.spinSquare).toBeCloseTo(4.706886, 3);
  const purer = purerSolution(search, 4)!;
  expect(purer.spinSquare - 3.75).toBeLessThan(0.1);
  expect(purer.energy_hartree).toBeGreaterThan(solutionsOf(search)[0]!.energy_hartree + 0.05);
});
