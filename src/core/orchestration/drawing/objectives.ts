/** Objectives that the molecule alone decides. */
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { morganFingerprint, tanimoto } from "#core/generation/measure/fingerprint.ts";
import type { Score } from "#core/generation/steering/steer.ts";
import { DomainError } from "#shared/errors.ts";
import type { Objective, Objectives } from "#shared/model/generation.ts";

/** Scores a molecule, given as canonical SMILES. */
interface Scorer extends Disposable {
  score(canonicalSmiles: string): Score;
}

type Part = (canonicalSmiles: string) => Score;
type Tools = { chemistry: Chemistry; rdkit: RDKit; held: DisposableStack };

const scored = (score: number): Score => ({ outcome: "scored", score });

/** 1 within the window, falling off like a Gaussian of width 1 beside it. */
export function windowScore(value: number, { minimum, maximum }: { minimum: number; maximum: number }) {
  const distance = Math.max(minimum - value, value - maximum, 0);
  return Math.exp(-(distance * distance) / 2);
}

function fingerprintOf(rdkit: RDKit, smiles: string): Uint32Array | { reason: string } {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return parsed;
  using mol = parsed;
  return morganFingerprint(mol);
}

function similarityTo(target: string, { rdkit }: Tools): Part {
  if (target.includes("*"))
    throw new DomainError(
      "invalid-input",
      `similarity: "${target}" has an attachment point (*), which no proposed molecule has: expected a whole molecule. A substructure objective asks for a part.`,
      { smiles: target },
    );
  const aim = fingerprintOf(rdkit, target);
  if ("reason" in aim)
    throw new DomainError("invalid-input", `similarity: "${target}" is not a SMILES (${aim.reason}).`, {
      smiles: target,
    });
  return (smiles) => {
    const own = fingerprintOf(rdkit, smiles);
    return "reason" in own ? { outcome: "failed", reason: own.reason } : scored(tanimoto(aim, own));
  };
}

function descriptorPart(
  { chemistry }: Tools,
  score: (of: { qed: number; saScore: number; logP: number }) => number,
): Part {
  return (smiles) => {
    const described = chemistry.describe(smiles, []);
    if (described.outcome === "invalid") return { outcome: "failed", reason: described.reason };
    return scored(score(described.descriptors));
  };
}

function partOf(objective: Objective, tools: Tools): Part {
  switch (objective.kind) {
    case "qed":
      return descriptorPart(tools, ({ qed }) => qed);
    case "sa-score":
      return descriptorPart(tools, ({ saScore }) => (10 - saScore) / 9);
    case "logp":
      return descriptorPart(tools, ({ logP }) => windowScore(logP, objective));
    case "similarity":
      return similarityTo(objective.to, tools);
    case "substructure": {
      const query = tools.held.use(tools.chemistry.substructureQuery(objective.smarts));
      return (smiles) => scored(query.isIn(smiles) ? 1 : 0);
    }
  }
}

/**
 * Makes a scorer: the geometric mean of its parts, or the first failure among them.
 * @throws DomainError invalid-input for a SMILES or SMARTS that cannot be read, or a window that is empty
 */
export async function createScorer(chemistry: Chemistry, objectives: Objectives): Promise<Scorer> {
  for (const objective of objectives)
    if (objective.kind === "logp" && objective.minimum > objective.maximum)
      throw new DomainError(
        "invalid-input",
        `logp: expected a window from low to high, got ${objective.minimum} to ${objective.maximum}.`,
      );
  using opening = new DisposableStack();
  const tools = { chemistry, rdkit: await loadRdkit(), held: opening };
  const parts = objectives.map((objective) => partOf(objective, tools));
  const held = opening.move();
  return {
    score(smiles) {
      let product = 1;
      for (const part of parts) {
        const one = part(smiles);
        if (one.outcome === "failed") return one;
        product *= one.score;
      }
      return scored(product ** (1 / parts.length));
    },
    [Symbol.dispose]: () => held.dispose(),
  };
}
