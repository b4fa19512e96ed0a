/**
 * Proton affinity: −ΔH of M + H⁺ → MH⁺ at 298.15 K, for the protomer of the lowest energy. MP2 with the chemical core frozen in the
 * campaign's basis at Hartree–Fock/6-31G* geometries, zero-point and thermal terms from Hartree–Fock/STO-3G vibrations, 5/2 RT of
 * the proton. Hartree–Fock energies with the same terms beside it.
 */
import { protonationProtocol } from "./protonation.ts";

export const protonAffinityProtocol = protonationProtocol({
  keys: {
    mp2: "protonAffinity_hartree",
    hartreeFock: "protonAffinityHartreeFock_hartree",
    functional: "protonAffinityFunctional_hartree",
  },
  of: ({ enthalpy_hartree }) => enthalpy_hartree,
});
