import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { openSync } from "fontkit";
import { describe, expect, it } from "vitest";
import { FACES, runsOf, withLetters } from "#core/export/letters.ts";

const facesOf = (text: string): string[] => runsOf(text).runs.map(({ font }) => font);
const textOf = (text: string): string =>
  runsOf(text)
    .runs.map((run) => run.text)
    .join("");

/** What people write in names, reasons and comments. */
const READABLE: [string, string, string[]][] = [
  ["plain text", "reads well", ["Roboto"]],
  ["accents of Europe", "Ærøskøbing, Łódź, Škoda, İzmir, œuvre, ß", ["Roboto"]],
  ["Greek", "β-naphthol Δν ΩΨ", ["Roboto"]],
  ["Cyrillic", "Растворимость проверена", ["Roboto"]],
  ["arrows", "A → B ⇌ C ↑", ["Roboto", "DejaVu", "Roboto", "DejaVu", "Roboto", "DejaVu"]],
  ["mathematics", "∂E/∂x ≈ ∑ ∞ ≤ √2 ∈ ⟨S²⟩", []],
  ["subscripts and superscripts", "H₂SO₄ Ca²⁺ ¹³C x⁻¹ₙ", []],
  ["Vietnamese", "Nguyễn Thị Hồng", []],
  ["Armenian and Georgian", "Հայերեն ქართული", []],
  ["Japanese", "溶解度は良好です。カタカナ", ["NotoJapanese"]],
  ["simplified Chinese", "简体汉语: 这个分子很稳定", []],
  ["traditional Chinese", "繁體中文：這個分子很穩定", []],
  ["places for a break", "カタカ\u200bナ CCO\u200bCCO 简体\u200b汉语", []],
  ["spaces of every width", "a\u00a0b\u3000漢\u3000字 \n字", []],
  ["Korean", "용해도가 좋습니다", []],
  ["full-width signs", "ＡＢＣ（１２３）！", []],
];

describe("letters of the report", () => {
  it.each(READABLE)("all have a font that draws them: %s", (_, text, faces) => {
    const { runs, replaced } = runsOf(text);
    expect(replaced).toBe(false);
    expect(textOf(text)).toBe(text.normalize("NFC"));
    if (faces.length > 0) expect(facesOf(text)).toEqual(faces);
    for (const run of runs)
      for (const file of Object.values(FACES[run.font]!)) {
        const font = openSync(file);
        for (const character of run.text)
          if (!/[\n\r\t]/.test(character))
            expect(font.hasGlyphForCodePoint(character.codePointAt(0)!), `${character} in ${file}`).toBe(
              true,
            );
      }
  });

  it.each([
    ["Arabic", "ok: مرحبا بالعالم", "ok: [Arabic] "],
    ["Hebrew", "שלום", "[Hebrew]"],
    ["Hindi", "नमस्ते", "[Devanagari]"],
    ["Thai", "สวัสดี!", "[Thai]!"],
    ["new emoji, joined and tinted", "🧪👩🏽‍🔬 fine", "[emoji] fine"],
    ["flags", "🇩🇪", "[emoji]"],
    ["a letter of a rare script", "\u{12000}", "[U+12000]"],
    ["a letter of one's own", "\ue000", "[U+E000]"],
    ["half a letter", "\ud800", "[U+D800]"],
    ["a control character", "a\u0007b", "a[U+0007]b"],
  ])("are named where none can draw them: %s", (_, text, expected) => {
    expect(textOf(text)).toBe(expected);
    expect(runsOf(text).replaced).toBe(true);
  });

  it.each([
    ["marks of direction", "a\u202e\u200f\u2066b", "ab"],
    ["soft hyphens and joiners", "so\u00adft\u200d", "soft"],
    ["variation selectors", "☃\ufe0f", "☃"],
    ["an accent by itself", "e\u0301", "é"],
    ["places for a break", "CCO\u200bCCO", "CCO\u200bCCO"],
  ])("draw nothing for %s", (_, text, expected) => {
    expect(textOf(text)).toBe(expected);
    expect(runsOf(text).replaced).toBe(false);
  });

  it("are found wherever a document holds text, and a note is added once where words stand for text", () => {
    const footer = (page: number) => ({ text: `→ ${page}` });
    const table = { table: { body: [[{ text: "名", bold: true }, "b"]] } };
    const plain = withLetters({ content: [table, { stack: ["→"] }, { text: ["x", { text: "→" }] }], footer });
    const text = JSON.stringify(plain.content);
    expect(text).toContain('{"text":[{"text":"名","font":"NotoJapanese"}],"bold":true}');
    expect(text.match(/DejaVu/g)).toHaveLength(2);
    expect(text).not.toContain("square brackets");
    expect(JSON.stringify((plain.footer as typeof footer)(3))).toContain("DejaVu");
    const numbers = { table: { body: [["→", 5, null]] } };
    expect(JSON.stringify(withLetters({ content: [numbers] as never }).content)).toContain(",5,null]");
    const noted = JSON.stringify(withLetters({ content: ["مرحبا", "שלום"] }).content);
    expect(noted.match(/square brackets/g)).toHaveLength(1);
  });
});

describe("the fonts", () => {
  it("are the files that their source names", () => {
    const folder = new URL("../../../../resources/fonts/", import.meta.url);
    const sums = readFileSync(new URL("SHA256SUMS", folder), "utf8").trim().split("\n");
    expect(sums).toHaveLength(5);
    for (const line of sums) {
      const [sum, name] = line.split(/\s+/) as [string, string];
      expect(
        createHash("sha256")
          .update(readFileSync(new URL(name, folder)))
          .digest("hex"),
        name,
      ).toBe(sum);
      expect(readFileSync(new URL("SOURCE", folder), "utf8")).toContain(name);
    }
  });
});
