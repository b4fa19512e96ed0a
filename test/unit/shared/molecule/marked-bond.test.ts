import { expect, it } from "vitest";
import { markedKey } from "#shared/campaign/molecule-key.ts";
import { markedAtoms } from "#shared/molecule/marked-bond.ts";

it.each([
  ["[CH3:1][OH:2]", [0, 1]],
  ["Cl[CH2:2]C[Br:1]", [3, 1]],
  ["C[O:1][H:2]", [1, 2]],
  ["CO", undefined],
  ["[CH3:1]O", undefined],
  ["[CH3:12][OH:2]", undefined],
])("%s marks %j", (smiles, expected) => {
  expect(markedAtoms(smiles)).toEqual(expected);
});

it("a molecule with another bond marked is another candidate, unmarked ones are as before", () => {
  expect(markedKey("key", "CO")).toBe("key");
  expect(markedKey("key", "[CH3:1][OH:2]")).not.toBe(markedKey("key", "C[O:1][H:2]"));
});
