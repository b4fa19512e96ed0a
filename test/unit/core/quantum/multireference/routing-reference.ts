/** Reference wave functions that say which molecules need an active space, and what the rule says of them. */

import { lowestField } from "#core/quantum/field/search.ts";
import { diagnosticOf, THRESHOLDS } from "#core/quantum/multireference/diagnostic.ts";
import { openReference, type ReferenceMolecule, readReference } from "../chemistry-reference.ts";

interface Exact extends ReferenceMolecule {
  n_basis_functions: number;
  fci?: { s0_weight_of_hf_determinant?: number };
}
interface Active extends ReferenceMolecule {
  n_basis_functions: number;
  natural_occupations: number[];
}

/** M of O. Tishchenko, J. Zheng, D. G. Truhlar, doi:10.1021/ct800077r, from falling natural occupations. */
function multireferenceCharacter(occupations: readonly number[], unpaired: number): number {
  const electrons = Math.round(occupations.reduce((sum, n) => sum + n, 0));
  const pairs = (electrons - unpaired) / 2;
  const singly = occupations.slice(pairs, pairs + unpaired);
  const apart = singly.reduce((sum, n) => sum + Math.abs(n - 1), 0);
  return (2 - (occupations[pairs - 1] ?? 2) + (occupations[pairs + unpaired] ?? 0) + apart) / 2;
}

export interface Routed extends ReferenceMolecule {
  n_basis_functions: number;
  needsActiveSpace: boolean;
}

/** M > 0.1 of CASSCF, or a determinant of less than 0.9 in FCI. */
export const routedMolecules: Routed[] = [
  ...readReference<{ entries: Exact[] }>("small_molecules.json").entries.flatMap((entry) => {
    const weight = entry.fci?.s0_weight_of_hf_determinant;
    return weight === undefined ? [] : [{ ...entry, needsActiveSpace: weight < 0.9 }];
  }),
  ...readReference<{ entries: Active[] }>("multireference_states.json").entries.map((entry) => ({
    ...entry,
    needsActiveSpace: multireferenceCharacter(entry.natural_occupations, entry.multiplicity - 1) > 0.1,
  })),
];

const moleculeOf = ({ id }: ReferenceMolecule): string => id.split("_")[0] ?? id;
const names = [...new Set(routedMolecules.map(moleculeOf))].sort();
/** Every second molecule in the order of names; all its geometries and basis sets with it. */
export const isCalibration = (entry: ReferenceMolecule): boolean =>
  names.indexOf(moleculeOf(entry)) % 2 === 0;

/** What decides, and whether the rule says the same as the reference. @param isFromField as campaigns ask */
export async function routed(
  entry: Routed,
  isFromField = false,
): Promise<{ deviation: number; isRight: boolean }> {
  using system = await openReference(entry);
  const { scf } = lowestField(system, { kind: entry.multiplicity === 1 ? "rhf" : "rohf" });
  const { route, largestDeviation } = diagnosticOf(system, scf, { isFromField });
  const isRight = route === (entry.needsActiveSpace ? "active-space" : "single-reference");
  return { deviation: largestDeviation, isRight };
}

/** Where the rule asks for an active space that the reference does without: determinants of 0.91 to 0.93. */
export const SENT_UP_FOR_NOTHING = ["bh_sto3g", "f2_sto3g", "li2_sto3g"];

export { THRESHOLDS };
