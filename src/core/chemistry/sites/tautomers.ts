/** Forms of a molecule that differ in where its mobile hydrogens are. */
import { hash } from "node:crypto";
import { expectedBondLength } from "#shared/molecule/covalent-radii.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { plus, times, type Vector } from "#shared/molecule/vectors.ts";
import { lonePairDirections, piDirections } from "./lone-pairs.ts";
import { graphInSpace, type PlacedBond, type PlacedGraph, placedGraph, statedOf } from "./placed-graph.ts";
import { distinctPlaces } from "./places.ts";

/** A tautomer before it is relaxed: the molecule's atoms in their order, one or more hydrogens elsewhere. */
export interface Tautomer {
  /** "H6 from O7 to N1", each shift after the one before; atoms are numbered from 1. */
  readonly name: string;
  readonly graph: PlacedGraph;
}

const HYDROGEN = 1;
const CARBON = 6;
/** Nitrogen, oxygen, sulphur: one of the two ends of a shift is such an atom. */
const HETERO: readonly number[] = [7, 8, 16];
/** Double bonds that a shift may pass over: 1 is keto and enol, 3 is 2-hydroxypyridine in either of its Kekulé structures. */
const LONGEST = 3;
/** Starts are no more than these; the rest is left out. */
export const MOST_TAUTOMERS = 12;

/** Atoms in turn from the one that gives the hydrogen to the one that takes it, with single and double bonds between in turn. */
type Path = readonly number[];

const mayBeEnd = ({ z }: { z: number }): boolean => z === CARBON || HETERO.includes(z);

/** Ways from an atom along single and double bonds in turn. */
function paths(graph: PlacedGraph, from: number): Path[] {
  const orderOf = (a: number, b: number): number =>
    graph.bonds.find(({ atoms }) => atoms.includes(a) && atoms.includes(b))?.order ?? 0;
  const longer = (path: Path): Path[] => {
    const last = path.at(-1) ?? from;
    const wanted = path.length % 2 === 1 ? 1 : 2;
    const next = (graph.atoms[last]?.neighbours ?? []).filter(
      (atom) => !path.includes(atom) && orderOf(last, atom) === wanted,
    );
    return next.map((atom) => [...path, atom]);
  };
  const found: Path[] = [];
  let ways: Path[] = [[from]];
  for (let k = 0; k < LONGEST; k++) {
    ways = ways.flatMap(longer).flatMap(longer);
    found.push(...ways);
  }
  return found;
}

/** Every hydrogen of a saturated atom with the ways that it may shift, those of one atom once. */
function* shifts(graph: PlacedGraph): Generator<{ hydrogen: number; path: Path }> {
  for (const [from, own] of graph.atoms.entries()) {
    const hydrogen = own.neighbours.find((atom) => graph.atoms[atom]?.z === HYDROGEN);
    if (hydrogen === undefined || !mayBeEnd(own) || own.order > 1) continue;
    for (const path of paths(graph, from)) {
      const end = graph.atoms[path.at(-1) ?? from];
      if (!end || !mayBeEnd(end) || (own.z === CARBON && end.z === CARBON)) continue;
      yield { hydrogen, path };
    }
  }
}

/** Shifts between N, O and S before those to or from carbon, which seldom lead to what is stable. */
function heteroFirst<Shift extends { path: Path }>({ atoms }: PlacedGraph, all: Shift[]): Shift[] {
  const carbons = ({ path }: Shift): number =>
    [path[0], path.at(-1)].filter((atom) => atoms[atom ?? 0]?.z === CARBON).length;
  return all.toSorted((a, b) => carbons(a) - carbons(b));
}

/** Where a hydrogen goes at an atom: along a lone pair, or to either face of a carbon. */
function placesAt(graph: PlacedGraph, atom: number): Vector[] {
  const own = graph.atoms[atom];
  if (!own) return [];
  const distance = expectedBondLength(own.z, HYDROGEN, 1);
  const directions = own.z === CARBON ? piDirections(graph, atom) : lonePairDirections(graph, atom);
  return distinctPlaces(
    graph,
    directions.map((direction) => plus(own.at, times(direction, distance))),
  );
}

const isBond = ({ atoms }: PlacedBond, a: number, b: number): boolean =>
  atoms.includes(a) && atoms.includes(b);

/** Bonds after a shift: single and double ones of the path changed over, the hydrogen at its other end. */
function shifted({ bonds }: PlacedGraph, hydrogen: number, path: Path): PlacedBond[] {
  const [first = 0, last = 0] = [path[0], path.at(-1)];
  return bonds.map((bond) => {
    if (isBond(bond, first, hydrogen)) return { atoms: [last, hydrogen], order: 1 };
    const along = path.findIndex((atom, k) => k > 0 && isBond(bond, path[k - 1] ?? -1, atom));
    return along < 0 ? bond : { ...bond, order: along % 2 === 1 ? 2 : 1 };
  });
}

function movedTo({ geometry }: PlacedGraph, atom: number, to: Vector): Geometry {
  const coordinates_angstrom = geometry.coordinates_angstrom.map((x, k) =>
    Math.floor(k / 3) === atom ? (to[k % 3] ?? x) : x,
  );
  return { symbols: geometry.symbols, coordinates_angstrom };
}

/** What tells constitutions apart: the classes of all atoms, as names that are the same in every form of the molecule. */
function constitution({ atoms }: PlacedGraph): string {
  let names = atoms.map(({ symbol }) => symbol);
  const short = new Map<string, string>();
  for (let round = 0; round < atoms.length; round++)
    names = atoms
      .map(({ neighbours }, i) => {
        const around = neighbours.map((j) => names[j]).sort();
        return `${names[i]}(${around.join("")})`;
      })
      .map((name) => {
        if (name.length < 40) return name;
        const known = short.get(name) ?? hash("sha256", name);
        short.set(name, known);
        return known;
      });
  return [...names].sort().join(" ");
}

const label = ({ geometry }: PlacedGraph, atom = 0): string => `${geometry.symbols[atom]}${atom + 1}`;

/** One start for each place that the hydrogen may go to. */
function afterShift(before: Tautomer, { hydrogen, path }: { hydrogen: number; path: Path }): Tautomer[] {
  const { graph, name } = before;
  const [from = 0, to = 0] = [path[0], path.at(-1)];
  const shift = `${label(graph, hydrogen)} from ${label(graph, from)} to ${label(graph, to)}`;
  return placesAt(graph, to).map((place, k) => ({
    name: `${name === "" ? "" : `${name}, `}${shift}${k === 0 ? "" : `, start ${k + 1}`}`,
    graph: graphInSpace({
      geometry: movedTo(graph, hydrogen, place),
      bonds: shifted(graph, hydrogen, path),
      ...statedOf(graph),
    }),
  }));
}

/** The form on paper: bonds alone, all atoms where they were. */
function bondsAfterShift(
  { graph }: Tautomer,
  { hydrogen, path }: { hydrogen: number; path: Path },
): [Tautomer] {
  const bonds = shifted(graph, hydrogen, path);
  return [{ name: "", graph: graphInSpace({ geometry: graph.geometry, bonds, ...statedOf(graph) }) }];
}

/**
 * Bonds of the forms that tautomers() gives, each form once, in the order of the molblock's.
 *
 * @param molblock V2000 with all hydrogens; where its atoms are does not matter
 * @returns at most `most` forms. Cost: n² a form.
 */
export const tautomericBonds = (molblock: string, most: number): (readonly PlacedBond[])[] =>
  forms(placedGraph(molblock), most, bondsAfterShift).map(({ graph }) => graph.bonds);

/**
 * Tautomers by shifts of a hydrogen over one to three conjugated double bonds, 1,3 to 1,7 (keto and enol, amide and imidic acid, 2-pyridone
 * and 2-hydroxypyridine), and what such shifts make of those; one end of each is N, O or S. Forms of equal constitution once, in
 * the orientations that lone pairs give them; the molecule itself is not among them, nor are charged forms.
 *
 * @param molblock V2000 of the molecule in space, with all hydrogens
 * @returns at most MOST_TAUTOMERS starts, few shifts first, those between N, O and S before others. Cost: n² a form.
 */
export const tautomers = (molblock: string): Tautomer[] =>
  forms(placedGraph(molblock), MOST_TAUTOMERS, afterShift);

/** @param after what a shift makes of a form: starts of one constitution */
function forms(graph: PlacedGraph, most: number, after: typeof afterShift): Tautomer[] {
  const seen = new Set([constitution(graph)]);
  const found: Tautomer[] = [];
  let open: Tautomer[] = [{ name: "", graph }];
  while (open.length > 0 && found.length < most) {
    const next: Tautomer[] = [];
    for (const before of open)
      for (const shift of heteroFirst(before.graph, [...shifts(before.graph)])) {
        const made = after(before, shift);
        const [first] = made;
        const kind = first && constitution(first.graph);
        if (!first || kind === undefined || seen.has(kind)) continue;
        seen.add(kind);
        found.push(...made);
        next.push(first);
      }
    open = next;
  }
  return found.slice(0, most);
}
