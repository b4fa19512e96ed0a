/** As much of Markdown as the help is written in: headings, paragraphs and lists of a line each, and what stands within a line. */

export type HelpSpan =
  | { kind: "text" | "strong" | "emphasis" | "code"; text: string }
  /** to: the id of a page. */
  | { kind: "link"; text: string; to: string };

export type HelpBlock =
  | { kind: "title" | "heading" | "paragraph"; spans: HelpSpan[] }
  | { kind: "list"; items: HelpSpan[][] };

const SPAN =
  /\*\*(?<strong>[^*]+)\*\*|(?<!\w)_(?<emphasis>[^_]+)_(?!\w)|`(?<code>[^`]+)`|\[(?<link>[^\]]+)\]\((?<to>[\w-]+)\)/g;

const unescaped = (text: string): string => text.replaceAll("\\*", "*");

/** What stands within a line; a star after a backslash is a star. */
export function readSpans(line: string): HelpSpan[] {
  const spans: HelpSpan[] = [];
  let at = 0;
  const take = (end: number) => {
    if (end > at) spans.push({ kind: "text", text: unescaped(line.slice(at, end)) });
  };
  for (const match of line.matchAll(SPAN)) {
    const { strong, emphasis, code, link, to } = match.groups ?? {};
    take(match.index);
    at = match.index + match[0].length;
    if (link !== undefined && to !== undefined) spans.push({ kind: "link", text: link, to });
    else if (strong !== undefined) spans.push({ kind: "strong", text: strong });
    else if (emphasis !== undefined) spans.push({ kind: "emphasis", text: emphasis });
    else if (code !== undefined) spans.push({ kind: "code", text: code });
  }
  take(line.length);
  return spans;
}

export function readMarkdown(text: string): HelpBlock[] {
  const blocks: HelpBlock[] = [];
  for (const line of text.split("\n").filter((one) => one.trim() !== "")) {
    const last = blocks.at(-1);
    if (line.startsWith("# ")) blocks.push({ kind: "title", spans: readSpans(line.slice(2)) });
    else if (line.startsWith("## ")) blocks.push({ kind: "heading", spans: readSpans(line.slice(3)) });
    else if (!line.startsWith("- ")) blocks.push({ kind: "paragraph", spans: readSpans(line) });
    else if (last?.kind === "list") last.items.push(readSpans(line.slice(2)));
    else blocks.push({ kind: "list", items: [readSpans(line.slice(2))] });
  }
  return blocks;
}

/** The words without what they are set in. */
export const plainText = (spans: readonly HelpSpan[]): string => spans.map(({ text }) => text).join("");
