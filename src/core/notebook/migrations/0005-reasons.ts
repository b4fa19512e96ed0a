/** Why a reviewer judged so, apart from the comment; found by search as the comment is. */
export const reasons = `
ALTER TABLE review ADD COLUMN reason TEXT NOT NULL DEFAULT '';
DROP TABLE review_text;
CREATE VIRTUAL TABLE review_text USING fts5(reason, comment, reviewer, content='review', content_rowid='id', tokenize='unicode61 remove_diacritics 2');
INSERT INTO review_text(review_text) VALUES ('rebuild');
`;
