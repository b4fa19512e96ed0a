/**
 * Numbers by property, one row each; those in candidate.vertical_hartree move here, but for those of candidates that failed, which
 * were ranked and not ranked at once.
 */
export const propertyValues = `
CREATE TABLE candidate_value (
  candidate INTEGER NOT NULL REFERENCES candidate(id),
  property TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (candidate, property)
) STRICT, WITHOUT ROWID;
INSERT INTO candidate_value (candidate, property, value)
  SELECT id, 'vertical-ionisation-energy', vertical_hartree FROM candidate
  WHERE vertical_hartree IS NOT NULL AND failure_stage IS NULL;
CREATE INDEX candidate_value_size ON candidate_value(property, value);

DROP INDEX candidate_vertical;
ALTER TABLE candidate DROP COLUMN vertical_hartree;
`;
