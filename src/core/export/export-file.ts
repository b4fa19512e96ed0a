/** From a campaign's candidates to a file. */
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import type { FrontOf } from "#shared/campaign/certainty.ts";
import type { ExportedFile, ExportFormat, ExportSelection } from "#shared/campaign/export.ts";
import { DomainError } from "#shared/errors.ts";
import type { ExportRow } from "./cells.ts";
import { toCsv } from "./csv.ts";
import { toPlate } from "./plate.ts";
import { toSdf } from "./sdf.ts";
import { toSmiles } from "./smiles.ts";

/** What an export needs of the chemistry. */
export interface StructureWriter {
  /** 2D molblock of a canonical SMILES. */
  drawMolblock: (smiles: string) => string;
  /** The same structure and coordinates in the V3000 format. */
  molblockV3000: (molblock: string) => string;
  /** 2D drawing of a canonical SMILES as SVG. */
  depict: (smiles: string, size: { width: number; height: number }) => string;
}

interface ExportInput {
  campaign: Campaign;
  /** Ranked already; any order. */
  candidates: readonly CandidateDetail[];
  format: ExportFormat;
  selection: ExportSelection;
  /** Name and version of this program. */
  program: string;
  /** ISO 8601; stands in the report. */
  generatedAt: string;
  structures: StructureWriter;
  /** Of a composite's candidates, by the index of their proposal. */
  fronts?: FrontOf | undefined;
}

interface Writer {
  extension: string;
  mediaType: string;
  encoding: ExportedFile["encoding"];
  write: (rows: ExportRow[], input: ExportInput) => string | Promise<string>;
}

/** A file, of which no notebook knows yet. */
type MadeFile = Omit<ExportedFile, "record">;

/**
 * Writes the selected candidates, best rank first, those without a rank after them in the order in which they were proposed.
 *
 * @throws DomainError invalid-input for all candidates, or chosen ones without a structure, in another format than CSV; for a report
 * on no candidates.
 */
export async function exportFile(input: ExportInput): Promise<MadeFile> {
  const { campaign, format, selection, program, fronts } = input;
  if (format !== "csv" && selection === "all") {
    throw new DomainError(
      "invalid-input",
      `Expected the selection ranked or shortlist for ${format}, got all: rejected candidates may have no structure. Take CSV for them.`,
    );
  }
  const unread = input.candidates.filter(({ identity }) => identity === null);
  if (format !== "csv" && selection === "chosen" && unread.length > 0) {
    throw new DomainError(
      "invalid-input",
      `Expected candidates with a structure for ${format}; ${unread.map(({ id }) => id).join(", ")} could not be read as a molecule. Leave them out, or take CSV.`,
    );
  }
  const { extension, mediaType, encoding, write } = WRITERS[format];
  const rows = exportedCandidates(input.candidates, selection).map((candidate) => ({
    candidate,
    campaign,
    program,
    front: fronts && (fronts.get(candidate.proposal.index)?.front ?? null),
  }));
  return {
    fileName: `${fileStem(campaign.settings.name)}-${selection}${extension}`,
    mediaType,
    encoding,
    text: await write(rows, input),
    rows: rows.length,
  };
}

const WRITERS: Record<ExportFormat, Writer> = {
  csv: { extension: ".csv", mediaType: "text/csv;charset=utf-8", encoding: "utf8", write: toCsv },
  sdf: {
    extension: ".sdf",
    mediaType: "chemical/x-mdl-sdfile",
    encoding: "utf8",
    write: (rows, { structures }) => toSdf(rows, structures.drawMolblock),
  },
  "sdf-v3000": {
    extension: "-v3000.sdf",
    mediaType: "chemical/x-mdl-sdfile",
    encoding: "utf8",
    write: (rows, { structures }) => toSdf(rows, structures.drawMolblock, structures.molblockV3000),
  },
  smiles: { extension: ".smi", mediaType: "chemical/x-daylight-smiles", encoding: "utf8", write: toSmiles },
  plate: { extension: "-plate.csv", mediaType: "text/csv;charset=utf-8", encoding: "utf8", write: toPlate },
  pdf: { extension: ".pdf", mediaType: "application/pdf", encoding: "base64", write: writePdf },
};

async function writePdf(rows: ExportRow[], { generatedAt, structures }: ExportInput): Promise<string> {
  if (rows.length === 0) {
    throw new DomainError(
      "invalid-input",
      "Expected at least one candidate to report on, got none: evaluate or shortlist some first.",
    );
  }
  // Fonts and typesetting take longer to load than all other formats together.
  const { toPdf } = await import("./pdf.ts");
  const bytes = await toPdf({ rows, generatedAt, depict: structures.depict });
  return Buffer.from(bytes).toString("base64");
}

/** Those that the selection asks for, in the order of the export. */
export function exportedCandidates(
  candidates: readonly CandidateDetail[],
  selection: ExportSelection,
): CandidateDetail[] {
  const chosen = candidates.filter(({ rank, review }) => {
    if (selection === "ranked") return rank !== null;
    return selection === "all" || selection === "chosen" || review?.verdict === "shortlist";
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
