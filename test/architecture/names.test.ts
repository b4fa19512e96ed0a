/** One word, one meaning: what two modules export under one name is found twice and taken for the same. */
import { describe, expect, it } from "vitest";
import { readSources } from "../../scripts/import-rules.ts";

const DECLARED =
  /^export (?:declare )?(?:abstract )?(?:async )?(?:function\*?|class|interface|type|enum|const|let) (\w+)/gm;
/** `export { a, b as c, type D }` and `export const { a, b } =`. */
const LISTED = /^export (?:type |const )?\{([^}]*)\}/gm;

function exportedNames(source: string): Set<string> {
  const declared = [...source.matchAll(DECLARED)].map(([, name = ""]) => name);
  const listed = [...source.matchAll(LISTED)].flatMap(([, list = ""]) => list.split(","));
  return new Set([...declared, ...listed.map((item) => item.match(/(\w+)\s*$/)?.[1] ?? "")].filter(Boolean));
}

/** Names that two or more modules export, with the modules. */
function sharedNames(sources: ReadonlyMap<string, string>): Map<string, string[]> {
  const modules = new Map<string, string[]>();
  for (const [file, source] of sources) {
    for (const name of exportedNames(source)) modules.set(name, [...(modules.get(name) ?? []), file]);
  }
  return new Map([...modules].filter(([, files]) => files.length > 1));
}

describe("a name that is exported", () => {
  it("is exported by one module of the house", () => {
    const sources = readSources("src");
    expect([...sources.values()].flatMap((source) => [...exportedNames(source)]).length).toBeGreaterThan(
      1000,
    );
    expect([...sharedNames(sources)]).toEqual([]);
  });

  it.each([
    "export const twice = 1;",
    "export async function twice() {}",
    "export interface twice {}",
    "export type twice<T> = T[];",
    "export class twice {}",
    "const once = 1;\nexport { once as twice };",
    'export { type twice } from "./a.ts";',
    "export const {\n  once,\n  twice,\n} = pair;",
  ])("is refused a second time: %s", (source) => {
    const planted = new Map([
      ["a.ts", "export const twice = 1;"],
      ["b.ts", source],
    ]);
    expect([...sharedNames(planted).keys()]).toEqual(["twice"]);
  });
});
