/** Picks among a model's proposals by a surrogate of the scores so far, before anything is paid for them. */
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { type CountFingerprint, countFingerprint } from "../choice/count-fingerprint.ts";
import { fitSurrogate, type TrainingPoint } from "../choice/surrogate.ts";

export interface ProposalScreen {
  /** Takes in a score; molecules that RDKit cannot read are left out. */
  observe(canonicalSmiles: string, score: number): void;
  /** The molecules with the highest predicted scores, best first; the first ones while too little is known. */
  pick(canonicalSmiles: readonly string[], count: number): string[];
}

/** Fewer scores say nothing yet. */
const FEWEST_OBSERVATIONS = 16;
/** The fit costs the cube of this: 0.3 s. Half of them are the best scores, half the latest. */
const MOST_OBSERVATIONS = 400;

/**
 * A Gaussian process over count fingerprints picks greedily; the model's own spread explores.
 *
 * Active learning inside steering finds more for the same number of evaluations (Dodds et al., doi:10.1039/D3SC04653B).
 */
export function createProposalScreen(rdkit: RDKit): ProposalScreen {
  const observations: TrainingPoint[] = [];
  return {
    observe(canonicalSmiles, value) {
      const fingerprint = fingerprintOf(rdkit, canonicalSmiles);
      if (fingerprint) observations.push({ fingerprint, value });
    },
    pick(canonicalSmiles, count) {
      if (observations.length < FEWEST_OBSERVATIONS || canonicalSmiles.length <= count)
        return canonicalSmiles.slice(0, count);
      const { predict } = fitSurrogate(representative(observations));
      return canonicalSmiles
        .flatMap((smiles) => {
          const fingerprint = fingerprintOf(rdkit, smiles);
          return fingerprint ? [{ smiles, mean: predict(fingerprint).mean }] : [];
        })
        .sort((a, b) => b.mean - a.mean)
        .slice(0, count)
        .map(({ smiles }) => smiles);
    },
  };
}

function representative(observations: readonly TrainingPoint[]): TrainingPoint[] {
  if (observations.length <= MOST_OBSERVATIONS) return [...observations];
  const half = MOST_OBSERVATIONS / 2;
  const earlier = observations.slice(0, -half).sort((a, b) => b.value - a.value);
  return [...earlier.slice(0, half), ...observations.slice(-half)];
}

function fingerprintOf(rdkit: RDKit, smiles: string): CountFingerprint | undefined {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return undefined;
  using mol = parsed;
  return countFingerprint(mol);
}
