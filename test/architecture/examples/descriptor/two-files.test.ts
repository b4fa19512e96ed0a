import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { entry, id, value } from "./heteroatoms.ts";

/** The two files of a new descriptor, and before which line it is put in. */
const CHANGES = [
  ["src/shared/molecule/descriptors.ts", "} as const satisfies Record<string, DescriptorEntry>;", entry],
  ["src/core/chemistry/descriptors/values.ts", "};\n", value],
] as const;

/** Sources without their tests, as the two configurations of the compiler see them. */
const ROOMS = {
  node: ["core", "rpc", "main", "cli", "webhost"].map((room) => `src/${room}`),
  web: ["src/renderer", "src/preload"],
};

let house: string;

beforeAll(() => {
  house = realpathSync(mkdtempSync(join(tmpdir(), "ansatz-descriptor-")));
  for (const name of ["src", "package.json", "tsconfig.json", "tsconfig.web.json"]) {
    cpSync(name, join(house, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(house, "node_modules"));
  for (const [name, include] of Object.entries(ROOMS)) {
    writeFileSync(
      join(house, `${name}.json`),
      JSON.stringify({ extends: `./tsconfig${name === "web" ? ".web" : ""}.json`, include }),
    );
  }
});
afterAll(() => rmSync(house, { recursive: true }));

function put(file: string, before: string, what: object): void {
  const text = readFileSync(file, "utf8");
  const place = text.lastIndexOf(before);
  if (place < 0) throw new Error(`${file} has no line ${before}`);
  const code = typeof what === "function" ? String(what) : JSON.stringify(what);
  writeFileSync(file, `${text.slice(0, place)}  ${id}: ${code},\n${text.slice(place)}`);
}

function typeErrors(rooms: keyof typeof ROOMS): string {
  const compiler = resolve("node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", `${rooms}.json`], {
    cwd: house,
    encoding: "utf8",
  });
  return stdout + stderr;
}

it("a descriptor in the table alone is missed where values are computed and nowhere else; with both nothing is missing", () => {
  const [table, values] = CHANGES;
  put(join(house, table[0]), table[1], table[2]);
  const missing = typeErrors("node");
  expect(missing.match(/^\S+(?=\(.*error TS)/gm)).toEqual([values[0]]);
  expect(missing).toContain(`'${id}' is missing`);
  put(join(house, values[0]), values[1], values[2]);
  expect(typeErrors("node") + typeErrors("web")).toBe("");
});
