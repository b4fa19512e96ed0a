/** Why a candidate that was evaluated has no number though nothing failed, as where an anion is not bound. */
export const noValue = `
ALTER TABLE candidate ADD COLUMN no_value TEXT;
`;
