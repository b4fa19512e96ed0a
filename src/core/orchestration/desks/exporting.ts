/** What leaves the notebook as a file. */
import { exportFile, type StructureWriter } from "#core/export/export-file.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { getCampaign } from "#core/notebook/tables/campaigns.ts";
import { linksToCandidates } from "#core/notebook/tables/exports.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { frontOf } from "#shared/campaign/certainty.ts";
import type { ExportedFile, ExportRequest, ExportSelection } from "#shared/campaign/export.ts";
import { DomainError } from "#shared/errors.ts";
import { recordExport } from "../files/export-record.ts";
import { candidateDetail } from "../views/candidate-detail.ts";
import { rankedCandidates } from "../views/candidate-views.ts";
import { campaignFronts } from "../views/fronts.ts";
import { blindDetail, blindRows, requireNothingHidden } from "./blind.ts";

interface ExportServices {
  notebook: Notebook;
  program: string;
  structures: StructureWriter;
  clock: () => Date;
}

/** @throws DomainError not-found where one that is named is not there */
function selected(
  rows: readonly CandidateRow[],
  selection: ExportSelection,
  named: readonly number[] = [],
): CandidateRow[] {
  if (selection === "all") return [...rows];
  if (selection === "ranked") return rows.filter(({ rank }) => rank !== null);
  if (selection === "shortlist") return rows.filter(({ review }) => review?.verdict === "shortlist");
  const wanted = new Set(named);
  const found = rows.filter(({ proposal }) => wanted.delete(proposal.index));
  const [missing] = wanted;
  if (missing === undefined) return found;
  throw new DomainError("not-found", `There is no candidate ${missing} in this campaign, of ${rows.length}.`);
}

/**
 * Writes the candidates that the request selects, and a record of it. Verdicts that a blind review hides from whoever asks
 * are left out.
 *
 * @throws DomainError not-found, invalid-input; conflict for a shortlist that would miss hidden verdicts
 */
export async function exportCampaign(
  { notebook, program, structures, clock }: ExportServices,
  { campaignId, format, selection, candidates: named, by }: ExportRequest,
): Promise<ExportedFile> {
  const { db } = notebook;
  const campaign = getCampaign(db, campaignId);
  if (selection === "shortlist") requireNothingHidden(db, [campaign], by);
  const wanted = selected(blindRows(db, campaignId, rankedCandidates(db, campaignId), by), selection, named);
  const candidates = wanted.map(({ id, rank }) => ({
    ...blindDetail(db, candidateDetail(db, id), by),
    rank,
  }));
  const generatedAt = clock().toISOString();
  const file = await exportFile({
    campaign,
    candidates,
    format,
    selection,
    program,
    generatedAt,
    structures,
    fronts: frontOf({ fronts: campaignFronts(db, campaignId) }),
  });
  const { fileName, mediaType, encoding, text, rows } = file;
  const indices = wanted.map(({ proposal }) => proposal.index);
  const record = recordExport(
    { notebook, clock },
    {
      what: "candidates",
      campaignId,
      format,
      selection,
      fileName,
      mediaType,
      rows,
      program,
      by: by ?? null,
      bytes: Buffer.from(text, encoding),
      links: linksToCandidates(db, campaignId, indices),
    },
  );
  return { ...file, record };
}
