import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyHouse, type House } from "../copied-house.ts";
import { ENTRIES } from "./entries.ts";

let house: House;
beforeAll(() => {
  house = copyHouse("driver");
});
afterAll(() => house[Symbol.dispose]());

function put([file, before, entry]: (typeof ENTRIES)[number]): void {
  const path = join(house.path, file);
  const text = readFileSync(path, "utf8");
  const place = text.lastIndexOf(before);
  if (place < 0) throw new Error(`${file} has no ${before}`);
  writeFileSync(path, `${text.slice(0, place)}${entry}${text.slice(place)}`);
}
const here = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

it("a provider is a driver, a server and entries of the tables that the compiler names and docs/backends.md lists", () => {
  const [declaration, ...entries] = ENTRIES;
  put(declaration);
  const named = new Set(house.typeErrors("node").match(/^\S+(?=\(.*error TS)/gm));
  const errors = "src/core/quantum/backends/provider-errors.ts";
  expect([...named].sort()).toEqual(
    [...new Set(entries.map(([file]) => file))].filter((one) => one !== errors).sort(),
  );
  copyFileSync(here("./abacus.ts"), join(house.path, "src/core/quantum/backends/abacus.ts"));
  const server = readFileSync(here("./abacus-server.ts"), "utf8").replaceAll(
    "../../../../src/qpu-server",
    ".",
  );
  writeFileSync(join(house.path, "src/qpu-server/abacus-server.ts"), server);
  for (const entry of entries) put(entry);
  expect(house.typeErrors("node") + house.typeErrors("web")).toBe("");
  const steps = readFileSync("docs/backends.md", "utf8").split("## Add a provider")[1] ?? "";
  for (const [file] of ENTRIES) expect(steps).toContain(file.split("/").at(-1));
});
