/** Where another molecule may lie at a molecule. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import {
  cross,
  dot,
  length,
  minus,
  perpendicular,
  plus,
  rotate,
  times,
  type Vector,
} from "#shared/molecule/vectors.ts";
import { uniformNumbers } from "#shared/random.ts";
import { type Contact, type ContactKind, contacts } from "./contacts.ts";
import { ionPoses } from "./ion-poses.ts";
import { graphInSpace, type PlacedGraph, placedGraph, type StructureInSpace } from "./placed-graph.ts";

/** What each kind of contact draws near. */
const ATTRACTED: Readonly<Record<ContactKind, readonly ContactKind[]>> = {
  donor: ["acceptor", "face"],
  "weak-donor": ["acceptor", "face"],
  acceptor: ["donor", "weak-donor", "hole"],
  face: ["donor", "weak-donor"],
  hole: ["acceptor"],
};
/** Of two contacts the sum is how far apart they are put, Å: hydrogen bonds 2.0, a carbon at a lone pair 2.8. */
const REACH_ANGSTROM: Readonly<Record<ContactKind, number>> = {
  donor: 0.9,
  "weak-donor": 1.3,
  acceptor: 1.1,
  face: 1.6,
  hole: 1.7,
};
/** Two atoms of different molecules that are closer have no room, Å. */
const ROOM_ANGSTROM = 1.6;
/** Each pair of contacts is turned about their axis so many times, fewer where there are many pairs. */
const TURNS = 2;
const MANY_PAIRS = 8;
/** Of the turns. */
const SEED = 1;

/** The rotation by an angle about an axis, after that which brings `from` to `to`; all unit vectors. */
function rotation(from: Vector, to: Vector, angle: number): (v: Vector) => Vector {
  const normal = cross(from, to);
  const sin = length(normal);
  const axis = sin > 1e-6 ? times(normal, 1 / sin) : perpendicular(from);
  const turn = { cos: Math.cos(angle), sin: Math.sin(angle) };
  return (v) => rotate(rotate(v, axis, { cos: dot(from, to), sin }), to, turn);
}

const isAttracted = (a: Contact, b: Contact): boolean => ATTRACTED[a.kind].includes(b.kind);
const isWeak = ({ kind }: Contact): boolean => kind === "weak-donor";

/** Pairs that attract each other; those of weak donors only where there are no others. */
function pairsOf(molecule: readonly Contact[], probe: readonly Contact[]): [Contact, Contact][] {
  const all = molecule.flatMap((a) => probe.map((b): [Contact, Contact] => [a, b]));
  const found = all.filter(([a, b]) => isAttracted(a, b));
  const strong = found.filter(([a, b]) => !isWeak(a) && !isWeak(b));
  if (strong.length > 0) return strong;
  return found.length > 0 ? found : all;
}

/** The probe's atoms where its contact meets the molecule's, turned about their common axis. */
function meeting([a, b]: [Contact, Contact], probe: PlacedGraph, angle: number): Vector[] {
  const rotated = rotation(b.direction, times(a.direction, -1), angle);
  const meets = plus(a.at, times(a.direction, REACH_ANGSTROM[a.kind] + REACH_ANGSTROM[b.kind]));
  return probe.atoms.map(({ at }) => plus(meets, rotated(minus(at, b.at))));
}

const hasRoom = ({ atoms }: PlacedGraph, places: readonly Vector[]): boolean =>
  atoms.every(({ at }) => places.every((place) => length(minus(at, place)) > ROOM_ANGSTROM));

/**
 * Starts for a probe at a molecule: a cation of one atom where cations sit (ionPoses); of all others each contact at each contact of
 * the molecule that it attracts, turned about their axis by angles that are the same every time. Those without room are left out.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 * @returns the molecule where it was and the probe's atoms after it. Cost: n² a pose.
 */
export function probePoses(molblock: string, probe: StructureInSpace): { readonly geometry: Geometry }[] {
  const { symbols } = probe.geometry;
  const [first = "", ...others] = symbols;
  if (others.length === 0 && (probe.charges[0] ?? 0) > 0) return ionPoses(molblock, first);
  const [molecule, other] = [placedGraph(molblock), graphInSpace(probe)];
  const random = uniformNumbers(SEED);
  const pairs = pairsOf(contacts(molecule), contacts(other));
  const turns = pairs.length > MANY_PAIRS || others.length === 0 ? 1 : TURNS;
  const places = pairs.flatMap((pair) => {
    const angle = 2 * Math.PI * random();
    return Array.from({ length: turns }, (_, k) => meeting(pair, other, angle + (2 * Math.PI * k) / turns));
  });
  return places
    .filter((each) => hasRoom(molecule, each))
    .map((each) => ({
      geometry: {
        symbols: [...molecule.geometry.symbols, ...symbols],
        coordinates_angstrom: [...molecule.geometry.coordinates_angstrom, ...each.flat()],
      },
    }));
}
