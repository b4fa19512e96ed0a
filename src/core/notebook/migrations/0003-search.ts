/** What makes searching fast; all of it can be made anew. */
export const search = `
CREATE TABLE fingerprint (
  molecule INTEGER PRIMARY KEY REFERENCES molecule(id),
  morgan BLOB NOT NULL,
  pattern BLOB NOT NULL
) STRICT;

CREATE VIRTUAL TABLE review_text USING fts5(comment, reviewer, content='review', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO review_text(review_text) VALUES ('rebuild');

CREATE INDEX candidate_vertical ON candidate(vertical_hartree) WHERE vertical_hartree IS NOT NULL;
CREATE INDEX candidate_review ON candidate(review) WHERE review IS NOT NULL;
`;
