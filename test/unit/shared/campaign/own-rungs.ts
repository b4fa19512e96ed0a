/** Two properties of a person's own, of one kind. */
import { FormulaDefinition } from "#shared/properties/formula-definition.ts";

const formula = {
  kind: "formula",
  unit: "eV",
  method: "mp2",
  states: { neutral: {}, cation: { charge: 1, multiplicity: 2 } },
  formula: "E(cation) - E(neutral)",
} as const;

export const FIRST = {
  ...formula,
  id: "first",
  title: "First",
  symbol: "F",
  better: "maximise",
  basis: "6-31g*",
} as const;
/** Of which less is better, in another basis set. */
export const SECOND = {
  ...formula,
  id: "second",
  title: "Second",
  symbol: "S",
  better: "minimise",
  basis: "6-31g",
} as const;

export const defined = (definition: typeof FIRST | typeof SECOND) => FormulaDefinition.parse(definition);
