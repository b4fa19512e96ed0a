/** The reference sets (test/reference, see its README) and how to open one of their entries. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openSystem, type QuantumSystem, type SystemOptions } from "#core/quantum/field/system.ts";
import { type BasisSet, loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";

/** The bohr that the reference programs used (CODATA 2010), in Å. */
const REFERENCE_BOHR = 0.52917721092;
const SCALE = ANGSTROM_PER_BOHR / REFERENCE_BOHR;

/** Reference numbers have ten decimals; energies of both programs are converged well below this, Hartree. */
export const SCF_TOLERANCE = 1e-8;

export type AtomRow = [symbol: string, x: number, y: number, z: number];

export interface ReferenceScf {
  type: "RHF" | "UHF";
  energy: number;
  dipole_debye: [number, number, number];
  mulliken_charges: number[];
  orbital_energies?: number[];
  homo?: number;
  s2?: number;
  homo_alpha?: number;
  homo_beta?: number;
}

/** What an entry of any reference set says of its molecule. */
export interface ReferenceMolecule {
  id: string;
  geometry_angstrom: AtomRow[];
  charge: number;
  multiplicity: number;
  basis: string;
}

export interface ReferenceEntry extends ReferenceMolecule {
  n_basis_functions: number;
  nuclear_repulsion: number;
  scf: ReferenceScf;
  rohf?: { energy: number };
  mp2?: { correlation_all_electron: number; correlation_frozen_core?: number; n_frozen_core?: number };
  vertical_ionisation?: Record<string, unknown>;
}

export function readReference<T>(name: string): T {
  const path = fileURLToPath(new URL(`../../../reference/${name}`, import.meta.url));
  return JSON.parse(readFileSync(path, "utf8")) as T;
}

export const referenceEntries = (name: string): ReferenceEntry[] =>
  readReference<{ entries: ReferenceEntry[] }>(name).entries;

/** Basis functions of the largest molecules that `npm test` computes; `npm run test:long` has those above. */
const QUICK_FUNCTIONS = 45;

export const isQuick = ({ n_basis_functions }: Pick<ReferenceEntry, "n_basis_functions">): boolean =>
  n_basis_functions <= QUICK_FUNCTIONS;

export const resources = fileURLToPath(new URL("../../../../resources", import.meta.url));

const loaded = new Map<string, Promise<BasisSet>>();

/** A shipped basis set; ids that end in _sph use pure d functions. */
export async function referenceBasis(basis: string, id = ""): Promise<BasisSet> {
  if (!loaded.has(basis)) loaded.set(basis, loadBasisSet(resources, basis));
  const set = await loaded.get(basis)!;
  return id.endsWith("_sph") ? { ...set, functions: "pure" } : set;
}

/** Rows in Å of the reference's bohr → a geometry whose coordinates in bohr are the reference's. */
export const referenceGeometry = (rows: readonly AtomRow[]): SystemOptions["geometry"] => ({
  symbols: rows.map(([symbol]) => symbol),
  coordinates_angstrom: rows.flatMap(([, ...position]) => position.map((x) => x * SCALE)),
});

export async function openReference(
  entry: Omit<ReferenceMolecule, "multiplicity"> & { multiplicity?: number },
  options: Partial<SystemOptions> = {},
): Promise<QuantumSystem> {
  return openSystem({
    geometry: referenceGeometry(entry.geometry_angstrom),
    charge: entry.charge,
    multiplicity: entry.multiplicity ?? 1,
    basis: await referenceBasis(entry.basis, entry.id),
    ...options,
  });
}

/** A water molecule in the plane x = 0, where any closed shell will do. */
export const waterRows: AtomRow[] = [
  ["O", 0, 0, 0.1173],
  ["H", 0, 0.7572, -0.4692],
  ["H", 0, -0.7572, -0.4692],
];

/** The same as the evaluator takes it. */
export const water = {
  symbols: waterRows.map(([symbol]) => symbol),
  coordinates_angstrom: waterRows.flatMap(([, ...position]) => position),
};

export const openWater = (basis: BasisSet, options: Partial<SystemOptions> = {}): QuantumSystem =>
  openSystem({ geometry: water, charge: 0, multiplicity: 1, basis, ...options });
