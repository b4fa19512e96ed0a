/** Which internal coordinates say where the atoms of a molecule are. */
import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { atomicNumber } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { toAngstrom } from "#shared/units.ts";
import { bendsOf, type Coordinate, isStraight, type Positions } from "./coordinates.ts";

type Pair = readonly [number, number];

/** Atoms are bonded where they are at most so much further apart than a single bond of theirs is long. */
const BOND = 1.3;
/** Between fragments atoms count that are at most so much further apart than the nearest two. */
const NEAR = 1.3;

/** Which fragment each atom belongs to: the lowest of the atoms that it is joined with. */
function fragmentsOf(count: number, pairs: readonly Pair[]): number[] {
  const fragment = Array.from({ length: count }, (_, i) => i);
  for (const [i, j] of pairs) {
    const [from, to] = [Math.max(fragment[i]!, fragment[j]!), Math.min(fragment[i]!, fragment[j]!)];
    for (const [k, own] of fragment.entries()) if (own === from) fragment[k] = to;
  }
  return fragment;
}

interface Bonds {
  /** Also the shortest between fragments, so that all are joined. */
  readonly bonds: readonly Pair[];
  /** Further pairs between fragments that are as near. */
  readonly near: readonly Pair[];
}

function bondsOf(symbols: readonly string[], at: Positions): Bonds {
  const xyz = at.flat();
  const pairs = symbols
    .flatMap((_, j) => symbols.slice(0, j).map((_, i): Pair => [i, j]))
    .map((atoms) => ({ atoms, length: distance(xyz, ...atoms) }))
    .sort((a, b) => a.length - b.length);
  const number = symbols.map((symbol) => atomicNumber(symbol) ?? 0);
  const bonds = pairs
    .filter(
      ({ atoms: [i, j], length }) =>
        toAngstrom(length) < BOND * expectedBondLength(number[i]!, number[j]!, 1),
    )
    .map(({ atoms }) => atoms);
  const near: Pair[] = [];
  for (;;) {
    const fragment = fragmentsOf(symbols.length, bonds);
    const apart = pairs.filter(({ atoms: [i, j] }) => fragment[i] !== fragment[j]);
    const [shortest] = apart;
    if (!shortest) return { bonds, near };
    const between = (pair: Pair): string => String(pair.map((atom) => fragment[atom]!).sort((a, b) => a - b));
    bonds.push(shortest.atoms);
    for (const { atoms, length } of apart)
      if (
        atoms !== shortest.atoms &&
        length < NEAR * shortest.length &&
        between(atoms) === between(shortest.atoms)
      )
        near.push(atoms);
  }
}

/** Bonds and chains of atoms on a line, about which others turn: from the first, with the atom after it, to the last, with the one before it. */
interface Axis {
  readonly ends: Pair;
  readonly inner: Pair;
}

function axesOf(at: Positions, neighbours: readonly (readonly number[])[]): Axis[] {
  const axes: Axis[] = [];
  for (const [first, nexts] of neighbours.entries())
    for (const next of nexts) {
      let [before, last] = [first, next];
      const passed = new Set([first, next]);
      for (;;) {
        const others = neighbours[last]!.filter((atom) => atom !== before);
        const [only] = others;
        if (
          others.length !== 1 ||
          only === undefined ||
          passed.has(only) ||
          !isStraight(at, [before, last, only])
        )
          break;
        [before, last] = [last, only];
        passed.add(only);
      }
      // Each is met from both of its ends.
      if (first < last) axes.push({ ends: [first, last], inner: [next, before] });
    }
  return axes;
}

/**
 * Distances of bonds, their angles, and dihedrals about them: redundant, and of several fragments with the shortest distance between them
 * as a bond and others as near as that beside it. An angle that is straight bends in two directions, and dihedrals are about the whole of
 * a straight chain. An atom with three neighbours has a dihedral out of their plane.
 *
 * V. Bakken, T. Helgaker, doi:10.1063/1.1515483. Cost: n² and some tens of coordinates an atom.
 *
 * @param at bohr
 */
export function internalCoordinates(symbols: readonly string[], at: Positions): Coordinate[] {
  const { bonds, near } = bondsOf(symbols, at);
  const neighbours = symbols.map((_, i) =>
    bonds.flatMap(([a, b]) => (a === i ? [b] : b === i ? [a] : [])).sort((a, b) => a - b),
  );
  const distances = [...bonds, ...near].map((atoms): Coordinate => ({ kind: "distance", atoms }));
  const angles = neighbours.flatMap((around, j) =>
    around.flatMap((k, n) => around.slice(0, n).flatMap((i) => bendsOf(at, [i, j, k]))),
  );
  const turns = axesOf(at, neighbours).flatMap(({ ends: [j, k], inner }) =>
    neighbours[j]!.flatMap((i) =>
      neighbours[k]!.flatMap((l): Coordinate[] => {
        const isAxis = i === inner[0] || l === inner[1] || i === k || l === j || i === l;
        if (isAxis || isStraight(at, [i, j, k]) || isStraight(at, [j, k, l])) return [];
        return [{ kind: "dihedral", atoms: [i, j, k, l] }];
      }),
    ),
  );
  const outOfPlane = neighbours.flatMap((around, j): Coordinate[] => {
    if (around.length !== 3) return [];
    const [i, k, l] = around as [number, number, number];
    if (isStraight(at, [i, j, k]) || isStraight(at, [j, k, l])) return [];
    return [{ kind: "out-of-plane", atoms: [i, j, k, l] }];
  });
  return [...distances, ...angles, ...turns, ...outOfPlane];
}
