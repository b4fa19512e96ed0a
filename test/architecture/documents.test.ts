import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";

const documents = [
  "README.md",
  "CONTRIBUTING.md",
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

/** Folders that the tree of docs/architecture.md names: two spaces deeper is inside. */
function namedFolders(): string[] {
  const tree = readFileSync("docs/architecture.md", "utf8").split("```")[1] ?? "";
  const above: string[] = [];
  return tree.split("\n").flatMap((line) => {
    const [, indent, name] = line.match(/^( *)([\w/-]+)\/ /) ?? line.match(/^( *)([\w/-]+)\/$/) ?? [];
    if (indent === undefined || name === undefined) return [];
    above.length = indent.length / 2;
    above.push(name);
    return [above.join("/")];
  });
}

const foldersIn = (path: string): string[] =>
  readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => `${path}/${name}`);

/** What a heading is called in an address: lower case, hyphens for spaces. */
const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, "")
    .trim()
    .replaceAll(" ", "-");

it("CONTRIBUTING.md points at sections that are there", () => {
  const anchors = [...readFileSync("docs/architecture.md", "utf8").matchAll(/^#+ (.*)$/gm)].map(
    ([, text = ""]) => anchor(text),
  );
  const pointed = [...readFileSync("CONTRIBUTING.md", "utf8").matchAll(/architecture\.md#([\w-]+)/g)];
  expect(pointed.length).toBeGreaterThan(4);
  expect(pointed.map(([, name]) => name).filter((name) => !anchors.includes(name ?? ""))).toEqual([]);
});

describe("the tree in docs/architecture.md", () => {
  const folders = namedFolders();

  it("names folders that are there", () => {
    expect(folders.length).toBeGreaterThan(60);
    expect(folders.filter((name) => !existsSync(name))).toEqual([]);
  });

  it("names every folder of the rooms that it opens", () => {
    const opened = new Set(folders.map(dirname).filter((name) => name !== "."));
    const there = [...opened].filter((name) => name !== "src/renderer").flatMap(foldersIn);
    expect(
      there.filter((name) => !folders.includes(name) && !folders.some((f) => f.startsWith(`${name}/`))),
    ).toEqual([]);
  });
});
