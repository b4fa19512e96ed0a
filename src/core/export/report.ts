/** What stands in the PDF report, as pdfmake's document definition. */
import type { Content, TableCell, TDocumentDefinitions } from "pdfmake/interfaces.js";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { rungTitle } from "#shared/campaign/rungs.ts";
import { sourceWords } from "#shared/campaign/sources/sources.ts";
import { decimal } from "#shared/decimals.ts";
import { DESCRIPTORS, type DescriptorId, REPORT_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { relaxedBy } from "#shared/molecule/molecule.ts";
import {
  type Evaluation,
  hasNoNumber,
  moleculeResult,
  recoveryNote,
  routeOf,
  stateOf,
} from "#shared/properties/evaluation.ts";
import { declarationOf } from "#shared/properties/find.ts";
import { METHOD_TITLES, shownAs } from "#shared/properties/property.ts";
import { ROUTE_TITLES } from "#shared/quantum/diagnostic.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { VqeResult } from "#shared/quantum/state-result.ts";
import { type ExportRow, numbersAt } from "./cells.ts";
import { computedIdentity, stereoRemark } from "./isomer.ts";
import { methodParagraphs } from "./methods.ts";
import { PLATE_COLUMNS, PLATE_ROWS, PLATE_WELLS } from "./plate.ts";
import { alternativesSection } from "./report-alternatives.ts";
import { commonVerdict, latestReviews } from "./verdicts.ts";

export interface ReportInput {
  /** At least one; in the order of the report. */
  rows: readonly ExportRow[];
  /** When the report was made, ISO 8601. */
  generatedAt: string;
  /** 2D drawing of a canonical SMILES as SVG. */
  depict: (smiles: string, size: { width: number; height: number }) => string;
}

const DRAWING = { width: 88, height: 66 };
const MILLI = 1000;

/** The row that tells what all share. A report is of one candidate at least: exportFile refuses others. */
const sampleOf = (rows: readonly ExportRow[]): ExportRow => rows[0]!;

export function reportDefinition(input: ReportInput): TDocumentDefinitions {
  const { rows, generatedAt } = input;
  const { campaign, program } = sampleOf(rows);
  return {
    info: {
      title: campaign.settings.name,
      creator: program,
      producer: program,
      creationDate: new Date(generatedAt),
    },
    pageSize: "A4",
    pageMargins: [40, 50, 40, 50],
    defaultStyle: { font: "Roboto", fontSize: 8 },
    styles: {
      title: { fontSize: 18, bold: true },
      section: { fontSize: 13, bold: true, margin: [0, 12, 0, 6] },
    },
    footer: (page, pages) => ({
      text: `${campaign.settings.name} · ${program} · page ${page} of ${pages}`,
      alignment: "center",
      color: "#666666",
      margin: [40, 15],
    }),
    content: [
      { text: campaign.settings.name, style: "title" },
      {
        text: `${rows.length} ${rows.length === 1 ? "candidate" : "candidates"} · made ${generatedAt}`,
        margin: [0, 4, 0, 0],
      },
      { text: "Candidates", style: "section" },
      candidateTable(input),
      ...alternativesSection(rows),
      { text: "Provenance", style: "section", pageBreak: "before" },
      provenanceTable(rows),
      { text: "Methods", style: "section" },
      ...methodParagraphs(campaign).map(
        ({ title, text }): Content => ({
          text: [{ text: `${title}. `, bold: true }, text],
          margin: [0, 0, 0, 6],
        }),
      ),
      { text: "Plate map", style: "section", pageBreak: "before" },
      ...plateMaps(rows),
    ],
  };
}

function candidateTable({ rows, depict }: ReportInput): Content {
  const { abbreviation } = declarationOf(sampleOf(rows).campaign.settings.evaluation);
  const head = ["Rank", "Structure", "Identity", capitalised(abbreviation), "Properties", "Review"].map(bold);
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [24, DRAWING.width, 132, 76, 62, "*"],
      body: [head, ...rows.map((row) => candidateCells(row, depict))],
    },
    layout: "lightHorizontalLines",
  };
}

function candidateCells({ candidate, campaign }: ExportRow, depict: ReportInput["depict"]): TableCell[] {
  const { rank, descriptors, proposal } = candidate;
  const identity = computedIdentity(candidate);
  return [
    rank === null ? "–" : String(rank),
    identity ? { svg: printable(depict(identity.canonicalSmiles, DRAWING)), width: DRAWING.width } : "",
    lines([
      proposal.given?.name ?? undefined,
      identity?.canonicalSmiles ?? proposal.smiles,
      identity?.inchiKey,
      stereoRemark(candidate) ?? undefined,
      descriptors?.formula,
      `no. ${proposal.index}`,
    ]),
    lines([...levelLines(candidate, campaign), ...energyLines(candidate)]),
    lines(REPORT_DESCRIPTORS.map((id) => descriptorLine(candidate, id))),
    lines(reviewLines(candidate)),
  ];
}

/** "m 78.0470 Da"; nothing where the molecule has no such value. */
function descriptorLine({ descriptors }: CandidateDetail, id: DescriptorId): string | undefined {
  const { title, symbol = title, unit, decimals } = DESCRIPTORS[id];
  const value = descriptors?.[id];
  if (value === undefined) return undefined;
  return [symbol, decimal(value, decimals.report ?? 0), unit].filter((part) => part !== undefined).join(" ");
}

function reviewLines(candidate: CandidateDetail): string[] {
  const latest = latestReviews(candidate);
  if (latest.length === 0) return ["no verdict to show"];
  return [
    commonVerdict(latest) === "disagreed" ? "disagreed:" : "",
    ...latest.flatMap(({ verdict, reviewer, reason, comment }) => [
      `${verdict} (${reviewer})`,
      reason,
      comment,
    ]),
  ];
}

/** Smaller than what VQE is converged to. */
const SMALL_MEH = 0.001;

function differenceLine(difference_hartree: number): string {
  const difference = difference_hartree * MILLI;
  return Math.abs(difference) < SMALL_MEH
    ? `|VQE − CASCI| < ${SMALL_MEH} mEh`
    : `VQE − CASCI ${decimal(difference, 3)} mEh`;
}

function energyLines({
  evaluation,
  failure,
  conformer,
  vqeMinusCasci_hartree: difference,
}: CandidateDetail): string[] {
  if (!evaluation) return [failure ? `${failure.stage} failed: ${failure.reason}` : "not evaluated"];
  const { states } = declarationOf(evaluation);
  const { mp2 } = moleculeResult(evaluation);
  return [
    ...valueLines(evaluation),
    difference === null ? "" : differenceLine(difference),
    ...states.flatMap(({ name }) => measuredLines(name, stateOf(evaluation, name).vqe)),
    ...routeLines(evaluation),
    mp2 ? `MP2 ${decimal(mp2.energy_hartree, 6)} Eh` : "",
    conformer ? `geometry ${relaxedBy(conformer.method)}` : "",
    recoveryNote(evaluation) ?? "",
  ];
}

/** Where one determinant will not do. */
function routeLines(evaluation: Evaluation): string[] {
  const route = routeOf(evaluation) ?? "single-reference";
  return route === "single-reference" ? [] : [ROUTE_TITLES[route]];
}

/** By which level the numbers are, or the candidate failed at, where the campaign has several. */
const levelLines = ({ evaluation, rung = 0 }: CandidateDetail, { settings }: Campaign): string[] =>
  settings.rungs.length > 0 && (evaluation || rung > 0) ? [rungTitle(settings, rung)] : [];

/** "VQE 9.1234 eV" for each method but the estimate. */
function valueLines(evaluation: Evaluation): string[] {
  const { values, outcome, definition } = evaluation;
  const property = declarationOf(evaluation);
  const { values: declared, estimate } = property;
  const missing = hasNoNumber(outcome) ? outcome.replace("-", " ") : "not converged";
  return declared.flatMap((one) => {
    const { key, method, title } = one;
    // A number that was not asked for is absent.
    if (key === estimate?.value || !(key in values)) return [];
    const { unit, digits, fromStored } = shownAs(property, one);
    const value = values[key] ?? null;
    const written = value === null ? null : `${decimal(fromStored(value), digits + 2)} ${unit}`.trimEnd();
    const name = definition?.kind === "composite" ? title : METHOD_TITLES[method];
    return [`${name} ${written ?? missing}`];
  });
}

/** What a VQE that was measured with shots may be off by. */
const measuredLines = (which: string, vqe: VqeResult | null): string[] =>
  vqe?.shots && vqe.statedError_hartree !== null
    ? [`${which} ± ${decimal(vqe.statedError_hartree * MILLI, 2)} mEh, ${vqe.shots} shots`]
    : [];

const moleculeOfRow = ({ candidate: { evaluation } }: ExportRow): EnergyResult | null =>
  evaluation && moleculeResult(evaluation);

const hasNumber = ({ candidate: { evaluation } }: ExportRow): boolean =>
  evaluation !== null && !hasNoNumber(evaluation.outcome);

const seedsOf = ({ candidate: { evaluation } }: ExportRow): string | undefined => {
  if (!evaluation) return undefined;
  const seeds = declarationOf(evaluation).states.map(({ name }) => stateOf(evaluation, name).vqe?.seed);
  return seeds.find((seed) => typeof seed === "number")?.toString();
};

function discardedOf(row: ExportRow): number[] {
  const discarded = moleculeOfRow(row)?.activeSpace?.largestDiscardedOccupation;
  return typeof discarded === "number" ? [discarded] : [];
}

function provenanceTable(rows: readonly ExportRow[]): Content {
  const { campaign, program } = sampleOf(rows);
  const { generation } = campaign.settings;
  const ofNumbers = (row: ExportRow) => (hasNumber(row) ? numbersAt(row) : undefined);
  const distinct = (value: (row: ExportRow) => string | undefined): string =>
    [...new Set(rows.map(value).filter((text) => text !== undefined))].join("; ") || "none";
  const entries: [string, string][] = [
    ["Program", program],
    ["Campaign", campaign.id],
    ["Started", campaign.createdAt],
    sourceWords(generation).origin(generation, campaign.modelHash),
    ["Geometry", distinct(({ candidate }) => candidate.conformer?.method)],
    ...(rows.some(ofNumbers) ? [["Numbers are", distinct(ofNumbers)] as [string, string]] : []),
    ["Quantum backend", distinct((row) => moleculeOfRow(row)?.backend)],
    ["Active space rule", distinct((row) => moleculeOfRow(row)?.activeSpace?.rule?.rule)],
    ["Largest discarded natural occupation", largestOf(rows.flatMap(discardedOf))],
    ["Seeds of VQE", distinct(seedsOf)],
    ["Quantum core build", distinct((row) => moleculeOfRow(row)?.build)],
    ["Stages", distinct(stagesOf)],
  ];
  return {
    table: { headerRows: 0, widths: [110, "*"], body: entries.map(([name, value]) => [bold(name), value]) },
    layout: "lightHorizontalLines",
  };
}

const largestOf = (values: readonly number[]): string =>
  values.length === 0 ? "not known" : decimal(Math.max(...values), 4);

const stagesOf = ({ candidate }: ExportRow): string | undefined =>
  candidate.provenance
    .map(({ stage, stageVersion, program }) => `${stage} v${stageVersion} (${program})`)
    .join(" → ") || undefined;

function plateMaps(rows: readonly ExportRow[]): Content[] {
  const plates = Math.ceil(rows.length / PLATE_WELLS);
  return Array.from({ length: plates }, (_, plate): Content => {
    const cell = (row: number, column: number): TableCell => {
      const n = plate * PLATE_WELLS + row * PLATE_COLUMNS + column;
      return rows[n] ? `no. ${rows[n].candidate.proposal.index}` : "";
    };
    const columns = Array.from({ length: PLATE_COLUMNS }, (_, i) => i);
    const head = ["", ...columns.map((i) => String(i + 1))].map(bold);
    const body = PLATE_ROWS.map((name, row) => [bold(name), ...columns.map((column) => cell(row, column))]);
    return {
      stack: [
        { text: `Plate ${plate + 1}`, margin: [0, 4, 0, 2] },
        { table: { widths: [12, ...columns.map(() => "*")], body: [head, ...body] }, fontSize: 6 },
      ],
      unbreakable: true,
    };
  });
}

const capitalised = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const bold = (text: string): TableCell => ({ text, bold: true });

const lines = (texts: readonly (string | undefined)[]): TableCell => ({
  stack: texts.flatMap((text) => (text === undefined || text === "" ? [] : [breakable(text)])),
});

/** Long SMILES have nowhere to break: a zero-width space after every twelfth character gives them places. */
const breakable = (text: string): string => text.replace(/\S{12}(?=\S)/g, "$&\u200b");

/** Paper is white. */
const printable = (svg: string): string => svg.replaceAll("currentColor", "#000000");
