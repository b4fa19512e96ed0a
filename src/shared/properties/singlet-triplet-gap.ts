/** The energy of the lowest excited singlet above the lowest triplet, in the ground state's geometry; negative where it is inverted. */
import type { PropertyDeclaration } from "./property.ts";

export const singletTripletGap = {
  id: "singlet-triplet-gap",
  title: "Singlet–triplet gap",
  plural: "Singlet–triplet gaps",
  name: "singlet–triplet gap",
  symbol: "S₁ − T₁",
  abbreviation: "S₁ − T₁",
  objective: "singlet-triplet",
  field: "singletTripletGap_hartree",
  unit: "eV",
  digits: 3,
  better: "minimise",
  settings: {},
  basis: "def2-svp",
  states: [{ name: "spectrum", title: "States of the active space", symbol: "E" }],
  values: [
    {
      key: "singletTripletGap_hartree",
      method: "casci",
      title: "S₁ − T₁(CASCI)",
      treatment: "states in the ground state's orbitals",
      document: "singletTripletGapCasci",
      column: "singlet_triplet_gap_casci",
      deviations: { "def2-svp": 0.66 },
      givenDeviations: { "def2-svp": 0.54 },
    },
  ],
  definition: "of the second singlet less that of the first triplet, in the ground state's geometry",
  lead: "lowest singlets and triplets of one active space by CASCI: a first look, without correlation outside the space.",
  method: (activeSpace) =>
    `energy of the second singlet less that of the first triplet in the active space ${activeSpace} of the ground state's Hartree–Fock orbitals, by exact diagonalisation; negative where the singlet is lower`,
  expectedError: {
    sentence: "0.4 eV, mostly too high",
    mean: 0.4,
    testSet:
      "20 molecules of QUEST with lowest valence states of both spins (theoretical best estimates, doi:10.1021/acs.jctc.5c00975)",
  },
  cost: "One Hartree–Fock field and one exact diagonalisation.",
} as const satisfies PropertyDeclaration;
