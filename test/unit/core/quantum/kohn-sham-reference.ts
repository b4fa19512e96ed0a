/** Kohn–Sham energies of another program on its finest grids. */
import { expect } from "vitest";
import { gridErrorOf } from "#core/quantum/field/grid-error.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import type { FunctionalName, GridLevel } from "#shared/quantum/functionals.ts";
import {
  openReference,
  openWater,
  type ReferenceMolecule,
  readReference,
  referenceBasis,
  water,
} from "./chemistry-reference.ts";

/** By the name of the reference, which is without dispersion, as a field's own energy is; ωB97X-V is not here. */
const NAMES: Readonly<Record<string, FunctionalName>> = {
  SVWN5: "svwn5",
  PBE: "pbe",
  PBE0: "pbe0",
  B3LYP: "b3lyp",
  r2SCAN: "r2scan",
  "wB97X-D_without_dispersion": "wb97x-d",
};

interface Entry extends ReferenceMolecule {
  n_basis_functions: number;
  functionals: Record<string, Record<string, unknown>>;
}

export interface KohnShamCase {
  readonly entry: Entry;
  readonly functional: FunctionalName;
  readonly ion: boolean;
  readonly expected: number;
  readonly name: string;
}

/** The number of the finest level: of the molecule, or of its cation. */
function finest(values: Record<string, unknown>, pattern: RegExp): number | undefined {
  const [best] = Object.keys(values)
    .flatMap((key) => {
      const level = pattern.exec(key)?.[1];
      return level === undefined ? [] : [{ key, level: Number(level) }];
    })
    .sort((a, b) => b.level - a.level);
  return best && (values[best.key] as number);
}

export const kohnShamCases: readonly KohnShamCase[] = readReference<{ entries: Entry[] }>(
  "dft.json",
).entries.flatMap((entry) =>
  Object.entries(entry.functionals).flatMap(([title, values]) => {
    const functional = NAMES[title];
    if (!functional) return [];
    const neutral = finest(values, /^pyscf_level(\d+)_hartree$/);
    const cation = finest(values, /^cation_uks_level(\d+)_hartree$/);
    const base = { entry, functional };
    return [
      ...(neutral === undefined
        ? []
        : [{ ...base, ion: false, expected: neutral, name: `${entry.id} ${title}` }]),
      ...(cation === undefined
        ? []
        : [{ ...base, ion: true, expected: cation, name: `${entry.id}⁺ ${title}` }]),
    ];
  }),
);

/** Water has every functional, in closed and open shells; other molecules are `npm run test:long`'s. */
export const isQuickKohnSham = ({ entry }: KohnShamCase): boolean => entry.id === "h2o_631gs";

/** An energy on spheres so many and full that it has no error of its grid. */
interface GridCase extends ReferenceMolecule {
  functional: FunctionalName;
  n_basis_functions: number;
  energy: number;
}

const gridCases = readReference<{ entries: GridCase[] }>("very_fine_grids.json").entries;
const isLight = ({ n_basis_functions }: GridCase): boolean => n_basis_functions <= 13;
/** Open shells by the dearer functionals, too, are `npm run test:long`'s. */
const isQuick = ({ id }: GridCase): boolean => !/^amino radical (r2scan|wb97x-d)$/.test(id);
export const quickGridCases = gridCases.filter((one) => isLight(one) && isQuick(one));
export const openGridCases = gridCases.filter((one) => isLight(one) && !isQuick(one));
/** A metal hydride and sulfur hexafluoride. */
export const heavyGridCases = gridCases.filter((one) => !isLight(one));

/** The density of the reference is that of another grid, Hartree. */
const SECOND_ORDER = 1e-8;

export async function staysWithinItsGridError(entry: GridCase, grid: GridLevel): Promise<void> {
  using system = await openReference(entry, { threads: 2 });
  const scf = hartreeFock(system, { functional: { name: entry.functional, grid } });
  expect(scf.outcome).toBe("converged");
  const stated = gridErrorOf(system, scf)!; // it converged
  const error = Math.abs(scf.energy_hartree - entry.energy);
  expect(error).toBeLessThan(stated + SECOND_ORDER);
  // Worth saying: not far above an error that is more than next to nothing.
  expect(stated).toBeLessThan(10 * error + 2e-6);
}

/** Of the fine grid against grids that are finer still, Hartree. */
const toleranceOf = (functional: FunctionalName): number =>
  functional === "r2scan" || functional === "wb97x-d" ? 1e-5 : 1e-6;

export async function agreesInKohnSham({ entry, functional, ion, expected }: KohnShamCase): Promise<void> {
  const charge = entry.charge + (ion ? 1 : 0);
  const multiplicity = ion ? 2 : entry.multiplicity;
  using system = await openReference({ ...entry, charge, multiplicity }, { threads: 2 });
  expect(system.nBasis).toBe(entry.n_basis_functions);
  const scf = hartreeFock(system, { functional: { name: functional, grid: "fine" } });
  expect(scf.outcome).toBe("converged");
  expect(Math.abs(scf.energy_hartree - expected)).toBeLessThan(toleranceOf(functional));
}

/** The energy of water that is turned and moved. */
export async function staysWhenMoved(name: FunctionalName): Promise<void> {
  const basis = await referenceBasis("6-31g*");
  const energyOf = (coordinates_angstrom: number[]) => {
    using system = openWater(basis, { geometry: { ...water, coordinates_angstrom } });
    return hartreeFock(system, { functional: { name, grid: "fine" } }).energy_hartree;
  };
  const [c, s] = [Math.cos(0.7), Math.sin(0.7)];
  const x = water.coordinates_angstrom;
  const turned = x.map((_, i) => {
    const atom = i - (i % 3);
    const [px = 0, py = 0, pz = 0] = x.slice(atom, atom + 3);
    return [c * px - s * py + 1, s * px + c * py - 2, pz + 0.5][i % 3]!; // three of each atom
  });
  expect(Math.abs(energyOf(turned) - energyOf(x))).toBeLessThan(toleranceOf(name));
}
