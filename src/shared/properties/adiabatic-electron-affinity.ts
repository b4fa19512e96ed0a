/** The energy that is set free when an electron is added, molecule and anion each at a geometry of its own. */
import { energiesBy, functionalValue, SOLVATED_BEFORE, SOLVATED_SETTINGS } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";

const STATES = [
  { name: "molecule", isMinimum: true, title: "Molecule", symbol: "E(M)" },
  { name: "anion", isNumbered: true, isMinimum: true, title: "Anion", symbol: "E(M⁻)" },
  { name: "molecule-energy", title: "Molecule, MP2", symbol: "E(M, MP2)" },
  { name: "anion-energy", isNumbered: true, title: "Anion, MP2", symbol: "E(M⁻, MP2)" },
] as const satisfies PropertyDeclaration["states"];

export const adiabaticElectronAffinity = {
  id: "adiabatic-electron-affinity",
  title: "Adiabatic electron affinity",
  plural: "Adiabatic electron affinities",
  name: "adiabatic electron affinity",
  symbol: "AEA",
  abbreviation: "adiabatic EA",
  objective: "adiabatic-affinity",
  field: "adiabaticAffinity_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: SOLVATED_SETTINGS,
  before: SOLVATED_BEFORE,
  basis: "6-31+g**",
  states: STATES,
  values: [
    {
      key: "adiabaticAffinity_hartree",
      method: "mp2",
      title: "AEA(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries",
      document: "adiabaticAffinityMp2",
      column: "adiabatic_ea_mp2",
    },
    {
      key: "adiabaticAffinityHartreeFock_hartree",
      method: "hartree-fock",
      title: "AEA(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "adiabaticAffinityHartreeFock",
      column: "adiabatic_ea_hf",
    },
    functionalValue(
      {
        key: "adiabaticAffinityFunctional_hartree",
        document: "adiabaticAffinity",
        column: "adiabatic_ea",
        symbol: "AEA",
      },
      { treatment: "at Hartree–Fock/6-31G* geometries" },
    ),
  ],
  estimate: {
    value: "adiabaticAffinityHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(STATES),
  definition: "of the molecule less that of the anion, each at a geometry of its own, electronic",
  lead: "molecule and anion relaxed by Hartree–Fock, energies by MP2 with diffuse functions; an anion above its molecule is not bound.",
  method: (_, __, settings) =>
    `electronic energy of the molecule less that of the anion, each where Hartree–Fock/6-31G* relaxes it to (the anion from the molecule's geometry, displaced a little), by ${energiesBy(settings, "MP2 from RHF or UHF orbitals")}; zero-point energies are not in it; an anion above the molecule does not hold its electron and has no number`,
  expectedError: { sentence: "some tenths of an eV", mean: null, testSet: null },
  cost: "Two relaxations and two MP2 energies: from seconds for two heavy atoms to some minutes for eight.",
} as const satisfies PropertyDeclaration;
