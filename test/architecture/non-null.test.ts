/** `!` silences the compiler: a reader must see why it is right. */
import { describe, expect, it } from "vitest";
import { readSources } from "../../scripts/import-rules.ts";

/** After a name, a call or a fixed index; after any other index a loop, a length or a shape bounds it, as CONTRIBUTING.md says. */
const NEEDS_REASON = /(?:[\w)]|\[\d+\])!(?=[)\]}.,;:?[]|\s[^=]|\s*$)/;
const COMMENT = /\/\/|^\s*(?:\/?\*|\*)/;

/** Lines with a `!` that has no comment on its line, above its statement or above its function. */
function unexplained(file: string, source: string): string[] {
  const lines = source.split("\n");
  return lines.flatMap((line, k) => {
    const code = line.replace(/"(?:[^"\\]|\\.)*"|`[^`$]*`|\/(?![/*])(?:[^/\\\n]|\\.)+\/[gimsu]*/g, '""');
    if (/^\s*(?:\/\/|\/?\*)/.test(line) || !NEEDS_REASON.test(code.replace(/\/\/.*/, ""))) return [];
    const isExplained = [line, lines[k - 1], lines[k - 2]].some(
      (near) => near !== undefined && COMMENT.test(near),
    );
    return isExplained ? [] : [`${file}:${k + 1}: ${line.trim()}`];
  });
}

describe("a non-null assertion", () => {
  it("says why where no loop, length or shape bounds an index", () => {
    expect([...readSources("src")].flatMap(([file, source]) => unexplained(file, source))).toEqual([]);
  });

  it.each([
    ["const a = found.get(key)!;", true],
    ["const a = b!.c;", true],
    ["const first = rows[0]!;", true],
    ["// Every key was set above.\nconst a = found.get(key)!;", false],
    ["const a = found.get(key)!; // set above", false],
    ["for (let i = 0; i < n; i++) sum += a[i]!;", false],
    ["if (a !== b) return !c;", false],
    ['const text = "here!";', false],
  ])("%s is refused: %s", (source, isRefused) => {
    expect(unexplained("planted.ts", source).length > 0).toBe(isRefused);
  });
});
