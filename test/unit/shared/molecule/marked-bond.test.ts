import { expect, it } from "vitest";
import { markedKey } from "#shared/campaign/molecule-key.ts";
import { hasAtomMaps, markedAtoms } from "#shared/molecule/marked-bond.ts";

it.each([
  ["[CH3:1][OH:2]", [0, 1]],
  ["Cl[CH2:2]C[Br:1]", [3, 1]],
  ["C[O:1][H:2]", [1, 2]],
  ["CO", undefined],
  ["[CH3:1]O", undefined],
  ["[CH3:12][OH:2]", undefined],
  ["[CH3:1][CH2:1][OH:2]", undefined],
])("%s marks %j", (smiles, expected) => {
  expect(markedAtoms(smiles)).toEqual(expected);
});

it.each([
  ["[CH3:1][OH:3]", true],
  ["[CH3:12]O", true],
  ["[CH3:0]O", false],
  ["[CH3][OH]", false],
])("%s has atom maps: %s", (smiles, expected) => {
  expect(hasAtomMaps(smiles)).toBe(expected);
});

it("a molecule with another bond marked is another candidate, unmarked ones are as before", () => {
  expect(markedKey("key", "CO", { takesMarks: true })).toBe("key");
  expect(markedKey("key", "[CH3:1][OH:2]", {})).not.toBe(markedKey("key", "C[O:1][H:2]", {}));
  expect(markedKey("key", "[CH3:1][OH:3]", { takesMarks: true })).not.toBe("key");
  expect(markedKey("key", "[CH3:1][OH:3]", {})).toBe("key");
});
