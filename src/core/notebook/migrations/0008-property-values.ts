/** A candidate's numbers by property: the one that every notebook of before has moves from a column of its own. */
export const propertyValues = `
CREATE TABLE candidate_value (
  candidate INTEGER NOT NULL REFERENCES candidate(id),
  property TEXT NOT NULL,
  value REAL NOT NULL,
  PRIMARY KEY (candidate, property)
) STRICT, WITHOUT ROWID;
INSERT INTO candidate_value (candidate, property, value)
  SELECT id, 'vertical-ionisation-energy', vertical_hartree FROM candidate WHERE vertical_hartree IS NOT NULL;
CREATE INDEX candidate_value_size ON candidate_value(property, value);

DROP INDEX candidate_vertical;
ALTER TABLE candidate DROP COLUMN vertical_hartree;
`;
