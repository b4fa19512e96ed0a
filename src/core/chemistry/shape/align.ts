/** A molecule laid on another one, by the atoms that they have in common. */
import { DomainError } from "#shared/errors.ts";
import type { Alignment } from "#shared/molecule/alignment.ts";
import { molblockGeometry, withCoordinates } from "#shared/molecule/molblock.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import { type AtomPairs, commonAtoms } from "./common-atoms.ts";
import { moleculeInSpace } from "./in-space.ts";
import { centreOf, type Motion, superposition, transformed } from "./superpose.ts";

/** Fewer atoms do not say how a molecule lies. */
const LEAST_PAIRS = 3;

const UNTURNED = [1, 0, 0, 0, 1, 0, 0, 0, 1];

function read(rdkit: RDKit, molblock: string, removeHs: boolean): Mol {
  const mol = moleculeInSpace(rdkit, molblock, { removeHs });
  if (mol) return mol;
  throw new DomainError(
    "invalid-input",
    "Expected a V2000 molblock with all hydrogens, got one that RDKit does not read.",
  );
}

const coordinatesOf = (xyz: readonly number[], atoms: readonly number[]): number[] =>
  // Atoms of the molecule.
  atoms.flatMap((atom) => [xyz[3 * atom]!, xyz[3 * atom + 1]!, xyz[3 * atom + 2]!]);

/** Of all ways to pair the atoms the one that lies closest. */
function closest(ways: readonly AtomPairs[], [onto, xyz]: readonly [readonly number[], readonly number[]]) {
  const [first, ...others] = ways.map((pairs) => ({
    pairs,
    ...superposition(
      coordinatesOf(
        xyz,
        pairs.map(([, b]) => b),
      ),
      coordinatesOf(
        onto,
        pairs.map(([a]) => a),
      ),
    ),
  }));
  return others.reduce((best, way) => (best && way.rmsd < best.rmsd ? way : best), first);
}

/** Heavy atoms of the same elements and bonds; where these are fewer than three, those bonded alike; at last hydrogens too. */
function pairings(rdkit: RDKit, reference: string, molblock: string) {
  using a = read(rdkit, reference, false);
  using b = read(rdkit, molblock, false);
  using heavyA = read(rdkit, reference, true);
  using heavyB = read(rdkit, molblock, true);
  const molecules = [a, b] as const;
  const heavy = [heavyA, heavyB] as const;
  const attempts = [
    ["elements", heavy],
    ["skeleton", heavy],
    ["elements", molecules],
  ] as const;
  for (const [likeness, compared] of attempts) {
    const ways = commonAtoms(rdkit, { molecules, compared }, likeness);
    if ((ways[0]?.length ?? 0) >= LEAST_PAIRS) return { likeness, ways };
  }
  return undefined;
}

/**
 * Lays a molecule on a reference: by Horn's method on the atoms of their maximum common substructure, symmetric atoms in the order that
 * lies closest. With fewer than three in common their centres are laid on one another.
 *
 * @param reference V2000 with all hydrogens, Å; it stays where it is
 * @param molblock the same of the other molecule
 * @throws DomainError `invalid-input` for what RDKit does not read
 */
export function align(
  rdkit: RDKit,
  reference: string,
  molblock: string,
): { molblock: string; alignment: Alignment } {
  const [onto, xyz] = [reference, molblock].map((block) => molblockGeometry(block).coordinates_angstrom) as [
    number[],
    number[],
  ];
  const found = pairings(rdkit, reference, molblock);
  const best = found && closest(found.ways, [onto, xyz]);
  const shift: Motion = { rotation: UNTURNED, from: centreOf(xyz), to: centreOf(onto) };
  const at = transformed(xyz, best?.motion ?? shift);
  return {
    molblock: withCoordinates(molblock, (atom) => coordinatesOf(at, [atom]) as [number, number, number]),
    alignment:
      found && best
        ? { by: found.likeness, pairs: best.pairs.map(([a, b]) => [a, b]), rmsd_angstrom: best.rmsd }
        : { by: "centres", pairs: [], rmsd_angstrom: null },
  };
}
