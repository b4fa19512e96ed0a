/** The energy of the lowest triplet above the singlet ground state, in the ground state's geometry. */
import type { PropertyDeclaration } from "./property.ts";

export const tripletEnergy = {
  id: "triplet-energy",
  title: "Vertical triplet energy",
  plural: "Vertical triplet energies",
  name: "triplet energy",
  symbol: "T₁",
  abbreviation: "T₁ − S₀",
  objective: "triplet",
  field: "tripletEnergy_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: {},
  basis: "def2-svp",
  states: [
    { name: "singlet", title: "Singlet", symbol: "E(S₀)" },
    { name: "triplet", title: "Triplet", symbol: "E(T₁)" },
  ],
  values: [
    {
      key: "tripletEnergy_hartree",
      method: "mp2",
      title: "T₁(MP2)",
      treatment: "singlet and triplet in orbitals of their own",
      document: "tripletEnergyMp2",
      column: "triplet_energy_mp2",
      deviations: { "def2-svp": 0.43 },
      givenDeviations: { "def2-svp": 0.28 },
    },
  ],
  definition: "of the lowest triplet less that of the singlet, in the singlet's geometry",
  lead: "singlet and triplet by MP2, each in orbitals of its own.",
  method: () =>
    "energy of the lowest triplet less that of the singlet, both at the singlet's geometry, by MP2 (core not correlated), the singlet in RHF and the triplet in UHF orbitals of its own: an electron moved between the three highest occupied and three lowest empty orbitals, the lowest by MP2 taken",
  expectedError: {
    sentence: "0.3 eV, mostly too high",
    mean: 0.33,
    testSet: "16 lowest valence triplets of QUEST (theoretical best estimates, doi:10.1021/acs.jctc.5c00975)",
  },
  cost: "Two RHF and up to six UHF fields with MP2.",
} as const satisfies PropertyDeclaration;
