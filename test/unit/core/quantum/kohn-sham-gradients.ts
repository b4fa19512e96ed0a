/** Gradients of RKS and UKS of another program. */
import { expect } from "vitest";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import type { FunctionalName, GridLevel } from "#shared/quantum/functionals.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

interface GradientCase extends ReferenceMolecule {
  functional: FunctionalName;
  gradient: number[];
}

/** On full spheres. */
export const fullSphereGradients = readReference<{ entries: GradientCase[] }>(
  "kohn_sham_gradients.json",
).entries;

/** Of the open shell a functional without exact exchange and one with; the others are `npm run test:long`'s. */
export const isQuickGradient = ({ id }: GradientCase): boolean =>
  !/^amino radical (pbe|b3lyp|r2scan)$/.test(id);

interface Entry extends ReferenceMolecule {
  functionals: Record<string, { gradient_level5_hartree_per_bohr?: number[][] }>;
}

/** Of water, formaldehyde, hydrogen cyanide and the methyl radical on the other program's grid of level 5. */
export const otherGridGradients: readonly GradientCase[] = readReference<{ entries: Entry[] }>(
  "dft.json",
).entries.flatMap((entry) =>
  Object.entries(entry.functionals).flatMap(([title, { gradient_level5_hartree_per_bohr: rows }]) =>
    rows ? [{ ...entry, functional: title.toLowerCase() as FunctionalName, gradient: rows.flat() }] : [],
  ),
);

export async function agreesOnFullSpheres(entry: GradientCase): Promise<void> {
  // The kinetic energies of r²SCAN ask more of a grid.
  const tolerance = entry.functional === "r2scan" ? 5e-6 : 1e-6;
  expect(await gradientError(entry, "finest")).toBeLessThan(tolerance);
}

/** The largest difference to the reference's gradient, Hartree/bohr. */
export async function gradientError(entry: GradientCase, grid: GridLevel): Promise<number> {
  using system = await openReference(entry, { threads: 2 });
  const scf = hartreeFock(system, { functional: { name: entry.functional, grid }, stability: "none" });
  expect(scf.outcome).toBe("converged");
  const gradient = nuclearGradient(system, scf);
  expect(gradient).toHaveLength(entry.gradient.length);
  return Math.max(...entry.gradient.map((x, i) => Math.abs(x - gradient[i]!)));
}
