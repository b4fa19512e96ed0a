/**
 * Gas-phase basicity: −ΔG of M + H⁺ → MH⁺ at 298.15 K and 1 bar, from the states of the proton affinity; symmetry numbers are
 * counted from the geometries.
 */
import { protonationProtocol } from "./protonation.ts";

export const gasPhaseBasicityProtocol = protonationProtocol({
  keys: {
    mp2: "gasPhaseBasicity_hartree",
    hartreeFock: "gasPhaseBasicityHartreeFock_hartree",
    functional: "gasPhaseBasicityFunctional_hartree",
  },
  of: ({ gibbs_hartree }) => gibbs_hartree,
});
