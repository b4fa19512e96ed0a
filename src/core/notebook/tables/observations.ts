/** What is known of molecules from all campaigns: evaluations by the same method. */
import { sql } from "kysely";
import type { EvaluationSettings } from "#shared/campaign/campaign.ts";
import { markedKey } from "#shared/campaign/molecule-key.ts";
import type { Sha256 } from "#shared/ids.ts";
import { marksBond } from "#shared/molecule/marked-bond.ts";
import { CLOSED_SHELL, type Electrons } from "#shared/molecule/molecule.ts";
import { DEFAULT_PROPERTY, declarationOf } from "#shared/properties/find.ts";
import { recordedSettings } from "#shared/properties/settings.ts";
import type { Database } from "../file/database.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import { toHex } from "../proof/hash.ts";
import { EvaluationContent, keysOf } from "./contents.ts";

export interface Observation {
  canonicalSmiles: string;
  /** What it was computed with. */
  electrons: Electrons;
  /** Whether the number is of the bond that its proposal marks. */
  marksBond: boolean;
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
 * The converged evaluations by these settings, newest first; of those that went up to dearer rungs too. Each molecule once: in other
 * electrons, at another marked bond or in another geometry that was given it is another.
 *
 * @param version of the evaluations: those of another are not compared with them
 * @param limit of molecules
 */
export function listObservations(
  db: Database,
  { settings, version, limit }: { settings: EvaluationSettings; version: number; limit: number },
): Observation[] {
  const wanted = methodOf(settings);
  const { takesMarks = false } = declarationOf(settings);
  // Records before there was a choice name no property.
  const property = sql<string>`coalesce(json_extract(record.content, '$.input.property'), ${DEFAULT_PROPERTY.id})`;
  const query = db.sql
    .selectFrom("execution")
    .innerJoin("record", "record.id", "execution.record")
    .innerJoin("candidate", (join) =>
      join
        .onRef("candidate.campaign", "=", "execution.campaign")
        .onRef("candidate.idx", "=", "execution.ordinal"),
    )
    .innerJoin("molecule", "molecule.id", "candidate.molecule")
    .select([
      "molecule.canonical_smiles",
      "candidate.smiles",
      "candidate.charge",
      "candidate.multiplicity",
      "candidate.coordinates",
      "record.hash",
      "record.content",
    ])
    .where("execution.stage", "=", "evaluate")
    .where("record.kind", "=", "evaluation")
    .where(property, "=", settings.property)
    .orderBy("record.id", "desc");
  const found = new Map<string, Observation>();
  for (const row of db.each(query)) {
    if (found.size === limit) break;
    const { canonical_smiles: canonicalSmiles, smiles, charge, multiplicity, coordinates, hash } = row;
    const key = markedKey(JSON.stringify([canonicalSmiles, charge, multiplicity, coordinates]), smiles, {
      takesMarks,
    });
    if (found.has(key)) continue;
    const { stageVersion, input, values, reason } = EvaluationContent.parse(JSON.parse(row.content));
    const value = values[keysOf(input).ranked] ?? null;
    if (value === null || reason !== null) continue;
    if (stageVersion !== version || methodOf(input) !== wanted) continue;
    const electrons = charge === null || multiplicity === null ? CLOSED_SHELL : { charge, multiplicity };
    const species = { canonicalSmiles, electrons, marksBond: marksBond(smiles) };
    found.set(key, { ...species, value, evaluation: toHex(hash) });
  }
  return [...found.values()];
}
