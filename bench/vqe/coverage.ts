/** Whether energies from shots keep the error that they state. */
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { openSampler } from "#core/quantum/backends/sampler.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { encoding } from "#core/quantum/mapping/encoding.ts";
import { mapHamiltonian } from "#core/quantum/mapping/map-hamiltonian.ts";
import { type MeasuredEnergy, measureEnergy } from "#core/quantum/measurement/measure-energy.ts";
import { minimiseVqe } from "#core/quantum/vqe/vqe.ts";
import { NOISELESS } from "#shared/quantum/noise.ts";
import { moleculeHamiltonian } from "../problems/vqe.ts";
import { header, print } from "./table.ts";

const SEEDS = 5000;
/** Two-sided 95 % of a normal distribution. */
const Z95 = 1.96;
const READOUT = { ...NOISELESS, readout01: 0.02, readout10: 0.05 };

export async function coverageSection(): Promise<void> {
  header("energy from shots", "stated error, mEh", "shots", `within 1.96 errors, of ${SEEDS} seeds`);
  const cases = [
    { name: "H2", standardError: 0.005, noise: NOISELESS },
    { name: "H4", standardError: 0.02, noise: NOISELESS },
    { name: "H2", standardError: 0.01, noise: READOUT },
  ];
  for (const { name, standardError, noise } of cases) {
    const h = await moleculeHamiltonian(name);
    const ansatz = uccsd(h.norb, h.nelec);
    const { parameters, energy_hartree } = minimiseVqe(h, ansatz);
    const operator = mapHamiltonian(h, encoding("jordan-wigner", 2 * h.norb), "blocked");
    const circuit = ansatzCircuit(ansatz);
    const state = { operator, circuit, parameters };
    const sampler = openSampler({ noise });
    const runs: MeasuredEnergy[] = [];
    for (let seed = 0; seed < SEEDS; seed++)
      runs.push(await measureEnergy(state, sampler, { standardError, seed, mitigateReadout: true }));
    const inside = runs.filter(
      (run) => Math.abs(run.energy_hartree - energy_hartree) < Z95 * run.standardError_hartree,
    );
    const mean = (value: (run: MeasuredEnergy) => number) =>
      runs.reduce((sum, run) => sum + value(run), 0) / SEEDS;
    print(
      noise === NOISELESS ? name : `${name}, readout errors of 2 and 5 % inverted`,
      (1e3 * mean((run) => run.standardError_hartree)).toFixed(2),
      mean((run) => run.shots).toFixed(0),
      `${((100 * inside.length) / SEEDS).toFixed(1)} % (95 ± ${(100 * Z95 * Math.sqrt((0.95 * 0.05) / SEEDS)).toFixed(1)})`,
    );
  }
}
