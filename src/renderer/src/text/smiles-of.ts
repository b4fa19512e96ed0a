import type { CandidateRow } from "#shared/campaign/candidate.ts";

/** Canonical where it could be read; as proposed where not. */
export const smilesOf = ({ identity, proposal }: Pick<CandidateRow, "identity" | "proposal">): string =>
  identity?.canonicalSmiles ?? proposal.smiles;

/** A line for each: the SMILES, a tab, the candidate's id, as exports of SMILES have it. */
export const smilesLines = (rows: readonly Pick<CandidateRow, "id" | "identity" | "proposal">[]): string =>
  rows.map((row) => `${smilesOf(row)}\t${row.id}\n`).join("");
