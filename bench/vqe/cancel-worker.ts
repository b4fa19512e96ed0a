/** Runs one long calculation after another for bench/vqe/cancel.ts and says when each has stopped. */
import { parentPort, workerData } from "node:worker_threads";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { hardwareEfficient } from "#core/quantum/circuit/ansatz-circuits.ts";
import { simulate } from "#core/quantum/circuit/circuit.ts";
import { circuitEnergyAndGradient } from "#core/quantum/circuit/circuit-vqe.ts";
import type { ControlBlock } from "#core/quantum/control-block.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { addTerm, emptySum } from "#core/quantum/mapping/pauli.ts";
import { sampleCircuit } from "#core/quantum/measurement/shots.ts";
import { adaptVqe } from "#core/quantum/vqe/adapt.ts";
import { minimiseVqe } from "#core/quantum/vqe/vqe.ts";
import { moleculeHamiltonian } from "../problems/vqe.ts";

type Work = (control: ControlBlock, h: ActiveHamiltonian) => unknown;

const wide = hardwareEfficient({ norb: 12, nelec: [6, 6], layers: 20 });
const angles = new Float64Array(wide.nParameters).fill(0.3);
const operator = emptySum(24);
addTerm(operator, { x: 3, z: 12, coefficient: 1 });
const noise = { depolarizing1: 1e-3, depolarizing2: 1e-3, amplitudeDamping: 0, readout01: 0, readout10: 0 };

const works: Record<string, Work> = {
  vqe: (control, h) => minimiseVqe(h, uccsd(h.norb, h.nelec), { control }),
  adapt: (control, h) => adaptVqe(h, { pool: "fermionic", control }),
  casci: (control, h) => solveCasci(h, { control, tolerance: 1e-12 }),
  circuit: (control) => simulate(wide, angles, { control }),
  gradient: (control) => circuitEnergyAndGradient(operator, wide, angles, { control }),
  noise: (control) => sampleCircuit(wide, angles, { shots: 100, seed: 1, noise, control }),
};

const h12 = await moleculeHamiltonian("H12");
const control = workerData as ControlBlock;
parentPort!.on("message", (name: string) => {
  parentPort!.postMessage("begun");
  try {
    for (;;) works[name]!(control, h12);
  } catch (error) {
    parentPort!.postMessage((error as Error).name);
  }
});
parentPort!.postMessage("ready");
