/** Candidates in space beside one another. */
import { setImmediate } from "node:timers/promises";
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import type { Database } from "#core/notebook/file/database.ts";
import { getCandidate } from "#core/notebook/tables/candidates.ts";
import type { ComparedCandidate } from "#shared/campaign/comparison.ts";
import { messageOf } from "#shared/errors.ts";
import type { CandidateId } from "#shared/ids.ts";
import { readConformer } from "../stages/embed/records.ts";

/** The geometry of a candidate as it was embedded; null where it has none. @throws DomainError not-found, notebook-damaged */
export function embeddedMolblock(db: Database, id: CandidateId): string | null {
  const { conformer } = getCandidate(db, id).records;
  return conformer === null ? null : readConformer(db, conformer).molblock;
}

/** The same; why it cannot be read in place of an error, so that one damaged record does not take others with it. */
export function molblockOrFailure(db: Database, id: CandidateId): string | null | { failure: string } {
  try {
    return embeddedMolblock(db, id);
  } catch (error) {
    return { failure: messageOf(error) };
  }
}

/**
 * Candidates in the order given, laid on the first that has a geometry.
 *
 * @throws DomainError not-found, notebook-damaged, invalid-input
 */
export async function compareCandidates(
  db: Database,
  { align }: Pick<Chemistry, "align">,
  ids: readonly CandidateId[],
): Promise<ComparedCandidate[]> {
  const structures = ids.map((id) => ({ id, molblock: embeddedMolblock(db, id) }));
  let reference: string | undefined;
  const compared: ComparedCandidate[] = [];
  for (const { id, molblock } of structures) {
    const laid = reference !== undefined && molblock !== null && align(reference, molblock);
    compared.push({ id, molblock, alignment: null, ...laid });
    reference ??= molblock ?? undefined;
    // Others are served between two of them.
    await setImmediate();
  }
  return compared;
}
