/** What is known of molecules from all campaigns: evaluations by the same method. */
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import type { Sha256 } from "#shared/ids.ts";
import { recordedSettings } from "#shared/properties/settings.ts";
import type { Database } from "../file/database.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import { toHex } from "../proof/hash.ts";
import { EvaluationContent } from "./contents.ts";

export interface Observation {
  canonicalSmiles: string;
  /** Of the property that the settings name, in its stored unit. */
  value: number;
  /** The record of the evaluation. */
  evaluation: Sha256;
}

const told = ({ property, propertySettings }: Partial<EvaluationSettings>) =>
  property && recordedSettings(property, propertySettings);

/** The method alone: the same for every molecule of every campaign that uses it. */
const methodOf = (
  settings: Partial<EvaluationSettings> & { conformer?: Sha256; descriptors?: unknown },
): string => {
  const { maxEvaluations: _, conformer: __, propertySettings: ___, descriptors: ____, ...method } = settings;
  return canonicalJson(JSON.parse(JSON.stringify({ ...method, propertySettings: told(settings) })));
};

/**
 * The converged evaluations by these settings, newest first, each molecule once.
 *
 * @param version of the evaluations: those of another are not compared with them
 * @param limit of molecules
 */
export function listObservations(
  db: Database,
  { settings, version, limit }: { settings: EvaluationSettings; version: number; limit: number },
): Observation[] {
  const wanted = methodOf(settings);
  const query = db.sql
    .selectFrom("candidate_value")
    .innerJoin("candidate", "candidate.id", "candidate_value.candidate")
    .innerJoin("molecule", "molecule.id", "candidate.molecule")
    .innerJoin("record", "record.id", "candidate.evaluation")
    .select(["molecule.canonical_smiles", "candidate_value.value", "record.hash", "record.content"])
    .where("candidate_value.property", "=", settings.property)
    .orderBy("record.id", "desc");
  const found = new Map<string, Observation>();
  for (const row of db.each(query)) {
    if (found.size === limit) break;
    if (found.has(row.canonical_smiles)) continue;
    const { stageVersion, input } = EvaluationContent.parse(JSON.parse(row.content));
    if (stageVersion !== version || methodOf(input) !== wanted) continue;
    const { canonical_smiles: canonicalSmiles, value, hash } = row;
    found.set(canonicalSmiles, { canonicalSmiles, value, evaluation: toHex(hash) });
  }
  return [...found.values()];
}
