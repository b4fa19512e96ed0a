import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** A file, an import planted in it, and whether the house allows it. */
const plants: [file: string, source: string, allowed: boolean][] = [
  ["src/shared/planted.ts", "node:fs", false],
  ["src/shared/planted.ts", "zod", true],
  ["src/shared/planted.ts", "#core/engine.ts", false],
  ["src/core/chemistry/planted.ts", "#core/notebook/file/database.ts", false],
  ["src/core/chemistry/planted.ts", "../quantum/evaluator.ts", false],
  ["src/core/chemistry/planted.ts", "node:fs", true],
  ["src/core/generation/planted.ts", "#core/chemistry/toolkit/identity.ts", true],
  ["src/core/generation/planted.ts", "../quantum/evaluator.ts", false],
  ["src/core/quantum/planted.ts", "better-sqlite3", false],
  ["src/core/quantum/planted.ts", "node:https", false],
  ["src/core/quantum/backends/planted.ts", "node:https", true],
  ["src/core/quantum/backends/planted.ts", "kysely", false],
  ["src/core/ranking/planted.ts", "#core/orchestration/campaign/runner.ts", false],
  ["src/core/notebook/planted.ts", "kysely", true],
  ["src/core/notebook/planted.ts", "#core/chemistry/toolkit/identity.ts", false],
  ["src/core/export/planted.ts", "#core/notebook/file/database.ts", false],
  ["src/core/orchestration/planted.ts", "#core/notebook/file/database.ts", true],
  ["src/core/orchestration/planted.ts", "kysely", false],
  ["src/core/orchestration/planted.ts", "#core/quantum/native/native.ts", false],
  ["src/core/orchestration/planted.ts", "#core/engine.ts", false],
  ["src/core/engine.ts", "@orpc/server", false],
  ["src/core/engine.ts", "electron", false],
  ["src/rpc/planted.ts", "@orpc/server", true],
  ["src/rpc/planted.ts", "electron", false],
  ["src/rpc/planted.ts", "#core/notebook/file/database.ts", false],
  ["src/rpc/planted.ts", "#core/engine-interface.ts", true],
  ["src/main/planted.ts", "electron", true],
  ["src/main/planted.ts", "#core/engine.ts", true],
  ["src/main/planted.ts", "#core/quantum/evaluate/evaluator.ts", false],
  ["src/main/planted.ts", "react", false],
  ["src/preload/planted.ts", "electron", true],
  ["src/preload/planted.ts", "#shared/errors.ts", false],
  ["src/cli/planted.ts", "#core/engine.ts", true],
  ["src/cli/planted.ts", "#core/files.ts", true],
  ["src/cli/planted.ts", "#core/notebook/file/database.ts", false],
  ["src/cli/planted.ts", "electron", false],
  ["src/webhost/planted.ts", "ws", true],
  ["src/webhost/planted.ts", "../core/notebook/database.ts", false],
  ["src/renderer/src/planted.ts", "react", true],
  ["src/renderer/src/planted.ts", "electron", false],
  ["src/renderer/src/planted.ts", "node:path", false],
  ["src/renderer/src/planted.ts", "../../core/engine.ts", false],
  ["src/renderer/src/features/planted.ts", "3dmol", false],
  ["src/renderer/src/components/molecule-3d/planted.ts", "3dmol", true],
];

/** Plants every import in a file of its own in an empty copy of the house and lints it: the refused files. */
function lintPlants(): Set<string> {
  const house = realpathSync(mkdtempSync(join(tmpdir(), "ansatz-import-rules-")));
  try {
    const rules = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(
      join(house, "biome.json"),
      JSON.stringify({ ...rules, $schema: undefined, vcs: undefined }),
    );
    plants.forEach(([, source], index) => {
      const path = join(house, plantedPath(index));
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, `import { planted } from "${source}";\n\nplanted();\n`);
    });
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        resolve("node_modules/@biomejs/biome/bin/biome"),
        ...["lint", "--only=style/noRestrictedImports", "--max-diagnostics=none", "--reporter=github", "src"],
      ],
      { cwd: house, encoding: "utf8" },
    );
    if (!stdout.includes("noRestrictedImports")) throw new Error(`biome judged nothing: ${stdout}${stderr}`);
    return new Set([...stdout.matchAll(/file=([^,]+)/g)].map((match) => relative(house, match[1] ?? "")));
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

/** The rule for src/core/*.ts is about files that stand there, so those keep their folder; the name is numbered. */
const plantedPath = (index: number) => `${dirname(plants[index]?.[0] ?? "")}/planted-${index}.ts`;

describe("the import rules of the house", () => {
  const refused = lintPlants();
  it.each(plants.map((plant, index) => [...plant, index] as const))(
    "%s importing %s is allowed: %s",
    (_file, _source, allowed, index) => {
      expect(!refused.has(plantedPath(index))).toBe(allowed);
    },
  );
});
