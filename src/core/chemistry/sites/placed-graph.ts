/** A molecule in space with its bonds, lone pairs and π atoms, read from a molblock. */

import { molblockGeometry } from "#shared/molecule/molblock.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import type { Vector } from "#shared/molecule/vectors.ts";

export interface PlacedAtom {
  readonly symbol: string;
  readonly z: number;
  readonly charge: number;
  /** Å. */
  readonly at: Vector;
  readonly neighbours: readonly number[];
  /** Largest order of its bonds in a structure of localised ones. */
  readonly order: number;
  readonly lonePairs: number;
  /** Electrons in no bond and no pair. */
  readonly unpaired: number;
  /** Equal for atoms of equal constitution: same surroundings, whatever the orders and charges of one resonance structure. */
  readonly kind: number;
}

export interface PlacedBond {
  readonly atoms: readonly [number, number];
  readonly order: number;
}

export interface PlacedGraph {
  readonly geometry: Geometry;
  readonly atoms: readonly PlacedAtom[];
  readonly bonds: readonly PlacedBond[];
}

const COUNTS_LINE = 3;
/** Charges of the atom line of a V2000 molblock, where no line of its own says them. */
const CHARGE_CODES = [0, 3, 2, 1, 0, -1, -2, -3];

/** Charges and unpaired electrons stand in lines `M  CHG` and `M  RAD`: a count, then atom and value in turn. */
function property(lines: readonly string[], name: string): Map<number, number> {
  const pairs = lines
    .filter((line) => line.startsWith(`M  ${name}`))
    .flatMap((line) => {
      const numbers = line.slice(9).trim().split(/\s+/).map(Number);
      return Array.from({ length: numbers.length / 2 }, (_, k): [number, number] => [
        numbers[2 * k]! - 1,
        numbers[2 * k + 1]!,
      ]);
    });
  return new Map(pairs);
}

/** Electrons beyond the noble gas before; 0 for transition metals, whose lone pairs are none of this page's. */
function valenceElectrons(z: number): number {
  for (const [core, end] of [
    [0, 2],
    [2, 10],
    [10, 18],
    [28, 36],
    [46, 54],
  ] as const)
    if (z > core && z <= end) return z - core;
  return 0;
}

/** Classes of atoms refined by their neighbours' until no more can be told apart (H. L. Morgan, doi:10.1021/c160017a018). */
function kinds(symbols: readonly string[], neighbours: readonly (readonly number[])[]): number[] {
  const numbered = (names: readonly string[]): number[] => {
    const order = [...new Set(names)].sort();
    return names.map((name) => order.indexOf(name));
  };
  let classes = numbered(symbols);
  for (let count = 0; new Set(classes).size > count; ) {
    count = new Set(classes).size;
    classes = numbered(
      classes.map((own, i) =>
        [own, ...neighbours[i]!.map((j) => classes[j]!).sort((a, b) => a - b)].join(" "),
      ),
    );
  }
  return classes;
}

/** Reads a V2000 molblock with all hydrogens and bonds of order 1 to 3, as conformers have it. Cost: that of graphInSpace. */
export function placedGraph(molblock: string): PlacedGraph {
  const lines = molblock.split("\n");
  const geometry = molblockGeometry(molblock);
  const n = geometry.symbols.length;
  const nBonds = Number(lines[COUNTS_LINE]!.slice(3, 6));
  const bonds = lines.slice(COUNTS_LINE + 1 + n, COUNTS_LINE + 1 + n + nBonds).map((line): PlacedBond => {
    const [begin, end, order] = [0, 3, 6].map((at) => Number(line.slice(at, at + 3))) as [
      number,
      number,
      number,
    ];
    return { atoms: [begin - 1, end - 1], order };
  });
  const [stated, radicals] = [property(lines, "CHG"), property(lines, "RAD")];
  const charges = geometry.symbols.map((_, i) => {
    const code = Number(lines[COUNTS_LINE + 1 + i]!.slice(36, 39));
    return stated.size > 0 ? (stated.get(i) ?? 0) : (CHARGE_CODES[code] ?? 0);
  });
  // A radical's value is its multiplicity: 2 for one electron; 1 and 3 for two, paired or not.
  const unpaired = geometry.symbols.map((_, i) => [0, 2, 1, 2][radicals.get(i) ?? 0] ?? 0);
  return graphInSpace({ geometry, bonds, charges, unpaired });
}

/** The V2000 molblock with its atoms elsewhere, to 1e-4 Å as the format has it. */
export function movedMolblock(molblock: string, { coordinates_angstrom: xyz }: Geometry): string {
  const lines = molblock.split("\n");
  for (let atom = 0; 3 * atom < xyz.length; atom++) {
    const place = COUNTS_LINE + 1 + atom;
    const at = xyz.slice(3 * atom, 3 * atom + 3).map((x) => x.toFixed(4).padStart(10));
    lines[place] = `${at.join("")}${lines[place]?.slice(30) ?? ""}`;
  }
  return lines.join("\n");
}

/** What a molecule in space is read from. */
export interface StructureInSpace {
  readonly geometry: Geometry;
  readonly bonds: readonly PlacedBond[];
  /** Of each atom, e. */
  readonly charges: readonly number[];
  /** Electrons of each atom that are in no bond and no pair; none where it is absent. */
  readonly unpaired?: readonly number[];
}

/** What the structure states of each atom beside its bonds. */
export const statedOf = ({
  atoms,
}: PlacedGraph): Required<Pick<StructureInSpace, "charges" | "unpaired">> => ({
  charges: atoms.map(({ charge }) => charge),
  unpaired: atoms.map(({ unpaired }) => unpaired),
});

/** Cost: n² to n³ comparisons of short texts for the classes of its atoms. */
export function graphInSpace({ geometry, bonds, charges, unpaired = [] }: StructureInSpace): PlacedGraph {
  const around = geometry.symbols.map((_, i) => bonds.filter(({ atoms }) => atoms.includes(i)));
  const neighbours = around.map((own, i) => own.map(({ atoms: [a, b] }) => (a === i ? b : a)));
  const classes = kinds(geometry.symbols, neighbours);
  const atoms = geometry.symbols.map((symbol, i): PlacedAtom => {
    const z = atomicNumber(symbol) ?? 0;
    const charge = charges[i] ?? 0;
    const own = unpaired[i] ?? 0;
    const valence = around[i]!.reduce((sum, { order }) => sum + order, 0);
    return {
      symbol,
      z,
      charge,
      at: geometry.coordinates_angstrom.slice(3 * i, 3 * i + 3) as unknown as Vector,
      neighbours: neighbours[i]!,
      order: Math.max(0, ...around[i]!.map(({ order }) => order)),
      lonePairs: Math.max(0, Math.floor((valenceElectrons(z) - charge - valence - own) / 2)),
      unpaired: own,
      kind: classes[i]!,
    };
  });
  return { geometry, atoms, bonds };
}
