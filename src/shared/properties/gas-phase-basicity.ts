/** The Gibbs energy that a molecule gives when it takes up a proton. */
import { energiesBy, functionalValue, LEVEL_BEFORE, LEVEL_SETTINGS } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";
import { PROTONATION_BEFORE, PROTONATION_SETTINGS, PROTONATION_STATES } from "./protonation-states.ts";

export const gasPhaseBasicity = {
  id: "gas-phase-basicity",
  title: "Gas-phase basicity",
  plural: "Gas-phase basicities",
  name: "gas-phase basicity",
  symbol: "GB",
  abbreviation: "gas-phase basicity",
  objective: "basicity",
  field: "gasPhaseBasicity_hartree",
  unit: "kJ/mol",
  digits: 0,
  better: "maximise",
  settings: { ...LEVEL_SETTINGS, ...PROTONATION_SETTINGS },
  before: { ...LEVEL_BEFORE, ...PROTONATION_BEFORE },
  basis: "6-31+g**",
  states: PROTONATION_STATES,
  values: [
    {
      key: "gasPhaseBasicity_hartree",
      method: "mp2",
      title: "GB(MP2)",
      treatment: "MP2 at Hartree–Fock/6-31G* geometries",
      document: "gasPhaseBasicityMp2",
      column: "gas_phase_basicity_mp2",
      remark: "with zero-point and thermal terms",
    },
    {
      key: "gasPhaseBasicityHartreeFock_hartree",
      method: "hartree-fock",
      title: "GB(HF)",
      treatment: "Hartree–Fock at the same geometries",
      document: "gasPhaseBasicityHartreeFock",
      column: "gas_phase_basicity_hf",
      remark: "with zero-point and thermal terms",
    },
    functionalValue(
      {
        key: "gasPhaseBasicityFunctional_hartree",
        document: "gasPhaseBasicity",
        column: "gas_phase_basicity",
        symbol: "GB",
      },
      {
        treatment: "at Hartree–Fock/6-31G* geometries",
        relaxes: true,
        remark: "with zero-point and thermal terms",
      },
    ),
  ],
  estimate: {
    value: "gasPhaseBasicityHartreeFock_hartree",
    name: "that of Hartree–Fock energies",
    document: "hartreeFockRankCorrelation",
  },
  warning: leftOutWarning(PROTONATION_STATES),
  definition:
    "the Gibbs energy at 298.15 K and 1 bar that is set free when the molecule takes up a proton in the gas phase",
  lead: "every site relaxed with a proton by Hartree–Fock, the lowest by MP2, with zero-point and thermal terms.",
  method: (_, __, settings) =>
    `Gibbs energy of the molecule and a free proton less that of the protonated molecule at 298.15 K and 1 bar, ${energiesBy(settings, "MP2")} at Hartree–Fock/6-31G* geometries, the protomer of the lowest energy among all lone pairs and π atoms, thermal terms of a rigid rotor with harmonic Hartree–Fock/STO-3G vibrations`,
  expectedError: {
    sentence: "10 to 20 kJ/mol",
    mean: null,
    testSet: null,
  },
  cost: "Relaxations of the molecule and of every protonated site, a few MP2 energies and two sets of vibrations: on one core some 15 seconds for three atoms other than hydrogen, up to a minute for five.",
} as const satisfies PropertyDeclaration;
