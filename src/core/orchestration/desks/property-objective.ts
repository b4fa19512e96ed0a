/** Steering towards a property: the campaign's own filter, embedding and evaluator as an objective that takes its time. */
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import type { Refusal, Score, Scorer } from "#core/generation/steering/steer.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import { EmbeddingSettings, FilterSettings, usualEvaluation } from "#shared/campaign/campaign.ts";
import { isOfOneMolecule } from "#shared/errors.ts";
import type { PropertyObjective } from "#shared/model/generation.ts";
import { mainValue } from "#shared/properties/evaluation.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { UNITS } from "#shared/properties/property.ts";
import { completeSettings } from "#shared/properties/settings.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { electronsOf } from "../stages/embed/records.ts";
import { structuresOf } from "../stages/evaluate/structures.ts";

const failed = (reason: string): Score => ({ outcome: "failed", reason });

/** 0 at `worst`, 1 at `best`, linear between and flat beyond. */
export function valueScore(value: number, { worst, best }: Omit<PropertyObjective, "property">): number {
  return Math.min(1, Math.max(0, (value - worst) / (best - worst)));
}

/** A failure of one molecule is a state of it; any other error ends the run. */
function failureOf(error: unknown): Score {
  if (isOfOneMolecule(error)) return failed(error.message);
  throw error;
}

/** What the product's default filter rejects, and by which rule, before anything is computed for it. */
export function filterRefusal({ filter }: Pick<Chemistry, "filter">): Refusal {
  const settings = FilterSettings.parse({});
  return (smiles) => {
    const verdict = filter(smiles, { settings, isKnown: () => false });
    if (verdict.outcome === "accepted") return null;
    return `rejected by ${verdict.rejection.rule}: ${verdict.rejection.detail}`;
  };
}

/**
 * A property by the product's default embedding and evaluation; the score's value is in the unit that the property is shown in.
 *
 * What has no geometry and what does not converge is a failure with its reason.
 */
export function propertyObjective(
  { dispatcher }: { dispatcher: Dispatcher },
  { property, ...aim }: PropertyObjective,
): Scorer {
  const { maxEvaluations: _, property: __, ...level } = usualEvaluation(property);
  const { before, unit } = propertyOf(property);
  // Asked hundreds of times: the earlier settings are the cheaper ones (ionisation in the active space alone).
  const settings = completeSettings(property, before);
  const { fromStored } = UNITS[unit];
  const { seed } = EmbeddingSettings.parse({});
  const evaluate = async (smiles: string, signal: AbortSignal | undefined): Promise<Score> => {
    const embedded = await dispatcher.run("embed", { smiles, seed }, { signal });
    if (embedded.outcome === "failed") return failed(`${embedded.reason}: ${embedded.detail}`);
    const { geometry, molblock } = embedded.conformer;
    const candidate = {
      geometry,
      molblock,
      structures: structuresOf(molblock),
      ...electronsOf(embedded),
      level,
      settings,
    };
    const { evaluation } = await evaluateCandidate(property, candidate, (request) =>
      dispatcher.run("evaluate", request, { signal }),
    );
    const stored = mainValue(evaluation, settings);
    if (evaluation.outcome !== "converged" || stored === null)
      return failed(`the evaluation ended as ${evaluation.outcome}`);
    const value = fromStored(stored);
    return { outcome: "scored", score: valueScore(value, aim), value };
  };
  return (smiles, signal) => evaluate(smiles, signal).catch(failureOf);
}
