/** One canonical SMILES a line, then a tab and the candidate's id: what nearly every program reads. */
import type { ExportRow } from "./cells.ts";

/** Candidates without a canonical SMILES are left out. */
export const toSmiles = (rows: readonly ExportRow[]): string =>
  rows
    .flatMap(({ candidate: { identity, id } }) => (identity ? [`${identity.canonicalSmiles}\t${id}\n`] : []))
    .join("");
