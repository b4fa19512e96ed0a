/** Records of a kind are found by an index. A notebook may hold calculations, which programs of before do not know. */
export const calculationIndex = `
CREATE INDEX record_kind ON record(kind, id);
`;
