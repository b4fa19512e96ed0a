/** Tasks of one determinant in this program. */
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock, type ScfOptions } from "#core/quantum/field/scf.ts";
import { openSystem, type SystemOptions } from "#core/quantum/field/system.ts";
import { numericalHessian } from "#core/quantum/geometry/numerical-hessian.ts";
import { vibrations } from "#core/quantum/geometry/vibrations.ts";
import { loadBasisSet, loadFittingBasis } from "#core/quantum/molecule/basis.ts";
import { resources } from "../chemistry/measure.ts";
import { Parts, requireConverged } from "./own-parts.ts";
import type { FieldTask, FittedMp2Task, VibrationsTask } from "./task.ts";

async function moleculeOf(
  { symbols, coordinates_angstrom, basis }: FieldTask | FittedMp2Task | VibrationsTask,
  threads: number,
): Promise<SystemOptions> {
  const geometry = { symbols, coordinates_angstrom };
  return { geometry, charge: 0, multiplicity: 1, basis: await loadBasisSet(resources, basis), threads };
}

/** The molecule open, and its field. */
function timedField(parts: Parts, molecule: SystemOptions, options: ScfOptions) {
  const solve = () => {
    const opened = openSystem(molecule);
    return { opened, scf: hartreeFock(opened, { stability: "none", ...options }) };
  };
  return parts.time("field", solve, ({ opened, scf }) => {
    requireConverged("the field", scf.outcome);
    return { energy: scf.energy_hartree, detail: `${opened.nBasis} functions, ${scf.iterations} iterations` };
  });
}

export async function fieldParts(task: FieldTask, threads: number): Promise<Parts> {
  const { functional, dielectric } = task;
  const parts = new Parts();
  const solvent =
    dielectric === undefined ? undefined : ({ name: null, dielectric, model: "c-pcm" } as const);
  const molecule = { ...(await moleculeOf(task, threads)), solvent };
  const { opened, scf } = timedField(
    parts,
    molecule,
    functional ? { functional: { name: functional, grid: "medium" } } : {},
  );
  using system = opened;
  parts.time(
    "gradient",
    () => nuclearGradient(system, scf),
    () => ({}),
  );
  return parts;
}

export async function fittedMp2Parts(task: FittedMp2Task, threads: number): Promise<Parts> {
  const parts = new Parts();
  const densityFitting = { auxiliary: await loadFittingBasis(resources) };
  const { opened, scf } = timedField(parts, await moleculeOf(task, threads), { densityFitting });
  using system = opened;
  const { nFrozenCore } = task;
  parts.time(
    "MP2",
    () => mp2(system, scf, { nFrozenCore, densityFitting }),
    ({ correlation_hartree }) => ({
      energy: correlation_hartree,
    }),
  );
  return parts;
}

export async function vibrationsParts(task: VibrationsTask, threads: number): Promise<Parts> {
  const parts = new Parts();
  const molecule = await moleculeOf(task, threads);
  const { opened, scf } = timedField(parts, molecule, {});
  opened[Symbol.dispose](); // displaced geometries have systems of their own
  const hessianOf = () => numericalHessian({ system: molecule, kind: scf.kind, orbitals: scf.orbitals });
  parts.time("second derivatives", hessianOf, (hessian) => {
    if (!hessian) throw new Error("a displaced field did not converge");
    const { frequencies_per_cm } = vibrations(molecule.geometry, hessian);
    return { detail: `highest ${frequencies_per_cm.at(-1)?.toFixed(1)} cm⁻¹` };
  });
  return parts;
}
