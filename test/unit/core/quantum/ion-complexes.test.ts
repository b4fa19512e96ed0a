import { expect, it } from "vitest";
import { isQuick } from "./chemistry-reference.ts";
import { ionComplexAgrees, ionComplexes } from "./reference-checks.ts";

it.each(ionComplexes.filter(isQuick))(
  "$id: $key agrees with an independent program in RHF, MP2 and CASCI",
  ionComplexAgrees,
);

it("the set is whole: five ligands, three ions, three basis sets, four calculations each", () => {
  expect(ionComplexes).toHaveLength(5 * 3 * 3 * 4);
});
