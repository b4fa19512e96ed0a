/** Whether a filter leaves anything of what a model writes. */

import type { ModelSummary } from "../model/model.ts";
import type { FilterSettings } from "./campaign.ts";

/** What a person should know before a campaign starts: the filter takes out nearly all that the model writes; undefined where it does not. */
export function sizeNotice(
  { name, heavyAtoms }: Pick<ModelSummary, "name" | "heavyAtoms">,
  { minHeavyAtoms, maxHeavyAtoms }: Pick<FilterSettings, "minHeavyAtoms" | "maxHeavyAtoms">,
): string | undefined {
  if (!heavyAtoms) return undefined;
  const { least, greatest } = heavyAtoms;
  if (maxHeavyAtoms >= least && minHeavyAtoms <= greatest) return undefined;
  return `The model ${name} writes molecules of ${least} to ${greatest} heavy atoms, but for one or two in a hundred; the filter lets ${minHeavyAtoms} to ${maxHeavyAtoms} pass. Hardly any molecule will be left: widen the filter, or choose another model.`;
}
