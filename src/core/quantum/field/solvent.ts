/** A molecule in a solvent: the gas phase beside it, and its reaction field where that does not answer. */
import { callNative } from "../native/native.ts";
import type { ScfResult, SolventField } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";

function replaced(
  system: QuantumSystem,
  fixed: { potential?: Float64Array; energy?: number },
): QuantumSystem {
  const handle = callNative((addon) => addon.withoutSolvent({ system: system.handle, ...fixed }));
  return {
    ...system,
    handle,
    solvent: null,
    nuclei: JSON.stringify([system.nuclei, fixed.energy ?? "gas phase"]),
    [Symbol.dispose]: () => callNative((addon) => addon.releaseIntegrals({ system: handle })),
  };
}

/** The same molecule without its solvent; integrals are shared. */
export const gasPhase = (system: QuantumSystem): QuantumSystem => replaced(system, {});

/**
 * The molecule in the reaction field of a determinant, which stays as it is: its potential is part of the core Hamiltonian, and energies are
 * those with the work of polarising the solvent, so that the determinant keeps its energy.
 */
export function inFixedField(
  system: QuantumSystem,
  { densities, solvent }: ScfResult & { readonly solvent: SolventField },
): QuantumSystem {
  const { potential, term_hartree } = solvent;
  const [alpha, beta = alpha] = densities;
  const ofElectrons = potential.reduce((sum, v, i) => sum + v * (alpha[i]! + beta[i]!), 0);
  return replaced(system, { potential, energy: term_hartree - ofElectrons });
}
