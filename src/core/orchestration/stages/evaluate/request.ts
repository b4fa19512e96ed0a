/** The states that a candidate's evaluation computes, from the settings that its record keeps. */
import { sha256 } from "#core/notebook/proof/hash.ts";
import type { States } from "#core/quantum/evaluate/states.ts";
import { statesOf } from "#core/quantum/properties/evaluate.ts";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { completeSettings } from "#shared/properties/settings.ts";

/** The settings that decide a result, and the geometry's record. */
type EvaluationInput = Omit<EvaluationSettings, "maxEvaluations"> & { conformer: Sha256 };

/** A seed for each geometry, so that no two molecules share their shots: first bits of sha256("seed:conformer"). */
const evaluationSeed = (seed: number, conformer: Sha256): number =>
  Buffer.from(sha256(`${seed}:${conformer}`)).readUInt32BE(0);

export function evaluationStates(
  { property, propertySettings, conformer, seed, ...level }: EvaluationInput,
  geometry: Geometry,
): States {
  return statesOf(property, {
    geometry,
    level: { ...level, seed: evaluationSeed(seed, conformer) },
    settings: completeSettings(property, propertySettings),
  });
}
