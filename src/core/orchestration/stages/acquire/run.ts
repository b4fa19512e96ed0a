/** Acquire: which molecules get the next evaluations, by a surrogate that learned from all there are. */
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { pickNext } from "#core/generation/choice/acquisition.ts";
import { type CountFingerprint, countFingerprint } from "#core/generation/choice/count-fingerprint.ts";
import { fitSurrogate } from "#core/generation/choice/surrogate.ts";
import { randomStream } from "#core/generation/random-stream.ts";
import type { AcquireInput, Chosen } from "../../dispatch/tasks.ts";
import type { Stage } from "../stage.ts";

/** A surrogate has a mean and a spread to learn. */
const FEWEST_OBSERVATIONS = 2;

type Predict = ReturnType<typeof fitSurrogate>["predict"];

/**
 * A surrogate for each kind of molecule, each with a mean and a spread of its own; where too few of a kind are known, what is known of all,
 * whichever the molecule.
 */
function surrogates(rdkit: RDKit, observations: AcquireInput["observations"]): (kind: string) => Predict {
  const learned = ({ smiles, value }: AcquireInput["observations"][number]) => ({
    fingerprint: fingerprintOf(rdkit, smiles),
    value,
  });
  const kinds = Map.groupBy(observations, ({ kind }) => kind);
  const fitted = new Map<string, Predict>();
  for (const [kind, own] of kinds)
    if (own.length >= FEWEST_OBSERVATIONS) fitted.set(kind, fitSurrogate(own.map(learned)).predict);
  let ofAll: Predict | undefined;
  const unknown = (): Predict => {
    const { mean, scale: standardDeviation } = fitSurrogate(observations.map(learned));
    return () => ({ mean, standardDeviation });
  };
  return (kind) => {
    const own = fitted.get(kind);
    if (own) return own;
    ofAll ??= unknown();
    return ofAll;
  };
}

function fingerprintOf(rdkit: RDKit, smiles: string): CountFingerprint {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) throw new Error(`a molecule of the notebook is not a SMILES: ${smiles}`);
  using mol = parsed;
  return countFingerprint(mol);
}

export const acquireStage: Stage<AcquireInput, Chosen[]> = {
  name: "acquire",
  version: 1,
  async run({ strategy, direction, count, seed, round, candidates, observations }) {
    if (observations.length < FEWEST_OBSERVATIONS)
      return candidates.slice(0, count).map(({ index }) => ({ index, mean: null, standardDeviation: null }));
    const rdkit = await loadRdkit();
    const predictOf = surrogates(rdkit, observations);
    const predictions = candidates.map(({ smiles, kind }) => predictOf(kind)(fingerprintOf(rdkit, smiles)));
    const values = observations.map(({ value }) => value);
    const best = direction === "maximise" ? Math.max(...values) : Math.min(...values);
    const random = randomStream(seed, round);
    // Places among the candidates, each of which has a prediction.
    return pickNext(predictions, { strategy, direction, count, best, random }).map((i) => ({
      index: candidates[i]!.index,
      ...predictions[i]!,
    }));
  },
};
