/**
 * Adiabatic ionisation energy: energy of the cation less that of the molecule, each where Hartree–Fock/6-31G* relaxes it to, by MP2 with
 * the chemical core frozen in the campaign's basis.
 */
import { adiabaticProtocol } from "./adiabatic.ts";

export const adiabaticIonisationProtocol = adiabaticProtocol({
  keys: {
    mp2: "adiabaticIonisation_hartree",
    hartreeFock: "adiabaticIonisationHartreeFock_hartree",
    functional: "adiabaticIonisationFunctional_hartree",
  },
  ion: "cation",
});
