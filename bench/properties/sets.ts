/** Molecules with reference values, as they stand in files of benchmark sets that are not part of the project. */
import { readFileSync } from "node:fs";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { PropertyId } from "#shared/properties/find.ts";

export interface ReferenceMolecule {
  readonly name: string;
  readonly smiles: string;
  readonly charge: number;
  readonly multiplicity: number;
  readonly geometry: Geometry;
  /** In the unit that the property is shown in. */
  readonly value: number;
}

interface Entry {
  readonly name: string;
  /** Of a molecule that has none, its name takes the place. */
  readonly smiles: string | null;
  readonly charge: number;
  readonly multiplicity?: number;
  readonly ground_multiplicity?: number;
  readonly geometry_angstrom: readonly (readonly [string, number, number, number])[];
}

interface Excitable extends Entry {
  readonly states: readonly {
    readonly multiplicity: number;
    readonly safe: boolean;
    readonly character: string;
    readonly TBE_eV: number;
    readonly lowest_of_its_multiplicity_listed?: string;
  }[];
}

const geometryOf = ({ geometry_angstrom: atoms }: Entry): Geometry => ({
  symbols: atoms.map(([symbol]) => symbol),
  coordinates_angstrom: atoms.flatMap(([, x, y, z]) => [x, y, z]),
});

const molecule = (entry: Entry, value: number): ReferenceMolecule => ({
  name: entry.name,
  smiles: entry.smiles ?? entry.name,
  charge: entry.charge,
  multiplicity: entry.multiplicity ?? entry.ground_multiplicity ?? 1,
  geometry: geometryOf(entry),
  value,
});

/** The lowest state of a spin, where it is safe and a valence one. */
function lowestState({ states }: Excitable, label: "S1" | "T1"): number | undefined {
  const found = states.find((state) => state.lowest_of_its_multiplicity_listed === label);
  return found?.safe && found.character === "valence" ? found.TBE_eV : undefined;
}

function excitations(entries: readonly Excitable[], value: (entry: Excitable) => number | undefined) {
  return entries.flatMap((entry) => {
    const energy = entry.ground_multiplicity === 1 ? value(entry) : undefined;
    return energy === undefined ? [] : [molecule(entry, energy)];
  });
}

function gapOf(entry: Excitable): number | undefined {
  const [singlet, triplet] = [lowestState(entry, "S1"), lowestState(entry, "T1")];
  return singlet === undefined || triplet === undefined ? undefined : singlet - triplet;
}

/** How each property's values are read. */
const READERS: Partial<Record<PropertyId, (content: never) => ReferenceMolecule[]>> = {
  "vertical-ionisation-energy": ({
    mckechnie2015,
  }: {
    mckechnie2015: readonly (Entry & { vertical_IE_exp_eV: number })[];
  }) => mckechnie2015.map((entry) => molecule(entry, entry.vertical_IE_exp_eV)),
  "triplet-energy": ({ entries }: { entries: Excitable[] }) =>
    excitations(entries, (entry) => lowestState(entry, "T1")),
  "first-excitation": ({ entries }: { entries: Excitable[] }) =>
    excitations(entries, (entry) => lowestState(entry, "S1")),
  "singlet-triplet-gap": ({ entries }: { entries: Excitable[] }) => excitations(entries, gapOf),
};

/** The molecules of a set, the smallest first. @throws Error for a property that no reader knows */
export function readSet(property: PropertyId, path: string): ReferenceMolecule[] {
  const reader = READERS[property];
  if (!reader)
    throw new Error(`expected a property with a set (${Object.keys(READERS).join(", ")}), got ${property}`);
  const size = ({ geometry: { symbols } }: ReferenceMolecule): number =>
    symbols.reduce((sum, symbol) => sum + (symbol === "H" ? 1 : 4), 0);
  return reader(JSON.parse(readFileSync(path, "utf8")) as never).sort((a, b) => size(a) - size(b));
}
