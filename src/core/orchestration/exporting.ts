/** What leaves the notebook as a file. */
import { exportFile } from "#core/export/export-file.ts";
import { getCampaign } from "#core/notebook/campaigns.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import type { ExportedFile, ExportRequest } from "#shared/export.ts";
import { candidateDetail } from "./candidate-detail.ts";
import { rankedCandidates } from "./candidate-views.ts";

export interface ExportServices {
  notebook: Notebook;
  program: string;
  /** 2D molblock of a canonical SMILES. */
  drawMolblock: (smiles: string) => string;
}

/** Writes the candidates that the request selects. @throws DomainError not-found, invalid-input */
export function exportCampaign(
  { notebook: { db }, program, drawMolblock }: ExportServices,
  { campaignId, format, selection }: ExportRequest,
): ExportedFile {
  const campaign = getCampaign(db, campaignId);
  const wanted = rankedCandidates(db, campaignId).filter(
    ({ rank, review }) =>
      selection === "all" || (selection === "ranked" ? rank !== null : review?.verdict === "shortlist"),
  );
  const candidates = wanted.map(({ id, rank }) => ({ ...candidateDetail(db, id), rank }));
  return exportFile({ campaign, candidates, format, selection, program, drawMolblock });
}
