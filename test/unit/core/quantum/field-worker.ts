/** Runs a field of benzene in a thread of its own, so that a test can ask it to stop; posts how it ended. */
import { parentPort, workerData } from "node:worker_threads";
import type { ControlBlock } from "#core/quantum/control-block.ts";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { densityOnGrid } from "#core/quantum/field/grid.ts";
import { gridErrorOf } from "#core/quantum/field/grid-error.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet, loadFittingBasis } from "#core/quantum/molecule/basis.ts";

export interface FieldTask {
  resources: string;
  control: ControlBlock;
  fitted: boolean;
  /** By PBE, with the error of its grid, in place of Hartree–Fock. */
  onGrid: boolean;
}

const { resources, control, fitted, onGrid } = workerData as FieldTask;

const ring = Array.from({ length: 6 }, (_, i) => [Math.cos((i * Math.PI) / 3), Math.sin((i * Math.PI) / 3)]);
const geometry = {
  symbols: [...ring.map(() => "C"), ...ring.map(() => "H")],
  coordinates_angstrom: [1.39, 2.48].flatMap((r) => ring.flatMap(([x, y]) => [r * x!, r * y!, 0])),
};

try {
  const basis = await loadBasisSet(resources, "def2-svp");
  const densityFitting = { auxiliary: await loadFittingBasis(resources) };
  using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis, memoryBytes: 2 ** 28, control });
  const functional = { name: "pbe", grid: "fine" } as const;
  const scf = hartreeFock(system, {
    ...(fitted && { densityFitting }),
    ...(onGrid && { functional, stability: "none" }),
  });
  gridErrorOf(system, scf);
  nuclearGradient(system, scf);
  densityOnGrid(system, scf);
  parentPort!.postMessage("finished");
} catch (error) {
  parentPort!.postMessage((error as Error).name);
}
