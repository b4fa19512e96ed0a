import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";

/** Lints two files of an empty house under the house's own configuration; what Biome says. */
function lint(files: Record<string, string>): string {
  const house = realpathSync(mkdtempSync(join(tmpdir(), "ansatz-cycles-")));
  try {
    const configuration = JSON.parse(readFileSync("biome.json", "utf8"));
    writeFileSync(
      join(house, "biome.json"),
      JSON.stringify({ ...configuration, $schema: undefined, vcs: undefined, files: undefined }),
    );
    for (const [name, text] of Object.entries(files)) writeFileSync(join(house, name), text);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        resolve("node_modules/@biomejs/biome/bin/biome"),
        "lint",
        "--only=suspicious/noImportCycles",
        "--reporter=github",
        ".",
      ],
      { cwd: house, encoding: "utf8" },
    );
    return `${stdout}${stderr}`;
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}

const b = 'import type { A } from "./a.ts";\n\nexport type B = A[];\n';

describe("imports in a circle", () => {
  it("are refused, types included", () => {
    const said = lint({ "a.ts": 'import type { B } from "./b.ts";\n\nexport type A = B | 1;\n', "b.ts": b });
    expect(said).toContain("noImportCycles");
  });

  it("are not seen where there is none", () => {
    expect(lint({ "a.ts": "export type A = 1;\n", "b.ts": b })).not.toContain("noImportCycles");
  });
});
