/** The name that a person gave a molecule. */
import type { CandidateRow } from "#shared/campaign/candidate.ts";

export const givenName = ({ proposal }: Pick<CandidateRow, "proposal">): string => proposal.given?.name ?? "";

export const hasNames = (rows: readonly Pick<CandidateRow, "proposal">[]): boolean =>
  rows.some((row) => givenName(row) !== "");
