/** Molecules of a person's own, row by row: every row is a candidate, so that none goes lost without a reason. */
import { z } from "zod";
import { columnProblem } from "#shared/campaign/measured.ts";
import type { LibrarySource } from "#shared/campaign/sources/library.ts";
import { DomainError } from "#shared/errors.ts";
import { Sha256 } from "#shared/ids.ts";
import { drawn } from "../libraries/records.ts";
import type { Source, SourceKind, SourceServices } from "./source.ts";

/** Stored in some hundredths of a second, in which nobody else is answered. */
const ROWS_A_CHUNK = 250;

/** What the record of a run says beside which rows. */
const RunInput = z.looseObject({ library: Sha256 });

const sourceOf = (library: Sha256, { libraries }: Pick<SourceServices, "libraries">): Source => ({
  input: { source: "library", library },
  chunkSize: ROWS_A_CHUNK,
  message: "taking over molecules",
  lineage: async () => ({ records: [], link: { role: "library", target: library } }),
  async *draw({ first, count }) {
    const rows = libraries.rows(library).slice(first, first + count);
    for (const [k, row] of rows.entries()) yield drawn(row, first + k);
  },
});

export const librarySource: SourceKind<LibrarySource> = {
  async check({ library, count, measured = [] }, { libraries }) {
    const rows = libraries.rows(library);
    if (count > rows.length) {
      const message = `generation.count: expected at most the ${rows.length} rows of the library, got ${count}.`;
      throw new DomainError("invalid-input", message, { count, rows: rows.length });
    }
    const columns = [...new Set(rows.flatMap(({ data }) => Object.keys(data)))];
    for (const one of measured) {
      const problem = columnProblem(columns, one);
      if (problem === undefined) continue;
      throw new DomainError("invalid-input", `generation.measured: ${problem}.`, { column: one.column });
    }
  },
  founding: ({ library }, { libraries }) => libraries.records(library),
  open: async ({ library }, services) => sourceOf(library, services),
  reopen: async (input, services) => sourceOf(RunInput.parse(input).library, services),
};
