/** The number that a field's text says: "" is none, and NaN makes the schema say so. */
export const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
