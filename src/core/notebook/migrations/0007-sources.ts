/** Molecules may come from elsewhere than a model: they have no likelihood. */
export const sources = `
ALTER TABLE candidate ALTER COLUMN nll DROP NOT NULL;
`;
