/**
 * Proton affinity: −ΔH of M + H⁺ → MH⁺ at 298.15 K, for the protomer of the lowest energy. MP2 with the chemical core frozen in the
 * campaign's basis at Hartree–Fock/6-31G* geometries, zero-point and thermal terms from Hartree–Fock/STO-3G vibrations, 5/2 RT of
 * the proton. Hartree–Fock energies with the same terms beside it.
 */

import { found } from "./conclude.ts";
import type { Protocol } from "./protocol.ts";
import { PROTON, protonation } from "./protonation.ts";

export const protonAffinityProtocol: Protocol = {
  next: (candidate, results) =>
    protonation(candidate, results, ({ energies, molecule, protomer }) => {
      const terms = molecule.enthalpy_hartree + PROTON.enthalpy_hartree - protomer.enthalpy_hartree;
      const { mp2, hartreeFock } = energies;
      return found(
        {
          protonAffinity_hartree: mp2 === null ? null : mp2 + terms,
          protonAffinityHartreeFock_hartree: hartreeFock === null ? null : hartreeFock + terms,
        },
        [mp2, hartreeFock],
      );
    }),
};
