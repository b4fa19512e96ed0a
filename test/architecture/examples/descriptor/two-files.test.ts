import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyHouse, type House } from "../copied-house.ts";
import { entry, id, value } from "./heteroatoms.ts";

/** The two files of a new descriptor, and before which line it is put in. */
const CHANGES = [
  ["src/shared/molecule/descriptors.ts", "} as const satisfies Record<string, DescriptorEntry>;", entry],
  ["src/core/chemistry/descriptors/values.ts", "};\n", value],
] as const;

let house: House;
beforeAll(() => {
  house = copyHouse("descriptor");
});
afterAll(() => house[Symbol.dispose]());

function put(file: string, before: string, what: object): void {
  const path = join(house.path, file);
  const text = readFileSync(path, "utf8");
  const place = text.lastIndexOf(before);
  if (place < 0) throw new Error(`${file} has no line ${before}`);
  const code = typeof what === "function" ? String(what) : JSON.stringify(what);
  writeFileSync(path, `${text.slice(0, place)}  ${id}: ${code},\n${text.slice(place)}`);
}

it("a descriptor in the table alone is missed where values are computed and nowhere else; with both nothing is missing", () => {
  const [table, values] = CHANGES;
  put(...table);
  const missing = house.typeErrors("node");
  expect(missing.match(/^\S+(?=\(.*error TS)/gm)).toEqual([values[0]]);
  expect(missing).toContain(`'${id}' is missing`);
  put(...values);
  expect(house.typeErrors("node") + house.typeErrors("web")).toBe("");
});
