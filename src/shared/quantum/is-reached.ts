/** Whether a calculation came to what it was asked for. */
import type { EnergyResult } from "./energy-result.ts";
import type { HamiltonianResult } from "./hamiltonian-energy.ts";
import { allConverged } from "./state-result.ts";

/** Whether everything that was asked for converged; a relaxation whose vibrations were asked for aims at a minimum. */
export const isReached = ({
  hartreeFock,
  coupledCluster,
  excitations,
  casci,
  fci,
  sci,
  vqe,
  multireference,
  optimisation,
  vibrations,
  ions,
}: EnergyResult): boolean =>
  vibrations?.outcome !== "not-converged" &&
  !(optimisation && vibrations?.outcome === "not-a-minimum") &&
  allConverged([
    hartreeFock,
    coupledCluster,
    excitations,
    casci,
    fci,
    sci,
    vqe,
    multireference,
    optimisation,
    ...ions.flatMap((ion) => [ion.casci, ion.vqe]),
  ]);

/** The same of a Hamiltonian of another program. */
export const isHamiltonianReached = ({ coupledCluster, fci, sci, vqe }: HamiltonianResult): boolean =>
  allConverged([coupledCluster, fci, sci, vqe]);
