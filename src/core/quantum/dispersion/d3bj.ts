/** DFT-D3 with the damping of Becke and Johnson, pairs of atoms alone. */
import { DomainError } from "#shared/errors.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import { toBohr } from "#shared/units.ts";
import type { D3References } from "./d3-references.ts";
import type { RationalDamping } from "./d3bj-damping.ts";
import type { Dispersion, DispersionModel } from "./dispersion.ts";

/** Steepness of the count of neighbours, and of the weights of references by their coordination numbers. */
const COUNTING = 16;
const WEIGHTING = 4;
/** A bond is counted as a half where it is so much longer than the covalent radii together. */
const BOND_LENGTH = 4 / 3;

interface Atom {
  /** In the geometry. */
  readonly index: number;
  readonly position: readonly [number, number, number];
  readonly radius: number;
  /** √(½ √Z ⟨r⁴⟩/⟨r²⟩): C8 of a pair is 3 C6 times the product of two. */
  readonly quadrupole: number;
  readonly coordinationNumbers: readonly number[];
  /** Of the references of its element. */
  readonly first: number;
}

function atomOf(
  { elements }: D3References,
  { symbols, coordinates_angstrom: x }: Geometry,
  index: number,
): Atom {
  const symbol = symbols[index]!;
  const element = elements[symbol];
  const z = atomicNumber(symbol);
  if (!element || z === undefined)
    throw new DomainError(
      "not-supported",
      `D3(BJ) has no parameters for ${symbol} (atom ${index + 1}): expected elements from H to Xe. Compute without dispersion.`,
      { symbol },
    );
  const { covalentRadius_angstrom: radius, r4OverR2_au: moment, coordinationNumbers, first } = element;
  return {
    index,
    position: [toBohr(x[3 * index]!), toBohr(x[3 * index + 1]!), toBohr(x[3 * index + 2]!)],
    radius: toBohr(radius),
    quadrupole: Math.sqrt((Math.sqrt(z) * moment) / 2),
    coordinationNumbers,
    first,
  };
}

const distanceOf = ({ position: a }: Atom, { position: b }: Atom): number =>
  Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]);

/** By how much a neighbour counts, and its derivative by the distance. */
function neighbour(a: Atom, b: Atom, r: number): { count: number; slope: number } {
  const bond = BOND_LENGTH * (a.radius + b.radius);
  const count = 1 / (1 + Math.exp(-COUNTING * (bond / r - 1)));
  return { count, slope: (-COUNTING * bond * count * (1 - count)) / r ** 2 };
}

/** Weights of an atom's references, 1 together, and their derivatives by its coordination number. */
function weightsOf({ coordinationNumbers }: Atom, coordination: number) {
  const away = coordinationNumbers.map((reference) => coordination - reference);
  // From the nearest on, so that none is lost far from all.
  const nearest = Math.min(...away.map((d) => d * d));
  const bare = away.map((d) => Math.exp(-WEIGHTING * (d * d - nearest)));
  const norm = bare.reduce((sum, w) => sum + w, 0);
  const weights = bare.map((w) => w / norm);
  const mean = weights.reduce((sum, w, k) => sum + w * away[k]!, 0);
  return { weights, slopes: weights.map((w, k) => 2 * WEIGHTING * w * (mean - away[k]!)) };
}

type Weighted = Atom & ReturnType<typeof weightsOf>;

/** C6 of a pair and its derivatives by either coordination number. */
function c6Of({ c6_au }: D3References, a: Weighted, b: Weighted) {
  let [c6, byA, byB] = [0, 0, 0];
  for (const [i, weight] of a.weights.entries())
    for (const [j, other] of b.weights.entries()) {
      const reference = c6_au(a.first + i, b.first + j);
      c6 += reference * weight * other;
      // As many slopes as weights.
      byA += reference * a.slopes[i]! * other;
      byB += reference * weight * b.slopes[j]!;
    }
  return { c6, byA, byB };
}

/** Two atoms, from 0 among those that take part. */
interface Pair extends ReturnType<typeof neighbour> {
  readonly i: number;
  readonly j: number;
  readonly r: number;
}

const pairsOf = (atoms: readonly Atom[]): Pair[] =>
  atoms.flatMap((a, i) =>
    atoms.slice(0, i).map((b, j): Pair => {
      const r = distanceOf(a, b);
      return { i, j, r, ...neighbour(a, b, r) };
    }),
  );

/** Atoms with the weights of their references. */
function weigh(atoms: readonly Atom[], pairs: readonly Pair[]): Weighted[] {
  const coordination = new Float64Array(atoms.length);
  for (const { i, j, count } of pairs) {
    coordination[i]! += count;
    coordination[j]! += count;
  }
  return atoms.map((atom, i) => ({ ...atom, ...weightsOf(atom, coordination[i]!) }));
}

/** The energy of all pairs with its derivatives: by the distance of each pair, and by the coordination number of each atom. */
function sumOf(
  references: D3References,
  { s8, a1, a2_bohr }: RationalDamping,
  { atoms, pairs }: { atoms: readonly Weighted[]; pairs: readonly Pair[] },
) {
  let energy_hartree = 0;
  const byCoordination = new Float64Array(atoms.length);
  const byDistance = pairs.map(({ i, j, r }): number => {
    const [a, b] = [atoms[i]!, atoms[j]!];
    const { c6, byA, byB } = c6Of(references, a, b);
    const ratio = 3 * a.quadrupole * b.quadrupole;
    const damped = a1 * Math.sqrt(ratio) + a2_bohr;
    const [of6, of8] = [1 / (r ** 6 + damped ** 6), 1 / (r ** 8 + damped ** 8)];
    const attraction = of6 + s8 * ratio * of8;
    energy_hartree -= c6 * attraction;
    byCoordination[i]! -= byA * attraction;
    byCoordination[j]! -= byB * attraction;
    return c6 * (6 * r ** 5 * of6 ** 2 + s8 * ratio * 8 * r ** 7 * of8 ** 2);
  });
  return { energy_hartree, byCoordination, byDistance };
}

/**
 * D3(BJ) with some damping: S. Grimme et al., doi:10.1063/1.3382344, doi:10.1002/jcc.21759; without terms of three atoms, as the name
 * means.
 *
 * @throws DomainError of the model: `not-supported` for an element without parameters
 */
export const d3bj =
  (references: D3References, damping: RationalDamping): DispersionModel =>
  (geometry, ghosts): Dispersion => {
    const real = geometry.symbols.flatMap((_, index) =>
      ghosts.has(index) ? [] : [atomOf(references, geometry, index)],
    );
    const pairs = pairsOf(real);
    const atoms = weigh(real, pairs);
    const { energy_hartree, byCoordination, byDistance } = sumOf(references, damping, { atoms, pairs });
    const gradient = new Float64Array(3 * geometry.symbols.length);
    for (const [k, { i, j, r, slope }] of pairs.entries()) {
      const along = byDistance[k]! + (byCoordination[i]! + byCoordination[j]!) * slope;
      const [a, b] = [atoms[i]!, atoms[j]!];
      for (const axis of [0, 1, 2] as const) {
        const part = (along * (a.position[axis] - b.position[axis])) / r;
        gradient[3 * a.index + axis]! += part;
        gradient[3 * b.index + axis]! -= part;
      }
    }
    return { model: "d3bj", energy_hartree, gradient };
  };
