/**
 * log P by atomic contributions: each atom is of the first type whose pattern it begins.
 *
 * Wildman and Crippen, J. Chem. Inf. Comput. Sci. 39, 868 (1999), doi:10.1021/ci990307l, in RDKit's types and order
 * (resources/filters/crippen.json).
 */
import type { PlainMolecule } from "../patterns/plain-molecule.ts";
import { matchesAt, readSmarts, type Smarts } from "../patterns/smarts.ts";

/** A line of crippen.json. */
export interface CrippenType {
  smarts: string;
  logP: number;
}

interface CompiledType {
  pattern: Smarts;
  logP: number;
}

export interface CrippenModel {
  heavy: readonly CompiledType[];
  /** Of a hydrogen, by what it is bonded to. */
  hydrogen: readonly CompiledType[];
}

const HYDROGEN = "[#1]";

export function compileCrippen(types: readonly CrippenType[]): CrippenModel {
  const compiled = types.map(({ smarts, logP }) => {
    const isHydrogen = smarts.startsWith(HYDROGEN);
    const rest = isHydrogen ? smarts.slice(HYDROGEN.length) : smarts;
    const pattern = readSmarts(rest === "" ? "*" : rest);
    if (!pattern) throw new Error(`crippen.json: ${smarts} cannot be read`);
    return { pattern, logP, isHydrogen };
  });
  return {
    heavy: compiled.filter(({ isHydrogen }) => !isHydrogen),
    hydrogen: compiled.filter(({ isHydrogen }) => isHydrogen),
  };
}

const contribution = (types: readonly CompiledType[], molecule: PlainMolecule, atom: number): number =>
  types.find(({ pattern }) => matchesAt(pattern, molecule, atom))?.logP ?? 0;

/** Summed as RDKit does, so that the last digit is the same: heavy atoms, then their hydrogens one by one. */
export function crippenLogP({ heavy, hydrogen }: CrippenModel, molecule: PlainMolecule): number {
  let sum = 0;
  for (let atom = 0; atom < molecule.length; atom++) sum += contribution(heavy, molecule, atom);
  for (const [atom, { hydrogens }] of molecule.entries()) {
    if (hydrogens === 0) continue;
    const each = contribution(hydrogen, molecule, atom);
    for (let k = 0; k < hydrogens; k++) sum += each;
  }
  return sum;
}
