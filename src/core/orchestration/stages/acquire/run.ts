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
    const surrogate = fitSurrogate(
      observations.map(({ smiles, value }) => ({ fingerprint: fingerprintOf(rdkit, smiles), value })),
    );
    const predictions = candidates.map(({ smiles }) => surrogate.predict(fingerprintOf(rdkit, smiles)));
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
