/** The energy that it takes to remove an electron when the nuclei find their new places. */
import { energiesBy, functionalValue, SOLVATED_BEFORE, SOLVATED_SETTINGS } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

const STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "cation", isNumbered: true, isMinimum: true, title: "Cation", symbol: "E(M⁺)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "cation-energy", isNumbered: true, title: "Cation, MP2", symbol: "E(M⁺, MP2)" },
] as const satisfies PropertyDeclaration["states"];

export const adiabaticIonisationEnergy = {
  id: "adiabatic-ionisation-energy",
  title: "Adiabatic ionisation energy",
  plural: "Adiabatic ionisation energies",
  name: "adiabatic ionisation energy",
  symbol: "AIE",
  abbreviation: "adiabatic IE",
  objective: "adiabatic-ionisation",
  field: "adiabaticIonisation_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: SOLVATED_SETTINGS,
  before: SOLVATED_BEFORE,
  basis: "6-31+g**",
  states: STATES,
  values: [
    {
      key: "adiabaticIonisation_hartree",
      method: "mp2",
      title: "AIE(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries",
      document: "adiabaticIonisationMp2",
      column: "adiabatic_ie_mp2",
    },
    {
      key: "adiabaticIonisationHartreeFock_hartree",
      method: "hartree-fock",
      title: "AIE(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "adiabaticIonisationHartreeFock",
      column: "adiabatic_ie_hf",
    },
    functionalValue(
      {
        key: "adiabaticIonisationFunctional_hartree",
        document: "adiabaticIonisation",
        column: "adiabatic_ie",
        symbol: "AIE",
      },
      { treatment: "at Hartree–Fock/6-31G* geometries" },
    ),
  ],
  estimate: {
    value: "adiabaticIonisationHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(STATES),
  definition: "of the cation less that of the molecule, each at a geometry of its own, electronic",
  lead: "molecule and cation relaxed by Hartree–Fock, energies by MP2.",
  method: (_, __, settings) =>
    `electronic energy of the cation less that of the molecule, each where Hartree–Fock/6-31G* relaxes it to (the cation from the molecule's geometry, displaced a little), by ${energiesBy(settings, "MP2 from RHF or UHF orbitals")}; zero-point energies are not in it`,
  expectedError: { sentence: "some tenths of an eV", mean: null, testSet: null },
  cost: "Two relaxations and two MP2 energies: from seconds for two heavy atoms to some minutes for eight.",
} as const satisfies PropertyDeclaration;
