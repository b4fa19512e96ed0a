import { describe, expect, it } from "vitest";
import { ATOM_COLOURS } from "#core/chemistry/toolkit/depict.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { DomainError } from "#shared/errors.ts";
import { chemistry, conformer, identity } from "../open.ts";

/** WCAG 2.1, 1.4.11: graphical objects. */
const MIN_CONTRAST = 3;
const WHITE = [1, 1, 1];
const NEAR_BLACK = [0x1c / 255, 0x21 / 255, 0x27 / 255];

/** Relative luminance of an sRGB colour (WCAG 2.1). */
function luminance(colour: readonly number[]): number {
  const [r, g, b] = colour.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: readonly number[], b: readonly number[]): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

describe("Depictions", () => {
  it("are one SVG element of the asked-for size without a background", () => {
    const svg = chemistry.depict("CC(=O)Nc1ccc(O)cc1", { width: 200, height: 150 });
    expect(svg).toMatch(/^<svg [^>]*width='200px' height='150px'/);
    expect(svg).toMatch(/<\/svg>$/);
    expect(svg).not.toContain("<rect");
  });

  it("draw carbon in the colour of the text, hetero atoms in their own", () => {
    const svg = chemistry.depict("CCO");
    expect(svg).toContain("currentColor");
    expect(svg).not.toContain("#000000");
    expect(svg).toContain("#DD3F3F");
  });

  it("draw elements without a colour of their own in the colour of the text", () => {
    const svg = chemistry.depict("C[SiH2]B[SeH]");
    expect(svg).toContain("currentColor");
    expect(svg).not.toMatch(/#[0-9A-F]{6}/i);
  });

  it("mark a substructure by a band beneath, wherever it is, and nothing else", () => {
    using query = chemistry.substructureQuery("C=O");
    const bands = (smiles: string) => query.depict(smiles).match(/<path class='bond[^>]*fill:#FFB24C/g) ?? [];
    expect([bands("CC=O").length, bands("O=CCC=O").length, bands("CCO").length]).toEqual([1, 2, 0]);
    expect(query.depict("CCO")).toBe(chemistry.depict("CCO"));
  });

  it.each(Object.entries(ATOM_COLOURS))("show element %s well on light and on dark", (_, colour) => {
    expect(contrast(colour, WHITE)).toBeGreaterThanOrEqual(MIN_CONTRAST);
    expect(contrast(colour, NEAR_BLACK)).toBeGreaterThanOrEqual(MIN_CONTRAST);
  });

  it("refuse an invalid SMILES by name", () => {
    expect(() => chemistry.depict("C1CC")).toThrow(DomainError);
    expect(() => chemistry.depict("C1CC")).toThrow(/unclosed ring/);
  });
});

describe("A molecule that is too large", () => {
  it.each([
    ["more heavy atoms than can be drawn", "C".repeat(251), /at most 250 heavy atoms, got 251/],
    ["a thousand atoms", "C".repeat(1000), /at most 250 heavy atoms, got 1000/],
    ["a SMILES that is too long", "[13CH2]".repeat(400), /at most 1000 are read/],
  ])("is refused without harm to the next: %s", (_, smiles, why) => {
    const refuse = () => chemistry.depict(smiles);
    expect(refuse).toThrow(DomainError);
    expect(refuse).toThrow(why);
    expect(chemistry.depict("CCO")).toContain("<svg");
  });

  it("is not refused for its hydrogens, and 250 heavy atoms are drawn", () => {
    expect(chemistry.depict("C([2H])".repeat(140))).toContain("<svg");
    expect(chemistry.depict(`${"C(".repeat(249)}C${")".repeat(249)}`)).toContain("<svg");
  });
});

describe("Refusals", () => {
  it.each(["C1".padEnd(200, "C"), `C\u001b[31m\u0007${"x".repeat(2000)}`, "C(".repeat(240)])(
    "show at most 80 printable characters of the SMILES",
    (smiles) => {
      const message = (() => {
        try {
          return chemistry.depict(smiles);
        } catch (error) {
          return String(error);
        }
      })();
      expect(message).toMatch(/Cannot draw/);
      expect(message).not.toContain(smiles.slice(0, 81));
      expect(message).not.toMatch(/[^\x20-\x7e…]/);
      expect(message.length).toBeLessThan(400);
    },
  );
});

describe("Molblocks", () => {
  it("are drawn in 2D and rewritten as V3000 with the same structure", async () => {
    const rdkit = await loadRdkit();
    const flat = chemistry.drawMolblock("C/C=C\\[C@H](N)O");
    const smilesOf = (block: string): string => {
      using mol = rdkit.get_mol(block)!;
      return mol.get_smiles();
    };
    expect(flat).toContain("V2000");
    expect(chemistry.molblockV3000(flat)).toContain("M  V30 BEGIN CTAB");
    expect(smilesOf(flat)).toBe(identity("C/C=C\\[C@H](N)O").canonicalSmiles);
    expect(smilesOf(chemistry.molblockV3000(flat))).toBe(smilesOf(flat));
  });

  it("keep the hydrogens of a conformer as V3000", () => {
    expect(chemistry.molblockV3000(conformer("O").molblock)).toContain("COUNTS 3 2");
  });

  it("that are none are refused", () =>
    expect(() => chemistry.molblockV3000("nonsense")).toThrow(DomainError));
});
