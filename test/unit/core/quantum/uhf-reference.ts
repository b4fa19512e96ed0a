/** Systems with several UHF solutions (test/reference/uhf_hard.json). */
import { expect } from "vitest";
import { lowestField } from "#core/quantum/field/search.ts";
import { solutionsOf } from "#shared/quantum/field-solutions.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

interface HardUhf extends ReferenceMolecule {
  lowest_uhf_hartree: number;
  s_squared: number;
  restricted_hartree: number;
}

export const hardUhf = readReference<{ entries: HardUhf[] }>("uhf_hard.json").entries;

export const hardUhfById = (id: string): HardUhf => hardUhf.find((entry) => entry.id === id)!;

/** The lowest UHF of an entry, and how far it lies from the reference value, Hartree. */
export async function searchOf(entry: HardUhf) {
  using system = await openReference(entry);
  const found = lowestField(system, { kind: "uhf" });
  return { ...found, error: found.scf.energy_hartree - entry.lowest_uhf_hartree };
}

/** Energies of the reference have ten decimals; a flat minimum is converged to its gradient's square. */
export const ENERGY_TOLERANCE = 1e-7;

/** The lowest field is stable and the reference's or lower, and told as what it is. */
export async function isFound(id: string): Promise<void> {
  const entry = hardUhfById(id);
  const { error, scf, search } = await searchOf(entry);
  expect(error).toBeLessThan(ENERGY_TOLERANCE);
  expect(scf.stability.verdict).toBe("stable");
  const lowest = solutionsOf(search)[0]!;
  expect(lowest.energy_hartree).toBeCloseTo(scf.energy_hartree, 6);
  if (error > -ENERGY_TOLERANCE) expect(lowest.spinSquare).toBeCloseTo(entry.s_squared, 4);
  expect(search.restricted!.energy_hartree).toBeLessThan(entry.restricted_hartree + ENERGY_TOLERANCE);
}
