/** What is known of molecules from all campaigns: evaluations by the same method. */
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import { toHex } from "../proof/hash.ts";
import { EvaluationContent } from "./contents.ts";

export interface Observation {
  canonicalSmiles: string;
  vertical_hartree: number;
  /** The record of the evaluation. */
  evaluation: Sha256;
}

/** The method alone: the same for every molecule of every campaign that uses it. */
const methodOf = (settings: Partial<EvaluationSettings> & { conformer?: Sha256 }): string => {
  const { maxEvaluations: _, conformer: __, ...method } = settings;
  return canonicalJson(JSON.parse(JSON.stringify(method)));
};

/**
 * The converged evaluations by these settings, newest first, each molecule once.
 * @param limit of molecules
 */
export function listObservations(
  db: Database,
  { settings, limit }: { settings: EvaluationSettings; limit: number },
): Observation[] {
  const wanted = methodOf(settings);
  const query = db.sql
    .selectFrom("candidate")
    .innerJoin("molecule", "molecule.id", "candidate.molecule")
    .innerJoin("record", "record.id", "candidate.evaluation")
    .select(["molecule.canonical_smiles", "candidate.vertical_hartree", "record.hash", "record.content"])
    .where("candidate.vertical_hartree", "is not", null)
    .$narrowType<{ vertical_hartree: number }>()
    .orderBy("record.id", "desc");
  const found = new Map<string, Observation>();
  for (const row of db.each(query)) {
    if (found.size === limit) break;
    if (found.has(row.canonical_smiles)) continue;
    if (methodOf(EvaluationContent.parse(JSON.parse(row.content)).input) !== wanted) continue;
    const canonicalSmiles = row.canonical_smiles;
    const vertical_hartree = row.vertical_hartree;
    found.set(canonicalSmiles, { canonicalSmiles, vertical_hartree, evaluation: toHex(row.hash) });
  }
  return [...found.values()];
}
