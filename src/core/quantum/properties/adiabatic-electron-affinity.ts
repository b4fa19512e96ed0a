/**
 * Adiabatic electron affinity: energy of the molecule less that of the anion, each where Hartree–Fock/6-31G* relaxes it to, by MP2 with
 * the chemical core frozen in the campaign's basis. An anion above the molecule is not bound, and has no number.
 */
import { adiabaticProtocol } from "./adiabatic.ts";

export const adiabaticElectronAffinityProtocol = adiabaticProtocol({
  keys: {
    mp2: "adiabaticAffinity_hartree",
    hartreeFock: "adiabaticAffinityHartreeFock_hartree",
    functional: "adiabaticAffinityFunctional_hartree",
  },
  ion: "anion",
});
