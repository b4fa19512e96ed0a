/** What leaves the notebook as a file. */
import { exportFile, type Structures } from "#core/export/export-file.ts";
import { getCampaign } from "#core/notebook/campaigns.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { ExportedFile, ExportRequest } from "#shared/export.ts";
import { candidateDetail } from "./candidate-detail.ts";
import { rankedCandidates } from "./candidate-views.ts";

export interface ExportServices {
  notebook: Notebook;
  program: string;
  structures: Structures;
  clock: () => Date;
}

/** Writes the candidates that the request selects. @throws DomainError not-found, invalid-input */
export async function exportCampaign(
  { notebook: { db }, program, structures, clock }: ExportServices,
  { campaignId, format, selection }: ExportRequest,
): Promise<ExportedFile> {
  const campaign = getCampaign(db, campaignId);
  const wanted = rankedCandidates(db, campaignId).filter(
    ({ rank, review }) =>
      selection === "all" || (selection === "ranked" ? rank !== null : review?.verdict === "shortlist"),
  );
  const candidates = wanted.map(({ id, rank }) => ({ ...candidateDetail(db, id), rank }));
  const generatedAt = clock().toISOString();
  return exportFile({ campaign, candidates, format, selection, program, generatedAt, structures });
}
