/** Which font has a letter: the report's own, else one that has it, else a word in brackets; never an empty box. */
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { type Font, openSync } from "fontkit";
import type { Content, TDocumentDefinitions } from "pdfmake/interfaces.js";

const { resolve } = createRequire(import.meta.url);
const roboto = (style: string): string => resolve(`pdfmake/fonts/Roboto/Roboto-${style}.ttf`);
const ours = (file: string): string =>
  fileURLToPath(new URL(`../../../resources/fonts/${file}`, import.meta.url));

interface Face {
  normal: string;
  bold: string;
  italics: string;
  bolditalics: string;
}

const inOneStyle = (path: string): Face => ({ normal: path, bold: path, italics: path, bolditalics: path });

/** In the order in which they are asked; Han characters are shared, and the first that has one draws it. */
export const FACES: Readonly<Record<string, Face>> = {
  Roboto: {
    normal: roboto("Regular"),
    bold: roboto("Medium"),
    italics: roboto("Italic"),
    bolditalics: roboto("MediumItalic"),
  },
  DejaVu: inOneStyle(ours("dejavu-sans.ttf")),
  NotoJapanese: inOneStyle(ours("noto-sans-jp.woff")),
  NotoSimplified: inOneStyle(ours("noto-sans-sc.woff")),
  NotoTraditional: inOneStyle(ours("noto-sans-tc.woff")),
  NotoKorean: inOneStyle(ours("noto-sans-kr.woff")),
};
const BODY_FACE = "Roboto";

const open = new Map<string, Font>();
function fontOf(face: string): Font {
  const known = open.get(face);
  if (known) return known;
  const font = openSync(FACES[face]!.normal);
  open.set(face, font);
  return font;
}

/** Scripts of which a letter alone cannot be set: read from the right, or joined and stacked by rules. */
const SCRIPTS_IN_WORDS = [
  ...[
    "Arabic",
    "Hebrew",
    "Syriac",
    "Thaana",
    "Nko",
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Oriya",
  ],
  ...["Tamil", "Telugu", "Kannada", "Malayalam", "Sinhala", "Thai", "Lao", "Tibetan", "Myanmar", "Khmer"],
  ...["Mongolian", "Ethiopic", "Cherokee"],
].map((name) => ({ name, has: new RegExp(`\\p{Script=${name}}`, "u") }));

/** Characters come of iterating over a text: none is empty. */
const codePointOf = (character: string): number => character.codePointAt(0)!;

/** What stands for a character that is not drawn. */
function wordFor(character: string): string {
  const script = SCRIPTS_IN_WORDS.find(({ has }) => has.test(character));
  if (script) return `[${script.name}]`;
  if (/\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}/u.test(character))
    return "[emoji]";
  return `[U+${codePointOf(character).toString(16).toUpperCase().padStart(4, "0")}]`;
}

/** Joiners, variation selectors and marks of direction draw nothing; of them only the place for a break is kept. */
const isInvisible = (character: string): boolean =>
  character !== "\u200b" && /[\p{Default_Ignorable_Code_Point}\u200e\u200f\ufeff]/u.test(character);
const isLineBreak = (character: string): boolean => /[\n\r\t]/.test(character);
const isSpace = (character: string): boolean => /[\s\u200b]/u.test(character);
const has = (face: string, character: string): boolean =>
  fontOf(face).hasGlyphForCodePoint(codePointOf(character));

function faceOf(character: string): string | undefined {
  if (/\p{Cc}/u.test(character) || SCRIPTS_IN_WORDS.some(({ has }) => has.test(character))) return undefined;
  return Object.keys(FACES).find((face) => has(face, character));
}

/** A piece of text in one font. */
export interface Run {
  text: string;
  font: string;
}

/**
 * Divides a text by the fonts that have its letters.
 *
 * @returns the runs in order, and whether a word had to stand for what no font can set.
 */
export function runsOf(text: string): { runs: Run[]; replaced: boolean } {
  const runs: Run[] = [];
  let replaced = false;
  let lastWord = "";
  const add = (piece: string, font: string) => {
    const last = runs.at(-1);
    if (last?.font === font) last.text += piece;
    else runs.push({ text: piece, font });
  };
  // A letter and the accent that follows it are one where a font has both as one.
  for (const character of text.normalize("NFC")) {
    if (isInvisible(character)) continue;
    if (isSpace(character)) {
      const font = [runs.at(-1)?.font ?? BODY_FACE, ...Object.keys(FACES)].find((face) =>
        has(face, character),
      );
      // A space that no font has is still a space.
      add(font || isLineBreak(character) ? character : " ", font ?? BODY_FACE);
      continue;
    }
    const face = faceOf(character);
    const word = face ? "" : wordFor(character);
    if (face) add(character, face);
    else {
      replaced = true;
      const goesOn = word === lastWord;
      if (!goesOn) add(word, BODY_FACE);
    }
    lastWord = word;
  }
  return { runs, replaced };
}

const NOTE =
  "Words in square brackets, such as [Arabic] or [emoji], stand for text that this report has no letters for. The CSV export holds it as it was written.";

type Node = Record<string, unknown>;

/** The same document with every text divided by font; with a note at its end where words stand for text. */
export function withLetters(definition: TDocumentDefinitions): TDocumentDefinitions {
  let anyReplaced = false;
  const divide = (text: string): string | Run[] => {
    const { runs, replaced } = runsOf(text);
    anyReplaced ||= replaced;
    return runs.length === 1 && runs[0]?.font === BODY_FACE ? runs[0].text : runs;
  };
  const set = (node: unknown): unknown => {
    if (typeof node === "string") {
      const divided = divide(node);
      return typeof divided === "string" ? divided : { text: divided };
    }
    if (Array.isArray(node)) return node.map(set);
    if (typeof node !== "object" || node === null) return node;
    const { text, stack, columns, table } = node as Node & { table?: Node };
    return {
      ...node,
      ...(text !== undefined && { text: typeof text === "string" ? divide(text) : set(text) }),
      ...(stack !== undefined && { stack: set(stack) }),
      ...(columns !== undefined && { columns: set(columns) }),
      ...(table !== undefined && { table: { ...table, body: set(table.body) } }),
    };
  };
  const { footer } = definition;
  const content = set(definition.content) as Content[];
  return {
    ...definition,
    content: anyReplaced ? [...content, { text: NOTE, margin: [0, 12, 0, 0], color: "#666666" }] : content,
    ...(typeof footer === "function" && {
      footer: (...page: Parameters<typeof footer>) => set(footer(...page)) as Content,
    }),
  };
}
