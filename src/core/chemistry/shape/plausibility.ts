/** Whether a geometry can be that of the molecule that it is said to be. */

import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { elementSymbol } from "../descriptors/formula.ts";
import type { SpatialGraph } from "./spatial-graph.ts";
import { electronDomains } from "./vsepr.ts";

type Range = readonly [lowest: number, highest: number];
interface Ratios {
  readonly single: Range;
  readonly aromatic: Range;
  readonly multiple: Range;
}

/** Of a bond's length to that of its covalent radii: LiF has 0.79, F2 1.10, N2O4 1.25, H2 1.16; template CO had 1.24. */
const LENGTH_RATIO: Ratios = { single: [0.7, 1.35], aromatic: [0.8, 1.2], multiple: [0.8, 1.2] };
/**
 * The same at a minimum of MMFF94. Its rules of thumb make a multiple bond of what they know only single: 1.16 in CS, 1.11 in HNS, 1.10 in
 * S2; the longest that it knows has 1.082.
 */
const MMFF94_RATIO: Ratios = { ...LENGTH_RATIO, multiple: [0.8, 1.085] };
/**
 * Of bonds with phosphorus, whose single ones are little longer: 1.07 for P=P, 1.05 for P=C and 1.03 in phosphinine, where it knows only
 * single ones; what it knows has at most 1.01.
 */
const MMFF94_PHOSPHORUS_RATIO: Ratios = { ...MMFF94_RATIO, aromatic: [0.8, 1.02], multiple: [0.8, 1.03] };
const PHOSPHORUS = 15;
/** Atoms without a bond between them lie farther apart than one would be, by this factor at least. */
const CONTACT_RATIO = 1.05;
/** An ion of groups 1 and 2 lies as near to all atoms that share its counter-charge as to the one with the bond: sodium acetate has 1.00. */
const IONIC_CONTACT_RATIO = 0.9;
const IONS: readonly number[] = [3, 11, 12, 19, 20, 37, 38];
/** Angles that the electron pairs of a non-ring atom leave: those of molecules measured are some 15° inside. */
const LINEAR_DEGREE = 158;
const OPPOSITE_DEGREE = 148;
const PLANAR_SUM_DEGREE = 335;
const TETRAHEDRAL_DEGREE: Range = [78, 150];
const SMALLEST_ANGLE_DEGREE = 65;
/** From here on d functions bend what is linear by electron pairs, as in CaF2. */
const CALCIUM = 20;
const LAST_OF_THIRD_PERIOD = 18;

/**
 * The first thing about a geometry that no molecule of this graph has: a bond's length against covalent radii, atoms too
 * near, or angles against the electron pairs round an atom; undefined where all is plausible. Angles at ring atoms, transition metals
 * and radicals are not looked at. Cost: O(n²).
 *
 * @param xyz Å, x y z of each atom of the graph in turn
 * @param from the force field whose minimum it is, if it is one: its own faults are looked for too
 */
export function implausibility(
  graph: SpatialGraph,
  xyz: ArrayLike<number>,
  from?: "MMFF94",
): string | undefined {
  return wrongLength(graph, xyz, from) ?? wrongContact(graph, xyz) ?? wrongAngle(graph, xyz);
}

const angstrom = (length: number): string => `${length.toFixed(2)} Å`;

/** Symbol and number, from 1, of an atom. */
const nameOf = ({ atoms }: SpatialGraph, i: number): string => `${elementSymbol(atoms[i]!.z)}${i + 1}`;

const ratiosAtMmff94 = (elements: readonly number[]): Ratios =>
  elements.includes(PHOSPHORUS) ? MMFF94_PHOSPHORUS_RATIO : MMFF94_RATIO;

function wrongLength(
  graph: SpatialGraph,
  xyz: ArrayLike<number>,
  from: "MMFF94" | undefined,
): string | undefined {
  for (const { begin, end, order } of graph.bonds) {
    const elements = [graph.atoms[begin]!.z, graph.atoms[end]!.z] as const;
    const expected = expectedBondLength(...elements, order);
    const length = distance(xyz, begin, end);
    const { single, aromatic, multiple } = from ? ratiosAtMmff94(elements) : LENGTH_RATIO;
    const [low, high] = order >= 2 ? multiple : order > 1 ? aromatic : single;
    if (length >= low * expected && length <= high * expected) continue;
    return `the bond ${nameOf(graph, begin)}–${nameOf(graph, end)} is ${angstrom(length)} long, expected about ${angstrom(expected)}`;
  }
  return undefined;
}

function wrongContact(graph: SpatialGraph, xyz: ArrayLike<number>): string | undefined {
  const { atoms } = graph;
  for (let i = 0; i < atoms.length; i++) {
    for (let j = 0; j < i; j++) {
      if (atoms[i]!.neighbours.includes(j)) continue;
      const bond = expectedBondLength(atoms[i]!.z, atoms[j]!.z, 1);
      const length = distance(xyz, i, j);
      const isIonic = IONS.includes(atoms[i]!.z) !== IONS.includes(atoms[j]!.z);
      if (length < (isIonic ? IONIC_CONTACT_RATIO : CONTACT_RATIO) * bond)
        return `${nameOf(graph, j)} and ${nameOf(graph, i)} have no bond but are ${angstrom(length)} apart, where a bond is ${angstrom(bond)}`;
    }
  }
  return undefined;
}

/** Angles at an atom between its neighbours, degrees, the largest first. */
function anglesAt(xyz: ArrayLike<number>, centre: number, neighbours: readonly number[]): number[] {
  const angles = neighbours.flatMap((i, k) =>
    neighbours.slice(k + 1).map((j) => {
      const [a, b, c] = [distance(xyz, centre, i), distance(xyz, centre, j), distance(xyz, i, j)];
      const cosine = (a * a + b * b - c * c) / (2 * a * b);
      return (Math.acos(Math.max(-1, Math.min(1, cosine))) * 180) / Math.PI;
    }),
  );
  return angles.sort((x, y) => y - x);
}

/** What is wrong with the angles between n bonds beside so many lone pairs, in words; undefined where nothing is. */
function broken(bonded: number, lonePairs: number, z: number, angles: readonly number[]): string | undefined {
  // An angle that is not there is NaN, which breaks nothing.
  const [largest = Number.NaN, second = Number.NaN] = angles;
  const smallest = angles.at(-1) ?? Number.NaN;
  const at = (angle: number): string => `${angle.toFixed(0)}°`;
  switch (`${bonded} ${lonePairs}`) {
    case "2 0":
    case "2 3":
      return largest < LINEAR_DEGREE && (lonePairs > 0 || z < CALCIUM)
        ? `expected a linear one, got ${at(largest)}`
        : undefined;
    case "3 0": {
      const sum = angles.reduce((a, b) => a + b, 0);
      return sum < PLANAR_SUM_DEGREE && z <= LAST_OF_THIRD_PERIOD
        ? `expected a planar one, got angles of ${at(sum)} in all instead of 360°`
        : undefined;
    }
    case "4 0":
      return smallest < TETRAHEDRAL_DEGREE[0] || largest > TETRAHEDRAL_DEGREE[1]
        ? `expected a tetrahedral one, got angles of ${at(smallest)} to ${at(largest)}`
        : undefined;
    case "3 2":
    case "4 1":
    case "5 0":
    case "5 1":
      return largest < OPPOSITE_DEGREE
        ? `expected two bonds opposite to each other, got ${at(largest)} at most`
        : undefined;
    case "4 2":
    case "6 0":
      return second < OPPOSITE_DEGREE
        ? `expected pairs of bonds opposite to each other, got ${at(largest)} and ${at(second)}`
        : undefined;
    default:
      return smallest < SMALLEST_ANGLE_DEGREE ? `expected wider angles, got ${at(smallest)}` : undefined;
  }
}

function wrongAngle(graph: SpatialGraph, xyz: ArrayLike<number>): string | undefined {
  const inRing = new Set(graph.rings.flat());
  for (const [i, atom] of graph.atoms.entries()) {
    const domains = electronDomains(atom);
    if (!domains || domains.bonded < 2 || inRing.has(i)) continue;
    const { bonded, lonePairs } = domains;
    const wrong = broken(bonded, lonePairs, atom.z, anglesAt(xyz, i, atom.neighbours));
    if (wrong === undefined) continue;
    const pairs = lonePairs === 0 ? "no lone pair" : `${lonePairs} lone pair${lonePairs === 1 ? "" : "s"}`;
    return `${nameOf(graph, i)} has ${bonded} bonds and ${pairs}: ${wrong}`;
  }
  return undefined;
}

/** Nearer than any bond, and farther than any, in lengths of single bonds: F2 1.10, N2O4 1.25, Li2 1.0; H2 at its well 1.16. */
const NO_MOLECULE: Range = [0.6, 1.6];
const NOBLE_GASES: readonly number[] = [2, 10, 18, 36, 54];

/**
 * What is odd about a geometry of unknown bonds, e.g. of a file: atoms nearer than any bond, or all of them farther from each
 * other than any bond, as in a file in another unit; none where it is plausible. Cost: O(n²).
 */
export function geometryOddities({ symbols, coordinates_angstrom: xyz }: Geometry): string[] {
  const charges = symbols.map((symbol) => atomicNumber(symbol) ?? 0);
  let nearest: { ratio: number; i: number; j: number; length: number; bond: number } | undefined;
  for (let i = 0; i < symbols.length; i++) {
    for (let j = 0; j < i; j++) {
      const bond = expectedBondLength(charges[i]!, charges[j]!, 1);
      const length = distance(xyz, i, j);
      if (nearest === undefined || length / bond < nearest.ratio)
        nearest = { ratio: length / bond, i, j, length, bond };
    }
  }
  if (!nearest) return [];
  const { ratio, i, j, length, bond } = nearest;
  const pair = `${symbols[j]}${j + 1} and ${symbols[i]}${i + 1}`;
  if (ratio < NO_MOLECULE[0])
    return [
      `The geometry is not plausible: ${pair} are ${angstrom(length)} apart, where a bond is about ${angstrom(bond)}. Is the file in Å?`,
    ];
  if (ratio > NO_MOLECULE[1] && !charges.some((z) => NOBLE_GASES.includes(z)))
    return [
      `No atoms are near enough for a bond: the nearest, ${pair}, are ${angstrom(length)} apart, where a bond is about ${angstrom(bond)}. Is the file in Å?`,
    ];
  return [];
}
