/** Which atoms of two molecules are the same, by their maximum common substructure. */
import type { Mol, RDKit } from "../toolkit/rdkit.ts";

/** Atoms of one molecule and of another, from 0, pair by pair. */
export type AtomPairs = readonly (readonly [number, number])[];

/** What two atoms must share: element and bond orders, or that they are bonded alike. */
type Likeness = "elements" | "skeleton";

/** Search for the largest one ends then with the largest found, s. */
const TIMEOUT = 1;
/** Places of the substructure: in the first molecule, and orders of its atoms in the second. Of symmetric groups there are many. */
const MOST = { places: 20, orders: 500 };

const COMPARED = {
  elements: { AtomCompare: "Elements", BondCompare: "Order" },
  skeleton: { AtomCompare: "Any", BondCompare: "Any" },
} as const;

function commonSmarts(rdkit: RDKit, [a, b]: readonly [Mol, Mol], likeness: Likeness): string {
  const both = new rdkit.MolList();
  try {
    both.append(a);
    both.append(b);
    const details = {
      ...COMPARED[likeness],
      ...{ Timeout: TIMEOUT, RingMatchesRingOnly: true, CompleteRingsOnly: true },
    };
    const { smarts } = JSON.parse(rdkit.get_mcs_as_json(both, JSON.stringify(details))) as {
      smarts?: string;
    };
    return smarts ?? "";
  } finally {
    both.delete();
  }
}

function placesOf(mol: Mol, query: Mol, options: object): number[][] {
  const found = JSON.parse(mol.get_substruct_matches(query, JSON.stringify(options))) as
    | { atoms: number[] }[]
    | Record<string, never>;
  return Array.isArray(found) ? found.map(({ atoms }) => atoms) : [];
}

/**
 * Every way to pair atoms of two molecules by their maximum common substructure, rings whole: symmetric atoms in every order, up to
 * 10,000 ways. Empty where they have nothing in common. Milliseconds as a rule, up to 1 s.
 *
 * @param molecules with their hydrogens as atoms, which the pairs' numbers count
 * @param compared of which the substructure is sought: the same molecules, with their hydrogens or without
 */
export function commonAtoms(
  rdkit: RDKit,
  { molecules, compared }: { molecules: readonly [Mol, Mol]; compared: readonly [Mol, Mol] },
  likeness: Likeness,
): AtomPairs[] {
  const smarts = commonSmarts(rdkit, compared, likeness);
  const query = smarts === "" ? null : rdkit.get_qmol(smarts);
  if (!query) return [];
  using substructure = query;
  const places = placesOf(molecules[0], substructure, { maxMatches: MOST.places });
  const orders = placesOf(molecules[1], substructure, { uniquify: false, maxMatches: MOST.orders });
  return places.flatMap((place) =>
    orders.map((order) => place.map((atom, k): readonly [number, number] => [atom, order[k]!])),
  );
}
