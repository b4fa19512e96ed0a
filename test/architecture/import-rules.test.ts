import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readRules, readSources, violations } from "../../scripts/import-rules.ts";

const rules = readRules(readFileSync("docs/architecture.md", "utf8"));

/** A file, an import planted in it, and whether the house allows it. */
const plants: [file: string, source: string, allowed: boolean][] = [
  ["shared/planted.ts", "node:fs", false],
  ["shared/planted.ts", "zod", true],
  ["shared/planted.ts", "#core/engine.ts", false],
  ["core/chemistry/planted.ts", "#core/notebook/file/database.ts", false],
  ["core/chemistry/planted.ts", "../quantum/evaluate/evaluator.ts", false],
  ["core/chemistry/planted.ts", "node:fs", true],
  ["core/chemistry/shape/planted.ts", "../../quantum/evaluate/evaluator.ts", false],
  ["core/chemistry/shape/planted.ts", "#shared/quantum/vqe.ts", true],
  ["core/generation/planted.ts", "#core/chemistry/toolkit/identity.ts", true],
  ["core/generation/planted.ts", "../quantum/evaluate/evaluator.ts", false],
  ["core/quantum/planted.ts", "better-sqlite3", false],
  ["core/quantum/planted.ts", "node:https", false],
  ["core/quantum/backends/planted.ts", "node:https", true],
  ["core/quantum/backends/planted.ts", "kysely", false],
  ["core/ranking/planted.ts", "#core/orchestration/campaign/runner.ts", false],
  ["core/ranking/planted.ts", "node:fs", false],
  ["core/notebook/planted.ts", "kysely", true],
  ["core/notebook/planted.ts", "#core/chemistry/toolkit/identity.ts", false],
  ["core/export/planted.ts", "#core/notebook/file/database.ts", false],
  ["core/orchestration/planted.ts", "#core/notebook/file/database.ts", true],
  ["core/orchestration/planted.ts", "kysely", false],
  ["core/orchestration/planted.ts", "#core/quantum/native/native.ts", false],
  ["core/orchestration/planted.ts", "#core/engine.ts", false],
  ["core/engine.ts", "@orpc/server", false],
  ["core/engine.ts", "electron", false],
  ["rpc/planted.ts", "@orpc/server", true],
  ["rpc/planted.ts", "electron", false],
  ["rpc/planted.ts", "#core/notebook/file/database.ts", false],
  ["rpc/planted.ts", "#shared/contract/contract.ts", true],
  ["main/planted.ts", "electron", true],
  ["main/planted.ts", "#core/shelf.ts", true],
  ["main/planted.ts", "#core/quantum/evaluate/evaluator.ts", false],
  ["main/planted.ts", "react", false],
  ["preload/planted.ts", "electron", true],
  ["preload/planted.ts", "#shared/errors.ts", false],
  ["cli/planted.ts", "#core/engine.ts", true],
  ["cli/planted.ts", "#core/files.ts", true],
  ["cli/planted.ts", "#core/notebook/file/database.ts", false],
  ["cli/planted.ts", "electron", false],
  ["webhost/planted.ts", "ws", true],
  ["webhost/planted.ts", "../core/notebook/file/database.ts", false],
  ["renderer/src/planted.ts", "react", true],
  ["renderer/src/planted.ts", "electron", false],
  ["renderer/src/planted.ts", "node:path", false],
  ["renderer/src/planted.ts", "../../core/engine.ts", false],
  ["renderer/src/features/planted.ts", "3dmol", false],
  ["renderer/src/components/molecule-3d/planted.ts", "3dmol", true],
  ["nowhere/planted.ts", "zod", false],
];

const refused = (file: string, source: string) =>
  violations(new Map([[file, `import { planted } from "${source}";\n`]]), rules).length > 0;

describe("the import rules of the house", () => {
  it.each(plants)("%s importing %s is allowed: %s", (file, source, allowed) => {
    expect(!refused(file, source)).toBe(allowed);
  });

  it("every import of the house is allowed", () => {
    expect(violations(readSources("src"), rules)).toEqual([]);
  });

  it.each([
    'import type { B } from "../b/b.ts";',
    'export { b } from "../b/b.ts";',
    'const b = await import("../b/b.ts");',
    'const entry = new URL("../b/b.ts", import.meta.url);',
    'import {\n  b,\n} from "../b/b.ts";',
  ])("folders that import each other in a circle are refused: %s", (source) => {
    const back = 'import { a } from "../a/a.ts";';
    const circle = new Map([
      ["renderer/src/features/a/a.ts", source],
      ["renderer/src/features/b/b.ts", back],
    ]);
    expect(violations(circle, rules).map(({ message }) => message)).toEqual([
      "the folders renderer/src/features/a and renderer/src/features/b import each other in a circle",
      "the folders renderer/src/features/b and renderer/src/features/a import each other in a circle",
    ]);
    circle.delete("renderer/src/features/b/b.ts");
    expect(violations(circle, rules)).toEqual([]);
  });
});
