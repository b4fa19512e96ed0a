/**
 * Topological polar surface area of nitrogen and oxygen, Å².
 *
 * Ertl, Rohde and Selzer, J. Med. Chem. 43, 3714 (2000), doi:10.1021/jm000942e, table 1 and, for what it lacks, its formulae.
 */
import type { PlainAtom, PlainMolecule } from "../patterns/plain-molecule.ts";
import { AROMATIC_BOND } from "../toolkit/graph.ts";

/** By element, bonds to heavy atoms in the order - = # :, hydrogens and charge; "r3" in a ring of three. */
const CONTRIBUTIONS: Readonly<Record<string, number>> = {
  "N # H0 0": 23.79,
  "N = H1 0": 23.85,
  "N - H2 0": 26.02,
  "N = H2 1": 25.59,
  "N - H3 1": 27.64,
  "N -= H0 0": 12.36,
  "N =# H0 0": 13.6,
  "N -- H1 0": 12.03,
  "N -- H1 0 r3": 21.94,
  "N -# H0 1": 4.36,
  "N -= H1 1": 13.97,
  "N -- H2 1": 16.61,
  "N :: H0 0": 12.89,
  "N :: H1 0": 15.79,
  "N :: H1 1": 14.14,
  "N --- H0 0": 3.24,
  "N --- H0 0 r3": 3.01,
  "N -== H0 0": 11.68,
  "N --= H0 1": 3.01,
  "N --- H1 1": 4.44,
  "N ::: H0 0": 4.41,
  "N -:: H0 0": 4.93,
  "N =:: H0 0": 8.39,
  "N ::: H0 1": 4.1,
  "N -:: H0 1": 3.88,
  "N ---- H0 1": 0,
  "O = H0 0": 17.07,
  "O - H1 0": 20.23,
  "O - H0 -1": 23.06,
  "O -- H0 0": 9.23,
  "O -- H0 0 r3": 12.53,
  "O :: H0 0": 13.14,
};

const [NITROGEN, OXYGEN] = [7, 8];
const BONDS = [
  [1, "-"],
  [2, "="],
  [3, "#"],
  [AROMATIC_BOND, ":"],
] as const;

function contribution(atom: PlainAtom, inThreeRing: boolean): number {
  const { z, bonds, hydrogens, charge } = atom;
  const kinds = BONDS.map(([type, sign]) => sign.repeat(bonds.filter((bond) => bond.type === type).length));
  const key = `${z === NITROGEN ? "N" : "O"} ${kinds.join("")} H${hydrogens} ${charge}`;
  const known = (inThreeRing ? CONTRIBUTIONS[`${key} r3`] : undefined) ?? CONTRIBUTIONS[key];
  if (known !== undefined) return known;
  const formula =
    z === NITROGEN
      ? 30.5 - bonds.length * 8.2 + hydrogens * 1.5
      : 28.5 - bonds.length * 8.6 + hydrogens * 1.5;
  return Math.max(0, formula);
}

/** @param rings of atoms */
export function tpsa(molecule: PlainMolecule, rings: readonly (readonly number[])[]): number {
  const small = new Set(rings.filter(({ length }) => length === 3).flat());
  return molecule.reduce(
    (sum, atom, i) =>
      atom.z === NITROGEN || atom.z === OXYGEN ? sum + contribution(atom, small.has(i)) : sum,
    0,
  );
}
