/** The energy that is set free when an electron is added while the nuclei stay where they are. */
import { projectionNote } from "../quantum/spin-projection.ts";
import { energiesBy, functionalValue, SOLVATED_BEFORE, SOLVATED_SETTINGS } from "./functional-level.ts";
import type { PropertyDeclaration } from "./property.ts";

export const verticalElectronAffinity = {
  id: "vertical-electron-affinity",
  aliases: ["electron-affinity"],
  title: "Vertical electron affinity",
  plural: "Vertical electron affinities",
  name: "electron affinity",
  symbol: "EA",
  abbreviation: "vertical EA",
  objective: "affinity",
  field: "verticalAffinity_hartree",
  unit: "eV",
  digits: 2,
  better: "maximise",
  settings: SOLVATED_SETTINGS,
  before: SOLVATED_BEFORE,
  basis: "def2-svpd",
  states: [
    { name: "neutral", title: "Neutral", symbol: "E" },
    { name: "anion", title: "Anion", symbol: "E⁻" },
    { name: "anion-high", title: "Anion of higher spin", symbol: "E⁻(high spin)" },
  ],
  values: [
    {
      key: "verticalAffinity_hartree",
      method: "mp2",
      title: "EA(MP2)",
      treatment: "neutral and anion in orbitals of their own",
      document: "verticalAffinityMp2",
      column: "vertical_ea_mp2",
    },
    functionalValue(
      {
        key: "verticalAffinityFunctional_hartree",
        document: "verticalAffinity",
        column: "vertical_ea",
        symbol: "EA",
      },
      { treatment: "neutral and anion in orbitals of their own" },
    ),
  ],
  warning: {
    document: "spinWarning",
    column: "spin_warning",
    of: (_, { anion, ...states }) => projectionNote("anion", { low: anion, high: states["anion-high"] }),
  },
  definition: "of the neutral less that of the anion, in the neutral's geometry",
  lead: "neutral and anion by MP2 with diffuse functions, each in orbitals of its own.",
  method: (_, __, settings) =>
    `energy of the neutral less that of the anion, both at the neutral's geometry, by ${energiesBy(settings, "MP2 (core not correlated) in orbitals of their own, the anion projected onto a doublet with the quartet's energy where its ⟨S²⟩ is over 0.80 and the candidate says so")}; an anion above the neutral does not hold its electron and has no number`,
  expectedError: { sentence: "some tenths of an eV", mean: null, testSet: null },
  cost: "Two to five Hartree–Fock fields with MP2 in a basis with diffuse functions.",
} as const satisfies PropertyDeclaration;
