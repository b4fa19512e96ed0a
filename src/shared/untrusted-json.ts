/** JSON that anyone may have written: refused before it is read where it would take gigabytes. */

/** Deeper than anything that is written here; each level costs JavaScript some hundred bytes for one byte of text. */
const MAX_DEPTH = 100;

/** 32 MiB: the links of an export of some 300,000 candidates. */
const MAX_JSON_LENGTH: number = 32 * 2 ** 20;

const QUOTE = 34;
const ESCAPE = 92;
/** `[` and `{`; `]` and `}`. */
const OPENING: readonly number[] = [91, 123];
const CLOSING: readonly number[] = [93, 125];

function requireShallow(text: string): void {
  let depth = 0;
  let isText = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isText && code === ESCAPE) at++;
    else if (code === QUOTE) isText = !isText;
    else if (isText) continue;
    else if (CLOSING.includes(code)) depth--;
    else if (OPENING.includes(code) && ++depth > MAX_DEPTH)
      throw new Error(`it is nested more than ${MAX_DEPTH} times`);
  }
}

/** The end of a text that begins with the quote at a place. */
function endOfText(text: string, from: number): number {
  let at = from + 1;
  while (text.charCodeAt(at) !== QUOTE) at += text.charCodeAt(at) === ESCAPE ? 2 : 1;
  return at;
}

/** Refuses what JSON.parse leaves out without a word. @param text that it has read */
function requireEachOnce(text: string): void {
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (OPENING.includes(code)) open.push(new Set());
    else if (CLOSING.includes(code)) open.pop();
    if (code !== QUOTE) continue;
    const end = endOfText(text, at);
    const isName = /^\s*:/.test(text.slice(end + 1, end + 100));
    const name = isName ? String(JSON.parse(text.slice(at, end + 1))) : "";
    const names = open.at(-1);
    if (isName && names?.has(name)) throw new Error(`"${name.slice(0, 60)}" twice in one object`);
    if (name === "__proto__") throw new Error('a member "__proto__", which JavaScript uses itself');
    if (isName) names?.add(name);
    at = end;
  }
}

/** What a person wrote, where a name that stands twice is a slip. @throws Error as parseUntrustedJson */
export function parseWrittenJson(text: string): unknown {
  const parsed = parseUntrustedJson(text);
  requireEachOnce(text);
  return parsed;
}

/**
 * @param maxLength in UTF-16 code units
 * @throws Error in words that go on after a name: "… it is nested more than 100 times"
 */
export function parseUntrustedJson(text: string, maxLength: number = MAX_JSON_LENGTH): unknown {
  if (text.length > maxLength)
    throw new Error(`it is ${text.length} characters long, expected at most ${maxLength}`);
  requireShallow(text);
  return JSON.parse(text.replace(/^\uFEFF/, ""));
}
