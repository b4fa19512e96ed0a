/** Whether one determinant will do for a candidate (shared/quantum/diagnostic.ts); evaluations of before do not say it. */
export const route = `
ALTER TABLE candidate ADD COLUMN route TEXT;
`;
