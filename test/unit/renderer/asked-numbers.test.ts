import { expect, it } from "vitest";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { askedNumbers } from "../../../src/renderer/src/features/search/asked-numbers.ts";

const ethanol = { logP: -0.0014, tpsa_angstrom2: 20.23, heavyAtoms: 3 } as Descriptors;

it("a hit tells the descriptors that were asked about, each once, with its unit", () => {
  const asked = ["tpsa_angstrom2", "verticalIonisation_hartree", "heavyAtoms", "tpsa_angstrom2"] as const;
  const ranges = asked.map((property) => ({ property }));
  expect(askedNumbers(ethanol, ranges)).toEqual(["TPSA 20.2 Å²", "Heavy atoms 3"]);
  expect(askedNumbers(ethanol, [])).toEqual([]);
  expect(askedNumbers(null, ranges)).toEqual([]);
});
