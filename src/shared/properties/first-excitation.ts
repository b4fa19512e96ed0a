/** The energy of the lowest excited singlet above the ground state, in the ground state's geometry. */
import type { PropertyDeclaration } from "./property.ts";

export const firstExcitation = {
  id: "first-excitation",
  title: "First excitation energy",
  plural: "First excitation energies",
  name: "excitation energy",
  symbol: "S₁",
  abbreviation: "S₁ − S₀",
  objective: "excitation",
  field: "firstExcitation_hartree",
  unit: "eV",
  digits: 2,
  better: "minimise",
  settings: {},
  basis: "def2-svp",
  states: [{ name: "spectrum", title: "States of the active space", symbol: "E" }],
  values: [
    {
      key: "firstExcitation_hartree",
      method: "casci",
      title: "S₁(CASCI)",
      treatment: "states in the ground state's orbitals",
      document: "firstExcitationCasci",
      column: "first_excitation_casci",
      deviations: { "def2-svp": 0.82 },
      givenDeviations: { "def2-svp": 0.64 },
    },
  ],
  definition: "of the second singlet less that of the first, in the ground state's geometry",
  lead: "lowest singlets of one active space by CASCI: a first look, without correlation outside the space.",
  method: (activeSpace) =>
    `energy of the second singlet less that of the first in the active space ${activeSpace} of the ground state's Hartree–Fock orbitals, by exact diagonalisation`,
  expectedError: {
    sentence: "1.2 eV, nearly always too high",
    mean: 1.25,
    testSet: "25 lowest valence singlets of QUEST (theoretical best estimates, doi:10.1021/acs.jctc.5c00975)",
  },
  cost: "One Hartree–Fock field and one exact diagonalisation.",
} as const satisfies PropertyDeclaration;
