import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const documents = [
  "README.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((name) => join("docs", name)),
].filter((name) => name.endsWith(".md"));

/** Targets of [text](target) within the project. */
const linked = (path: string): string[] =>
  [...readFileSync(path, "utf8").matchAll(/\]\(([^)#\s]+)[^)]*\)/g)]
    .map((match) => match[1] ?? "")
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(path), target));

/** Files that the README names in plain text. */
const named = [...readFileSync("README.md", "utf8").matchAll(/docs\/[\w/-]+\.(?:md|png)/g)].map(
  ([name]) => name,
);

describe("the documents", () => {
  it.each(documents)("%s links to files that are there", (path) => {
    expect(linked(path).filter((target) => !existsSync(target))).toEqual([]);
  });

  it("the README names files that are there", () => {
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((name) => !existsSync(name))).toEqual([]);
  });
});
