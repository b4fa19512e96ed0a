/** What it takes to move an electron from one molecule to another one far away, the nuclei where they are. */
import { projectionNote } from "../quantum/spin-projection.ts";
import { energiesBy, functionalValue, SOLVATED_BEFORE, SOLVATED_SETTINGS } from "./functional-level.ts";
import type { PropertyDeclaration } from "./property.ts";

export const fundamentalGap = {
  id: "fundamental-gap",
  title: "Fundamental gap",
  plural: "Fundamental gaps",
  name: "fundamental gap",
  symbol: "IE − EA",
  abbreviation: "fundamental gap",
  objective: "gap",
  field: "fundamentalGap_hartree",
  unit: "eV",
  digits: 2,
  better: "minimise",
  settings: SOLVATED_SETTINGS,
  before: SOLVATED_BEFORE,
  basis: "def2-svpd",
  states: [
    { name: "neutral", title: "Neutral", symbol: "E" },
    { name: "anion", title: "Anion", symbol: "E⁻" },
    { name: "anion-high", title: "Anion of higher spin", symbol: "E⁻(high spin)" },
    { name: "cation", title: "Cation", symbol: "E⁺" },
    { name: "cation-high", title: "Cation of higher spin", symbol: "E⁺(high spin)" },
  ],
  values: [
    {
      key: "fundamentalGap_hartree",
      method: "mp2",
      title: "Gap(MP2)",
      treatment: "each state in orbitals of its own",
      document: "fundamentalGapMp2",
      column: "fundamental_gap_mp2",
    },
    functionalValue(
      {
        key: "fundamentalGapFunctional_hartree",
        document: "fundamentalGap",
        column: "fundamental_gap",
        symbol: "Gap",
      },
      { treatment: "each state in orbitals of its own" },
    ),
  ],
  warning: {
    document: "spinWarning",
    column: "spin_warning",
    of: (_, { anion, cation, ...states }) =>
      [
        projectionNote("anion", { low: anion, high: states["anion-high"] }),
        projectionNote("cation", { low: cation, high: states["cation-high"] }),
      ]
        .filter((text) => text !== null)
        .join(" ") || null,
  },
  definition: "of the cation and of the anion less twice that of the neutral, in the neutral's geometry",
  lead: "vertical ionisation energy less vertical electron affinity, by MP2 with diffuse functions.",
  method: (_, __, settings) =>
    `vertical ionisation energy less vertical electron affinity, neutral, cation and anion at the neutral's geometry by ${energiesBy(settings, "MP2 (core not correlated) in orbitals of their own, ions projected onto doublets where their ⟨S²⟩ is over 0.80 and the candidate says so")}; without a bound anion there is no number`,
  expectedError: { sentence: "some tenths of an eV", mean: null, testSet: null },
  cost: "Three to nine Hartree–Fock fields with MP2 in a basis with diffuse functions.",
} as const satisfies PropertyDeclaration;
