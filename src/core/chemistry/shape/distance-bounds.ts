/** How near and how far any two atoms of a molecule may be: what distance geometry starts from. */

import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import { SMALLEST_TRANS_RING } from "../toolkit/graph.ts";
import type { SpatialGraph } from "./spatial-graph.ts";
import { type ElectronDomains, electronDomains } from "./vsepr.ts";

/** Square, symmetric, Å; the diagonal is 0. */
export interface DistanceBounds {
  readonly n: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

type Range = readonly [lowest: number, highest: number];

const BOND_TOLERANCE_ANGSTROM = 0.02;
/** What the nearest contacts of atoms far apart in the graph have beyond the sum of their covalent radii. */
const CONTACT_ANGSTROM = 1.1;
const FARTHEST_ANGSTROM = 1000;
const LAST_OF_SECOND_PERIOD = 10;
const degree = Math.PI / 180;

/** The third side of a triangle of two bonds and the angle between them. */
const thirdSide = (a: number, b: number, angle_degree: number): number =>
  Math.sqrt(a * a + b * b - 2 * a * b * Math.cos(angle_degree * degree));

/** The ends of a chain of three bonds that all lie in a plane, on one side or on two. */
function chainEnds(bonds: readonly [number, number, number], angles: Range, cis: boolean): number {
  const [first, middle, last] = bonds;
  const [a, b] = [angles[0] * degree, angles[1] * degree];
  const along = middle - first * Math.cos(a) - last * Math.cos(b);
  const across = first * Math.sin(a) - (cis ? 1 : -1) * last * Math.sin(b);
  return Math.hypot(along, across);
}

/** Range of an angle in a ring of so many atoms, degrees. */
function ringAngle(size: number, ideal: number): Range {
  if (size === 4) return [68, 102];
  if (size === 5) return [94, 114];
  if (size === 6) return [Math.min(ideal, 120) - 14, 126];
  return ideal > 150 ? [140, 180] : [ideal - 14, ideal + 16];
}

function idealAngle(domains: ElectronDomains | undefined, bonded: number): number {
  const directions = domains ? domains.bonded + domains.lonePairs : bonded;
  return directions <= 2 ? 180 : directions === 3 ? 120 : 109.5;
}

/** What follows from the graph alone and is asked for again and again. */
class Angles {
  readonly #graph: SpatialGraph;
  readonly #smallestRing = new Map<string, number>();
  readonly #smallestRingOfAtom: number[];

  constructor(graph: SpatialGraph) {
    this.#graph = graph;
    this.#smallestRingOfAtom = graph.atoms.map(() => Number.POSITIVE_INFINITY);
    for (const ring of graph.rings) {
      ring.forEach((atom, k) => {
        this.#smallestRingOfAtom[atom] = Math.min(this.#smallestRingOfAtom[atom]!, ring.length);
        // A ring goes round: both are in it.
        const [before, after] = [ring.at(k - 1)!, ring[(k + 1) % ring.length]!];
        const name = angleName(before, atom, after);
        this.#smallestRing.set(name, Math.min(this.#smallestRing.get(name) ?? ring.length, ring.length));
      });
    }
  }

  /** Range of the angle i–centre–j, degrees. */
  range(i: number, centre: number, j: number): Range {
    const atom = this.#graph.atoms[centre]!;
    const domains = electronDomains(atom);
    const ideal = idealAngle(domains, atom.neighbours.length);
    const ring = this.#smallestRing.get(angleName(i, centre, j));
    if (ring !== undefined) return ringAngle(ring, ideal);
    const directions = domains ? domains.bonded + domains.lonePairs : atom.neighbours.length;
    if (directions > 4 || !domains) return [75, 180];
    const smallest = this.#smallestRingOfAtom[centre]!;
    if (smallest <= 4) return [85, 155];
    if (smallest < Number.POSITIVE_INFINITY) return [ideal - 16, Math.min(180, ideal + 22)];
    if (ideal === 180) return [168, 180];
    if (domains.lonePairs > 0 && atom.z > LAST_OF_SECOND_PERIOD) return [88, 110];
    // A lone pair beside a double bond flattens its atom.
    return domains.lonePairs > 0 ? [ideal - 18, 124] : [ideal - 6, ideal + 8];
  }
}

const angleName = (i: number, centre: number, j: number): string =>
  `${Math.min(i, j)} ${centre} ${Math.max(i, j)}`;

/** Tightens by the triangle inequality (all shortest paths); false where a lower bound lies above an upper one. */
export function smoothBounds({ n, lower, upper }: DistanceBounds): boolean {
  for (let k = 0; k < n; k++) {
    for (let i = 0; i < n; i++) {
      const [upperIk, lowerIk] = [upper[i * n + k]!, lower[i * n + k]!];
      for (let j = 0; j < i; j++) {
        const far = upperIk + upper[k * n + j]!;
        if (far < upper[i * n + j]!) upper[i * n + j] = upper[j * n + i] = far;
        const near = Math.max(lowerIk - upper[k * n + j]!, lower[k * n + j]! - upperIk);
        if (near > lower[i * n + j]!) lower[i * n + j] = lower[j * n + i] = near;
      }
    }
  }
  for (let i = 0; i < n * n; i++) if (lower[i]! > upper[i]!) return false;
  return true;
}

/** Bounds as they are gathered, and by how many bonds each of them came about. */
class Gathered implements DistanceBounds {
  readonly n: number;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
  /** Bonds between two atoms by the shortest way, 4 for more than three. */
  readonly #apart: Uint8Array;

  constructor(n: number) {
    this.n = n;
    this.lower = new Float64Array(n * n);
    this.upper = new Float64Array(n * n).fill(FARTHEST_ANGSTROM);
    for (let i = 0; i < n; i++) this.upper[i * n + i] = 0;
    this.#apart = new Uint8Array(n * n).fill(4);
  }

  isFar = (i: number, j: number): boolean => this.#apart[i * this.n + j] === 4;

  /** Takes in the range of a distance over so many bonds: a shorter way overrides, two ways of one length bound together. */
  add(i: number, j: number, bonds: number, [low, high]: Range): void {
    const { n, lower, upper } = this;
    const [at, back] = [i * n + j, j * n + i];
    // i and j are atoms, so that both places are within n · n.
    const before = this.#apart[at]!;
    if (before < bonds) return;
    const joins = before === bonds;
    lower[at] = lower[back] = joins ? Math.min(lower[at]!, low) : low;
    upper[at] = upper[back] = joins ? Math.min(upper[at]!, high) : high;
    this.#apart[at] = this.#apart[back] = bonds;
  }

  /** Sets the least distance of two atoms of which nothing else is known. */
  keepApart(i: number, j: number, least: number): void {
    this.lower[i * this.n + j] = this.lower[j * this.n + i] = least;
  }
}

/** Expected lengths of bonds, Å, by either order of their ends. */
type BondLengths = (a: number, b: number) => number;

function addBonds(bounds: Gathered, { atoms, bonds }: SpatialGraph): BondLengths {
  const lengths = new Map<number, number>();
  for (const { begin, end, order } of bonds) {
    const expected = expectedBondLength(atoms[begin]!.z, atoms[end]!.z, order);
    lengths.set(begin * bounds.n + end, expected).set(end * bounds.n + begin, expected);
    bounds.add(begin, end, 1, [expected - BOND_TOLERANCE_ANGSTROM, expected + BOND_TOLERANCE_ANGSTROM]);
  }
  // Asked for bonded atoms alone.
  return (a, b) => lengths.get(a * bounds.n + b)!;
}

interface Known {
  length: BondLengths;
  angles: Angles;
}

function addAngles(bounds: Gathered, graph: SpatialGraph, { length, angles }: Known): void {
  graph.atoms.forEach(({ neighbours }, centre) => {
    neighbours.forEach((i, k) => {
      for (const j of neighbours.slice(k + 1)) {
        const [a, b] = [length(centre, i), length(centre, j)];
        const [narrow, wide] = angles.range(i, centre, j);
        bounds.add(i, j, 2, [thirdSide(a, b, narrow), thirdSide(a, b, wide)]);
      }
    });
  });
}

function addTorsions(bounds: Gathered, graph: SpatialGraph, known: Known): void {
  const sides = sidesOf(graph);
  for (const bond of graph.bonds) {
    const { begin, end } = bond;
    for (const i of graph.atoms[begin]!.neighbours) {
      for (const l of graph.atoms[end]!.neighbours) {
        if (i === end || l === begin || i === l) continue;
        bounds.add(i, l, 3, torsionRange([i, begin, end, l], sides(bond, i, l), known));
      }
    }
  }
}

/** Range of the distance between the ends of a chain of four atoms, Å. */
function torsionRange(
  [i, begin, end, l]: readonly [number, number, number, number],
  side: "cis" | "trans" | undefined,
  { length, angles }: Known,
): Range {
  const bonds = [length(i, begin), length(begin, end), length(end, l)] as const;
  const [narrowI, wideI] = angles.range(i, begin, end);
  const [narrowL, wideL] = angles.range(begin, end, l);
  const near = chainEnds(bonds, [narrowI, narrowL], true);
  const far = chainEnds(bonds, [wideI, wideL], false);
  const middle: Range = [(narrowI + wideI) / 2, (narrowL + wideL) / 2];
  if (side === "cis") return [near, chainEnds(bonds, middle, true) * 1.12];
  if (side === "trans") return [chainEnds(bonds, middle, false) * 0.95, far];
  return [near, far];
}

function addContacts(bounds: Gathered, { atoms }: SpatialGraph): void {
  for (const [i, { z }] of atoms.entries()) {
    for (const [j, other] of atoms.slice(0, i).entries()) {
      if (!bounds.isFar(i, j)) continue;
      bounds.keepApart(i, j, expectedBondLength(z, other.z, 1) + CONTACT_ANGSTROM);
    }
  }
}

/**
 * Bounds from bond lengths by covalent radii, angles by electron pairs and rings, and cis or trans where it is given or a
 * ring leaves no choice; not smoothed. G. M. Crippen, T. F. Havel, Distance Geometry and Molecular Conformation, 1988.
 */
export function distanceBounds(graph: SpatialGraph): DistanceBounds {
  const bounds = new Gathered(graph.atoms.length);
  const known = { length: addBonds(bounds, graph), angles: new Angles(graph) };
  addAngles(bounds, graph, known);
  addTorsions(bounds, graph, known);
  addContacts(bounds, graph);
  return bounds;
}

/** Whether two substituents of a bond must be on one side of it. */
function sidesOf(
  graph: SpatialGraph,
): (bond: { begin: number; end: number }, i: number, l: number) => "cis" | "trans" | undefined {
  const given = new Map(graph.stereoBonds.map((bond) => [`${bond.begin} ${bond.end}`, bond]));
  const ringOf = (begin: number, end: number): readonly number[] | undefined =>
    graph.rings
      .filter((ring) => ring.includes(begin) && ring.includes(end))
      .sort((a, b) => a.length - b.length)[0];
  const isDouble = new Set(
    graph.bonds
      .filter(({ order }) => order === 2 || order === 1.5)
      .map(({ begin, end }) => `${begin} ${end}`),
  );
  return ({ begin, end }, i, l) => {
    const stereo = given.get(`${begin} ${end}`);
    if (stereo) {
      const swapped = (i !== stereo.beside[0]) !== (l !== stereo.beside[1]);
      return stereo.cis !== swapped ? "cis" : "trans";
    }
    if (!isDouble.has(`${begin} ${end}`)) return undefined;
    const ring = ringOf(begin, end);
    if (!ring || ring.length >= SMALLEST_TRANS_RING) return undefined;
    return ring.includes(i) === ring.includes(l) ? "cis" : "trans";
  };
}
