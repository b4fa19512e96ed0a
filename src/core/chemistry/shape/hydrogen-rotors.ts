/** Turning the hydrogens of hydroxyl, thiol, amine and imine groups, which OpenChemLib's torsion search leaves where they are. */

import type { Molecule } from "openchemlib/debug";
import { dot, minus, rotate, type Vector } from "#shared/molecule/vectors.ts";

const HYDROGEN = 1;
const NITROGEN = 7;
const OXYGEN = 8;
const SULFUR = 16;
const ROTORS: readonly number[] = [NITROGEN, OXYGEN, SULFUR];

/** A group R–XHn: its hydrogens turn about the bond from R to X. */
interface HydrogenRotor {
  readonly anchor: number;
  readonly pivot: number;
  readonly hydrogens: readonly number[];
}

/** The N, O and S atoms that have one other neighbour and at least one hydrogen. */
export function hydrogenRotors(molecule: Molecule): HydrogenRotor[] {
  const neighbours = neighbourLists(molecule);
  return neighbours.flatMap((around, pivot) => {
    if (!ROTORS.includes(molecule.getAtomicNo(pivot))) return [];
    const hydrogens = around.filter((atom) => molecule.getAtomicNo(atom) === HYDROGEN);
    const [anchor, ...others] = around.filter((atom) => !hydrogens.includes(atom));
    return anchor === undefined || others.length > 0 || hydrogens.length === 0
      ? []
      : [{ anchor, pivot, hydrogens }];
  });
}

/** Turns the hydrogens of each group by an angle of its own, in place. */
export function turnHydrogens(
  molecule: Molecule,
  rotors: readonly HydrogenRotor[],
  random: () => number,
): void {
  for (const { anchor, pivot, hydrogens } of rotors) {
    const centre = position(molecule, pivot);
    const axis = unit(minus(centre, position(molecule, anchor)));
    const angle = 2 * Math.PI * random();
    const turn = { cos: Math.cos(angle), sin: Math.sin(angle) };
    for (const hydrogen of hydrogens) {
      const turned = rotate(minus(position(molecule, hydrogen), centre), axis, turn);
      molecule.setAtomX(hydrogen, centre[0] + turned[0]);
      molecule.setAtomY(hydrogen, centre[1] + turned[1]);
      molecule.setAtomZ(hydrogen, centre[2] + turned[2]);
    }
  }
}

function neighbourLists(molecule: Molecule): number[][] {
  const lists: number[][] = Array.from({ length: molecule.getAllAtoms() }, () => []);
  for (let bond = 0; bond < molecule.getAllBonds(); bond++) {
    const [a, b] = [molecule.getBondAtom(0, bond), molecule.getBondAtom(1, bond)];
    lists[a]!.push(b);
    lists[b]!.push(a);
  }
  return lists;
}

const position = (molecule: Molecule, atom: number): Vector => [
  molecule.getAtomX(atom),
  molecule.getAtomY(atom),
  molecule.getAtomZ(atom),
];

function unit(v: Vector): Vector {
  const length = Math.sqrt(dot(v, v));
  return [v[0] / length, v[1] / length, v[2] / length];
}
