/** A sheet for the people at the bench: one well a candidate, and columns that only they can fill. */
import { DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";
import { descriptorCell, type ExportRow } from "./cells.ts";
import { type NamedColumn, writeCsv } from "./csv.ts";
import { computedIdentity, stereoRemark } from "./isomer.ts";

export const PLATE_ROWS = [..."ABCDEFGH"] as const;
export const PLATE_COLUMNS = 12;
export const PLATE_WELLS = PLATE_ROWS.length * PLATE_COLUMNS;

interface Well {
  /** From 1. */
  plate: number;
  row: (typeof PLATE_ROWS)[number];
  /** 1 … 12. */
  column: number;
}

/** Place of the nth compound (from 0) when 96-well plates are filled row by row: A1, A2 … A12, B1 … */
export function wellOf(n: number): Well {
  const place = n % PLATE_WELLS;
  return {
    plate: Math.floor(n / PLATE_WELLS) + 1,
    row: PLATE_ROWS[Math.floor(place / PLATE_COLUMNS)]!,
    column: (place % PLATE_COLUMNS) + 1,
  };
}

/** Left empty: hazards and amounts are the bench's to find out, never this program's to guess. */
const TO_FILL = [
  "supplier",
  "catalogue_number",
  "purity_percent",
  "amount_wanted_mg",
  "amount_received_mg",
  "solvent",
  "concentration_millimolar",
  "hazards",
  "checked_by",
  "notes",
];

const COLUMNS: readonly NamedColumn<{ row: ExportRow; well: Well }>[] = [
  { name: "plate", value: ({ well }) => well.plate },
  { name: "well", value: ({ well }) => `${well.row}${well.column}` },
  { name: "rank", value: ({ row }) => row.candidate.rank },
  { name: "id", value: ({ row }) => row.candidate.id },
  { name: "canonical_smiles", value: ({ row }) => computedIdentity(row.candidate)?.canonicalSmiles ?? null },
  { name: "inchikey", value: ({ row }) => computedIdentity(row.candidate)?.inchiKey ?? null },
  { name: "stereo", value: ({ row }) => stereoRemark(row.candidate) },
  { name: "formula", value: ({ row }) => row.candidate.descriptors?.formula ?? null },
  ...(["exactMass_dalton", "molecularWeight_dalton"] as const).map((id) => ({
    name: DESCRIPTORS[id].exportName,
    value: ({ row }: { row: ExportRow }) => descriptorCell(row.candidate, id),
  })),
  ...TO_FILL.map((name) => ({ name, value: () => null })),
];

/** CSV of the rows in their order, 96-well plates filled row by row. */
export const toPlate = (rows: readonly ExportRow[]): string =>
  writeCsv(
    rows.map((row, n) => ({ row, well: wellOf(n) })),
    COLUMNS,
  );
