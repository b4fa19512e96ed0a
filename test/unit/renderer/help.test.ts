import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { APP_COMMANDS } from "#shared/host/commands.ts";
import { findHelp, lineFound } from "../../../src/renderer/src/features/help/find-help.ts";
import { HELP_PAGES } from "../../../src/renderer/src/features/help/pages.ts";
import {
  type HelpBlock,
  type HelpSpan,
  plainText,
  readMarkdown,
  readSpans,
} from "../../../src/renderer/src/features/help/read-markdown.ts";

const found = (text: string): string[] => findHelp(HELP_PAGES, text).map(({ id }) => id);
const spansOf = (block: HelpBlock): HelpSpan[] => (block.kind === "list" ? block.items.flat() : block.spans);
const spans = HELP_PAGES.flatMap(({ blocks }) => blocks.flatMap(spansOf));

describe("a page of the help", () => {
  it("is read into a title, headings, lists and lines with what stands in them", () => {
    expect(readMarkdown("# A\n\nOne **b** and `c`.\n\n## H\n\n- x\n- y _z_\n\nEnd")).toEqual([
      { kind: "title", spans: [{ kind: "text", text: "A" }] },
      {
        kind: "paragraph",
        spans: [
          { kind: "text", text: "One " },
          { kind: "strong", text: "b" },
          { kind: "text", text: " and " },
          { kind: "code", text: "c" },
          { kind: "text", text: "." },
        ],
      },
      { kind: "heading", spans: [{ kind: "text", text: "H" }] },
      {
        kind: "list",
        items: [
          [{ kind: "text", text: "x" }],
          [
            { kind: "text", text: "y " },
            { kind: "emphasis", text: "z" },
          ],
        ],
      },
      { kind: "paragraph", spans: [{ kind: "text", text: "End" }] },
    ]);
    expect(readSpans("6-31G\\* and [ranks](ranks)")).toEqual([
      { kind: "text", text: "6-31G* and " },
      { kind: "link", text: "ranks", to: "ranks" },
    ]);
    expect(readSpans("a_b and _c_, d_e")).toEqual([
      { kind: "text", text: "a_b and " },
      { kind: "emphasis", text: "c" },
      { kind: "text", text: ", d_e" },
    ]);
    expect(readSpans("<b>x</b>")).toEqual([{ kind: "text", text: "<b>x</b>" }]);
  });

  it("leaves no marks unread, and its links lead to pages", () => {
    const ids = HELP_PAGES.map(({ id }) => id);
    for (const span of spans) {
      if (span.kind === "link") expect(ids).toContain(span.to);
      // In code a star is part of a name.
      else if (span.kind !== "code") expect(span.text).not.toMatch(/\*\*|`|\]\(|^#|\\|(?<!\w)_|_(?!\w)/);
    }
  });

  it("is in the list, and each of the list is a file", () => {
    const files = readdirSync("src/renderer/src/features/help/pages").map((file) => file.replace(".md", ""));
    expect(HELP_PAGES.map(({ id }) => id).sort()).toEqual(files.sort());
    expect(new Set(HELP_PAGES.map(({ title }) => title)).size).toBe(HELP_PAGES.length);
  });

  it("calls commands as the list of commands does", () => {
    const titles: string[] = APP_COMMANDS.map(({ title }) => title);
    expect(titles).toContain("Make a sample notebook");
    expect(spans.map(({ text }) => text)).toContain("Make a sample notebook");
  });
});

describe("the search of the help", () => {
  it.each([
    ["undecided", "ranks"],
    ["error bars", "ranks"],
    ["confidence interval", "ranks"],
    ["what does VQE add", "quantum"],
    ["backup", "data"],
    ["telemetry", "privacy"],
    ["leaves the mach", "privacy"],
    ["PDF", "export"],
    ["DFT", "calculate"],
    ["braket", "devices"],
    ["keyboard", "review"],
    ["did not converge", "failures"],
    ["csv upload", "own-molecules"],
    ["substructure", "search"],
    ["pareto", "plots"],
    ["demo", "start"],
    ["rung", "campaigns"],
  ])("for %s finds first the page %s", (text, id) => {
    expect(found(text)[0]).toBe(id);
  });

  it("finds all where nothing is asked, and none where a word is nowhere", () => {
    expect(found(" ")).toEqual(HELP_PAGES.map(({ id }) => id));
    expect(found("rank zzzz")).toEqual([]);
  });

  it("shows a line that has a word", () => {
    const page = HELP_PAGES.find(({ id }) => id === "export")!;
    expect(lineFound(page, "hash")).toMatch(/with the hash of the file/);
    expect(lineFound(page, "")).toBeUndefined();
    expect(plainText(readSpans("a **b**"))).toBe("a b");
  });
});
