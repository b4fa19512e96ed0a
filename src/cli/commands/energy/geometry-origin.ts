/** Where the atoms of a result come from, in words. */
import { withDispersion } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fieldTitle, referenceTitle } from "#shared/quantum/field-title.ts";
import { heldWords } from "#shared/quantum/geometry-constraint.ts";

const levelTitle = (field: EnergyResult["hartreeFock"]): string =>
  field.kohnSham ? `${referenceTitle(field)}-${fieldTitle(field)}` : referenceTitle(field);

/** @param origin of the atoms that were given */
export function geometryOrigin(
  origin: string,
  { optimise }: EnergyRequest,
  { optimisation, hartreeFock, multireference, dispersion, basis }: EnergyResult,
): string {
  if (!optimisation) return origin;
  const { outcome, steps } = optimisation;
  const held = optimise ? heldWords(optimise) : "";
  const surface = multireference?.orbitals ? "CASSCF" : levelTitle(hartreeFock);
  return `optimised by ${withDispersion(surface, dispersion)}/${basis} (${outcome}, ${steps} steps${held && `, held: ${held}`}) from ${origin}`;
}
