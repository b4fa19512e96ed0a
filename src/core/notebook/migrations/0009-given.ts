/** Molecules of a person's own have names and data columns, charge and multiplicity, and geometries that are taken as they are. */
export const given = `
ALTER TABLE candidate ADD COLUMN given TEXT;
ALTER TABLE candidate ADD COLUMN name TEXT;
ALTER TABLE candidate ADD COLUMN charge INTEGER;
ALTER TABLE candidate ADD COLUMN multiplicity INTEGER;
ALTER TABLE candidate ADD COLUMN coordinates TEXT;
`;
