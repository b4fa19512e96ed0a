/** Filter: which of the proposed molecules are worth embedding, and by which rule the others are not. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { markedKey, moleculeKey } from "#shared/campaign/molecule-key.ts";
import { LATER_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import type { FilterInput } from "../../dispatch/tasks.ts";
import { threadChemistry } from "../../threads/thread-chemistry.ts";
import type { Stage } from "../stage.ts";

export const filterStage: Stage<FilterInput, FilterVerdict[]> = {
  name: "filter",
  // Each later descriptor is one more result.
  version: 2 + LATER_DESCRIPTORS.length,
  async run({ molecules, settings, known, withFingerprints, takesMarks = false }, { resources }) {
    const { filter } = await threadChemistry(resources);
    const marks = { takesMarks };
    const accepted = new Set(known);
    return molecules.map(({ smiles, given }) => {
      const verdict = filter(smiles, {
        settings,
        isKnown: (key) => accepted.has(markedKey(key, smiles, marks)),
        given,
        withFingerprints,
      });
      if (verdict.outcome === "accepted")
        accepted.add(markedKey(moleculeKey(settings, verdict.identity, verdict), smiles, marks));
      return verdict;
    });
  },
};
