/**
 * Gas-phase basicity: −ΔG of M + H⁺ → MH⁺ at 298.15 K and 1 bar, from the states of the proton affinity; symmetry numbers are
 * counted from the geometries.
 */

import { found } from "./conclude.ts";
import type { Protocol } from "./protocol.ts";
import { PROTON, protonation } from "./protonation.ts";

export const gasPhaseBasicityProtocol: Protocol = {
  next: (candidate, results) =>
    protonation(candidate, results, ({ energies, molecule, protomer }) => {
      const terms = molecule.gibbs_hartree + PROTON.gibbs_hartree - protomer.gibbs_hartree;
      const { mp2, hartreeFock } = energies;
      return found(
        {
          gasPhaseBasicity_hartree: mp2 === null ? null : mp2 + terms,
          gasPhaseBasicityHartreeFock_hartree: hartreeFock === null ? null : hartreeFock + terms,
        },
        [mp2, hartreeFock],
      );
    }),
};
