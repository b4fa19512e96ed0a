import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { copyHouse, type House } from "../copied-house.ts";

let house: House;
beforeAll(() => {
  house = copyHouse("property");
});
afterAll(() => house[Symbol.dispose]());

/** The toy's file is cut in two, as its two rooms would have it. */
const source = readFileSync(new URL("./spin-gap.ts", import.meta.url), "utf8");
const cut = source.indexOf("export const spinGapProtocol");
const imports = (wanted: RegExp): string =>
  source
    .split("\n")
    .filter((line) => line.startsWith("import") && wanted.test(line))
    .join("\n");

function replace(file: string, before: string, after: string): void {
  const path = join(house.path, file);
  const text = readFileSync(path, "utf8");
  if (!text.includes(before)) throw new Error(`${file} has no ${before}`);
  writeFileSync(path, text.replace(before, after));
}

const SHARED = "src/shared/properties";
const QUANTUM = "src/core/quantum/properties";

it("a property is its declaration and its protocol, each with a line in a registry; the compiler asks for the second", () => {
  const declaration = source.slice(source.indexOf("export const spinGap ="), cut);
  writeFileSync(join(house.path, SHARED, "spin-gap.ts"), `${imports(/zod|property\.ts/)}\n${declaration}`);
  replace(`${SHARED}/registry.ts`, "verticalIonisationEnergy,", "verticalIonisationEnergy, spinGap,");
  appendFileSync(join(house.path, SHARED, "registry.ts"), 'import { spinGap } from "./spin-gap.ts";\n');
  const missing = house.typeErrors("node");
  expect(missing.match(/^\S+(?=\(.*error TS)/gm)).toEqual([`${QUANTUM}/registry.ts`]);
  expect(missing).toContain("'\"spin-gap\"' is missing");

  writeFileSync(
    join(house.path, QUANTUM, "spin-gap.ts"),
    `${imports(/protocol\.ts|conclude\.ts|state-result/)}\n${source.slice(cut)}`,
  );
  replace(`${QUANTUM}/registry.ts`, "\n};", '\n  "spin-gap": spinGapProtocol,\n};');
  appendFileSync(
    join(house.path, QUANTUM, "registry.ts"),
    'import { spinGapProtocol } from "./spin-gap.ts";\n',
  );
  expect(house.typeErrors("node") + house.typeErrors("web")).toBe("");
});
