/** Filter: which of the proposed molecules are worth embedding, and by which rule the others are not. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { LATER_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import { threadChemistry } from "../../threads/thread-chemistry.ts";
import type { Stage } from "../stage.ts";

export const filterStage: Stage<FilterInput, FilterVerdict[]> = {
  name: "filter",
  // Each later descriptor is one more result.
  version: 2 + LATER_DESCRIPTORS.length,
  async run({ smiles, settings, known }, { resources }) {
    const { filter } = await threadChemistry(resources);
    const accepted = new Set(known);
    return smiles.map((candidate) => {
      const verdict = filter(candidate, { settings, isKnown: (inchiKey) => accepted.has(inchiKey) });
      if (verdict.outcome === "accepted") accepted.add(verdict.identity.inchiKey);
      return verdict;
    });
  },
};
