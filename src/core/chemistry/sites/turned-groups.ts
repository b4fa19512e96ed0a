/** Groups of a molecule that stand in the way of what comes to one of its atoms, turned out of it. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import { length, minus, plus, rotate, unit, type Vector } from "#shared/molecule/vectors.ts";
import { pieceOf } from "./bond-breaks.ts";
import type { PlacedGraph } from "./placed-graph.ts";

/** From a proton, Å: less than radii of van der Waals (H 1.2, C 1.7, O 1.5) by what hydrogen bonds and neighbours' neighbours take. */
const ROOM_ANGSTROM = 2.6;
const ROOM_OF_HYDROGEN_ANGSTROM = 2.4;
/** Atoms of one kind that change places do so to this, Å. */
const SAME_ANGSTROM = 0.5;

const HALF_A_TURN = { cos: -1, sin: 0 };

/** The atoms beyond a bond after half a turn about it, by number. */
function afterTurn(
  { atoms }: PlacedGraph,
  [from, to]: readonly [number, number],
  piece: ReadonlySet<number>,
) {
  const origin = atoms[from]!.at;
  const axis = unit(minus(atoms[to]!.at, origin));
  const at = (atom: number): Vector =>
    plus(origin, rotate(minus(atoms[atom]!.at, origin), axis, HALF_A_TURN));
  return new Map([...piece].flatMap((atom): [number, Vector][] => (atom === to ? [] : [[atom, at(atom)]])));
}

/** Whether each heavy atom took the place of one of its kind: the turn changed nothing but hydrogens. */
const isAsBefore = ({ atoms }: PlacedGraph, moved: ReadonlyMap<number, Vector>): boolean =>
  [...moved].every(
    ([atom, at]) =>
      atoms[atom]!.z === 1 ||
      atoms.some((other) => other.kind === atoms[atom]!.kind && length(minus(other.at, at)) < SAME_ANGSTROM),
  );

/** XH₂ and XH₃ find their way without a barrier that matters, or are the same after half a turn. */
const isSmall = ({ atoms }: PlacedGraph, atom: number): boolean =>
  atoms[atom]!.neighbours.filter((other) => atoms[other]!.z === 1).length >=
    atoms[atom]!.neighbours.length - 1 && atoms[atom]!.neighbours.length > 2;

/**
 * The molecule with one group turned by 180° for each that a proton at a place beside an atom would meet: groups at single bonds outside
 * rings of the atom's flat neighbours, as a methoxyl group beside C=O. They stay where they are when the proton is relaxed there, since
 * such bonds are partly double, though the other side may be lower: by 33 kJ/mol in dimethyl carbonate (MP2/6-31G* where STO-3G relaxes
 * both to). Cost: n a bond.
 */
export function turnedAside(graph: PlacedGraph, site: number, place: Vector): Geometry[] {
  const { atoms, bonds, geometry } = graph;
  const isMet = (atom: number): boolean =>
    length(minus(atoms[atom]!.at, place)) <
    (atoms[atom]!.z === 1 ? ROOM_OF_HYDROGEN_ANGSTROM : ROOM_ANGSTROM);
  return atoms[site]!.neighbours.filter((from) => atoms[from]!.order > 1)
    .flatMap((from) => atoms[from]!.neighbours.map((to) => [from, to] as const))
    .flatMap(([from, to]): Geometry[] => {
      const bond = bonds.find(({ atoms: ends }) => ends.includes(from) && ends.includes(to));
      const piece =
        to === site || bond?.order !== 1 || isSmall(graph, to) ? undefined : pieceOf(graph, to, from);
      if (!piece || ![...piece].some((atom) => atom !== to && isMet(atom))) return [];
      const moved = afterTurn(graph, [from, to], piece);
      const hasHeavy = [...moved.keys()].some((atom) => atoms[atom]!.z > 1);
      if (hasHeavy && isAsBefore(graph, moved)) return [];
      const coordinates_angstrom = atoms.flatMap(({ at }, atom) => [...(moved.get(atom) ?? at)]);
      return [{ symbols: geometry.symbols, coordinates_angstrom }];
    });
}
