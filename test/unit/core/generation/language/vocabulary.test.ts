import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createVocabulary, SPECIAL_TOKENS, tokenise } from "#core/generation/language/vocabulary.ts";

describe("tokenise", () => {
  it("keeps bracket atoms, two-letter elements and two-digit ring labels whole", () => {
    expect(tokenise("C[N+](=O)[O-]ClBr%12c1")).toEqual([
      "C",
      "[N+]",
      "(",
      "=",
      "O",
      ")",
      "[O-]",
      "Cl",
      "Br",
      "%12",
      "c",
      "1",
    ]);
  });

  it("says where a string stops being SMILES", () => {
    expect(() => tokenise("CC(!)C")).toThrowError(
      expect.objectContaining({ code: "invalid-input", data: { smiles: "CC(!)C", position: 4 } }),
    );
  });

  it("refuses a bracket that is never closed", () => {
    expect(() => tokenise("C[NH")).toThrowError(expect.objectContaining({ code: "invalid-input" }));
  });
});

describe("createVocabulary", () => {
  const words = ["C", "N", "Cl", "c", "n", "(", ")", "=", "1", "[nH]", "[N+]"];
  const vocabulary = createVocabulary([...SPECIAL_TOKENS, ...words]);

  it("decodes what it encodes, for any sequence of its tokens", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (tokens) => {
        const smiles = tokens.join("");
        const encoded = vocabulary.encode(smiles);
        expect("ids" in encoded && vocabulary.decode(encoded.ids)).toBe(smiles);
      }),
    );
  });

  it("names the first token it does not know", () => {
    expect(vocabulary.encode("CC(Br)[Se]")).toEqual({ unknown: "Br" });
  });
});
