/**
 * Reviews may say "withdrawn", which programs of before do not understand: the number of this migration keeps them from such a
 * notebook. The latest of each reviewer is found by the index.
 */
export const withdrawn = `
DROP INDEX review_candidate;
CREATE INDEX review_candidate ON review(candidate, reviewer);
`;
