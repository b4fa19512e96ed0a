/** From a campaign's candidates to a file. */
import type { Campaign } from "#shared/campaign.ts";
import type { CandidateDetail } from "#shared/candidate.ts";
import { DomainError } from "#shared/errors.ts";
import type { ExportedFile, ExportFormat, ExportSelection } from "#shared/export.ts";
import type { ExportRow } from "./columns.ts";
import { toCsv } from "./csv.ts";
import { toSdf } from "./sdf.ts";

export interface ExportInput {
  campaign: Campaign;
  /** Ranked already; any order. */
  candidates: readonly CandidateDetail[];
  format: ExportFormat;
  selection: ExportSelection;
  /** Name and version of this program. */
  program: string;
  /** 2D molblock of a canonical SMILES. */
  drawMolblock: (smiles: string) => string;
}

/**
 * Writes the selected candidates, best rank first, those without a rank after them in the order in which they were proposed.
 *
 * @throws DomainError invalid-input for an SDF of all candidates: rejected ones may have no structure.
 */
export function exportFile(input: ExportInput): ExportedFile {
  const { campaign, format, selection, program, drawMolblock } = input;
  if (format === "sdf" && selection === "all") {
    throw new DomainError(
      "invalid-input",
      "An SDF holds candidates with a structure: choose ranked or shortlist, or CSV.",
    );
  }
  const rows = selectCandidates(input.candidates, selection).map((candidate) => ({
    candidate,
    campaign,
    program,
  }));
  return {
    fileName: `${fileStem(campaign.settings.name)}-${selection}.${format}`,
    mediaType: MEDIA_TYPES[format],
    text: WRITERS[format](rows, drawMolblock),
    rows: rows.length,
  };
}

const MEDIA_TYPES: Record<ExportFormat, string> = {
  csv: "text/csv;charset=utf-8",
  sdf: "chemical/x-mdl-sdfile",
};

const WRITERS: Record<ExportFormat, (rows: ExportRow[], drawMolblock: (smiles: string) => string) => string> =
  {
    csv: toCsv,
    sdf: toSdf,
  };

/** Those that the selection asks for, in the order of the export. */
export function selectCandidates(
  candidates: readonly CandidateDetail[],
  selection: ExportSelection,
): CandidateDetail[] {
  const chosen = candidates.filter(({ rank, review }) => {
    if (selection === "ranked") return rank !== null;
    return selection === "all" || review?.verdict === "shortlist";
  });
  return chosen.sort(
    (a, b) =>
      (a.rank ?? Number.MAX_SAFE_INTEGER) - (b.rank ?? Number.MAX_SAFE_INTEGER) ||
      a.proposal.index - b.proposal.index,
  );
}

/** Letters, digits and hyphens, so that every file system takes it. */
function fileStem(name: string): string {
  const stem = name
    .normalize("NFKD")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 60);
  return stem === "" ? "campaign" : stem;
}
