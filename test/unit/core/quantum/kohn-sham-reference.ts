/** Kohn–Sham energies of another program on its finest grids. */
import { expect } from "vitest";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import type { FunctionalName } from "#shared/quantum/functionals.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

/** By the name of the reference; ωB97X-D and ωB97X-V are not here. */
const NAMES: Readonly<Record<string, FunctionalName>> = {
  SVWN5: "svwn5",
  PBE: "pbe",
  PBE0: "pbe0",
  B3LYP: "b3lyp",
  r2SCAN: "r2scan",
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

/** Of the fine grid against grids that are finer still, Hartree. */
const toleranceOf = (functional: FunctionalName): number => (functional === "r2scan" ? 1e-5 : 1e-6);

export async function agreesInKohnSham({ entry, functional, ion, expected }: KohnShamCase): Promise<void> {
  const charge = entry.charge + (ion ? 1 : 0);
  const multiplicity = ion ? 2 : entry.multiplicity;
  using system = await openReference({ ...entry, charge, multiplicity }, { threads: 2 });
  expect(system.nBasis).toBe(entry.n_basis_functions);
  const scf = hartreeFock(system, { functional: { name: functional, grid: "fine" } });
  expect(scf.outcome).toBe("converged");
  expect(Math.abs(scf.energy_hartree - expected)).toBeLessThan(toleranceOf(functional));
}
