/** The heat that a molecule gives when it takes up a proton. */
import { energiesBy, functionalValue, LEVEL_BEFORE, LEVEL_SETTINGS } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";
import { PROTONATION_BEFORE, PROTONATION_SETTINGS, PROTONATION_STATES } from "./protonation-states.ts";

export const protonAffinity = {
  id: "proton-affinity",
  title: "Proton affinity",
  plural: "Proton affinities",
  name: "proton affinity",
  symbol: "PA",
  abbreviation: "proton affinity",
  objective: "protonation",
  field: "protonAffinity_hartree",
  unit: "kJ/mol",
  digits: 0,
  better: "maximise",
  settings: { ...LEVEL_SETTINGS, ...PROTONATION_SETTINGS },
  before: { ...LEVEL_BEFORE, ...PROTONATION_BEFORE },
  basis: "6-31+g**",
  states: PROTONATION_STATES,
  values: [
    {
      key: "protonAffinity_hartree",
      method: "mp2",
      title: "PA(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries",
      document: "protonAffinityMp2",
      column: "proton_affinity_mp2",
      deviations: { "6-31+g**": 9.5 },
      relaxes: true,
      remark: "with zero-point and thermal terms",
    },
    {
      key: "protonAffinityHartreeFock_hartree",
      method: "hartree-fock",
      title: "PA(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "protonAffinityHartreeFock",
      column: "proton_affinity_hf",
      remark: "with zero-point and thermal terms",
    },
    functionalValue(
      {
        key: "protonAffinityFunctional_hartree",
        document: "protonAffinity",
        column: "proton_affinity",
        symbol: "PA",
      },
      {
        treatment: "at Hartree–Fock/6-31G* geometries",
        relaxes: true,
        remark: "with zero-point and thermal terms",
      },
    ),
  ],
  estimate: {
    value: "protonAffinityHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(PROTONATION_STATES),
  definition:
    "the enthalpy at 298.15 K that is set free when the molecule takes up a proton in the gas phase",
  lead: "every site relaxed with a proton by Hartree–Fock, the lowest by MP2, with zero-point and thermal terms.",
  method: (_, __, settings) =>
    `enthalpy of the molecule and a free proton less that of the protonated molecule at 298.15 K, ${energiesBy(settings, "MP2")} at Hartree–Fock/6-31G* geometries, the protomer of the lowest energy among all lone pairs and π atoms, zero-point and thermal terms from Hartree–Fock/STO-3G vibrations`,
  expectedError: {
    sentence: "5 to 15 kJ/mol",
    mean: 7.2,
    testSet: "26 measured proton affinities (NIST, 298 K) of molecules with 1 to 8 atoms other than hydrogen",
  },
  cost: "Relaxations of the molecule and of every protonated site, a few MP2 energies and two sets of vibrations: on one core some 15 seconds for three atoms other than hydrogen, up to a minute for five.",
} as const satisfies PropertyDeclaration;
