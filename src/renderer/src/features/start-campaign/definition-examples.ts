/** What a person's own property may look like, to begin from. */
import type { PropertyId } from "#shared/properties/find.ts";

const FORMULA = {
  kind: "formula",
  id: "relaxed-ionisation",
  title: "Relaxed ionisation energy",
  unit: "kJ/mol",
  better: "maximise",
  basis: "6-31+g*",
  states: {
    neutral: { geometry: "relaxed" },
    cation: { charge: 1, multiplicity: "lowest", geometry: "relaxed" },
  },
  formula: "E(cation) - E(neutral)",
};

const COMPOSITE = {
  kind: "composite",
  id: "donor-score",
  title: "Donor score",
  parts: [
    {
      property: "vertical-ionisation-energy",
      weight: 2,
      desirability: { shape: "smaller", low: 7, high: 11 },
    },
    {
      descriptor: "logP",
      desirability: { shape: "target", low: -1, target: 1, high: 4 },
      limits: { most: 5 },
    },
    { descriptor: "qed", desirability: { shape: "larger", low: 0, high: 1 } },
  ],
};

const PROBE = { kind: "probe", id: "hydrogen-cyanide-affinity", title: "HCN", smiles: "C#N" };

const EXAMPLES: Partial<Record<PropertyId, object>> = {
  "own-formula": FORMULA,
  "own-composite": COMPOSITE,
  "probe-affinity": PROBE,
};

/** As text to be changed; empty for a property that is known. */
export const exampleOf = (property: PropertyId): string => JSON.stringify(EXAMPLES[property] ?? {}, null, 2);
