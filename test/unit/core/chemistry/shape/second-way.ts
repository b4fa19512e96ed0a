/** Conformers that the library does not give, or gives as another isomer. */
import { expect } from "vitest";
import { conformer, identity } from "../open.ts";

/** Coordinates of the reference molblocks are rounded to 1e-4 Å; stiff bonds turn that into some 1e-4 kcal/mol. */
export const ENERGY_TOLERANCE_KCAL = 1e-3;

export function isFoundBySecondWay(smiles: string, energy: number): void {
  const { method, isomer, forceFieldEnergy_kcal_per_mol } = conformer(smiles);
  expect(method).toMatch(/ \+ MMFF94$/);
  expect(isomer!.canonicalSmiles).toBe(identity(smiles).canonicalSmiles);
  expect(Math.abs(forceFieldEnergy_kcal_per_mol! - energy)).toBeLessThan(ENERGY_TOLERANCE_KCAL);
}
