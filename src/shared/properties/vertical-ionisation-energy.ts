/** The energy that it takes to remove an electron while the nuclei stay where they are. */
import { koopmansWarning } from "../quantum/koopmans.ts";
import type { PropertyDeclaration } from "./property.ts";

export const verticalIonisationEnergy = {
  id: "vertical-ionisation-energy",
  title: "Vertical ionisation energy",
  plural: "Vertical ionisation energies",
  name: "ionisation energy",
  symbol: "IE",
  abbreviation: "vertical IE",
  objective: "ionisation",
  field: "verticalIonisation_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: {},
  states: [
    { name: "neutral", title: "Neutral", symbol: "E" },
    { name: "cation", title: "Cation", symbol: "E⁺" },
  ],
  values: [
    {
      key: "vertical_hartree",
      method: "vqe",
      title: "IE(VQE)",
      document: "verticalIonisation",
      column: "vertical_ie_vqe",
    },
    {
      key: "verticalCasci_hartree",
      method: "casci",
      title: "IE(CASCI)",
      document: "verticalIonisationCasci",
      column: "vertical_ie_casci",
    },
    {
      key: "koopmans_hartree",
      method: "hartree-fock",
      title: "Koopmans",
      document: "koopmans",
      column: "koopmans_ie",
      remark: "Koopmans (−ε HOMO)",
      note: "Koopmans' estimate: the negative energy of the highest occupied orbital",
    },
  ],
  estimate: { value: "koopmans_hartree", name: "Koopmans' estimate", document: "koopmansRankCorrelation" },
  warning: {
    document: "koopmansWarning",
    column: "koopmans_warning",
    of: ({ vertical_hartree, koopmans_hartree }) => koopmansWarning(vertical_hartree, koopmans_hartree),
  },
  definition: "of the cation less that of the neutral, in the neutral's geometry",
  lead: "neutral and cation by VQE in one active space, checked against CASCI.",
  treatment: "neutral and cation in the neutral's orbitals",
  method: (activeSpace) =>
    `energy of the cation less that of the neutral molecule, both at the neutral's geometry, both in the active space ${activeSpace} of the neutral's Hartree–Fock orbitals`,
  expectedError: {
    sentence: "some tenths of an eV to over 1 eV",
    testSet: null,
  },
  cost: "One Hartree–Fock field, two exact diagonalisations and two VQE minimisations.",
} as const satisfies PropertyDeclaration;
