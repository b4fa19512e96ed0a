/** A composite of properties and descriptors: what all such share. */
import type { PropertyDeclaration } from "./property.ts";

export const ownComposite = {
  id: "own-composite",
  title: "Composite of several",
  plural: "Composites",
  name: "composite",
  symbol: "D",
  abbreviation: "composite",
  objective: "composite",
  field: "ownComposite_dimensionless",
  unit: "dimensionless",
  digits: 3,
  better: "maximise",
  isDefined: true,
  settings: {},
  basis: "6-31g*",
  states: [{ name: "candidate", title: "Candidate", symbol: "E" }],
  values: [
    {
      key: "ownComposite_dimensionless",
      method: "desirability",
      title: "D",
      treatment: "weighted geometric mean of the parts' desirabilities",
      document: "ownComposite",
      column: "own_composite",
    },
  ],
  definition: "of how good its parts are, their weighted geometric mean",
  lead: "several properties and descriptors, each with what is wanted of it.",
  method: () => "the weighted geometric mean of desirabilities, which a definition names",
  expectedError: { sentence: "as those of its parts", mean: null, testSet: null },
  cost: "The states of its parts, those that several ask for once.",
} as const satisfies PropertyDeclaration;
