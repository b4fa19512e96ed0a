import { describe, expect, it } from "vitest";
import { distances, embedded, farthestApart } from "../relaxed.ts";

/** A gradient of 4.5e-4 Eh/bohr leaves soft angles so far off, Å. */
const TOLERANCE_ANGSTROM = 0.03;

describe("Embedding leaves the saddles of symmetric starts", () => {
  // RHF/6-31G* minima computed with PySCF 2.14, Å: linear; see-saw.
  it.each([
    ["O=[Si]=O", [1.4824, 1.4824, 2.9647]],
    ["FS(F)(F)F", [1.5439, 1.5439, 1.6318, 1.6319, 2.1839, 2.1839, 2.1839, 2.1839, 2.4111, 3.251]],
  ])("%s", async (smiles, expected) => {
    const found = await embedded(smiles);
    if (found.outcome === "failed") throw new Error(found.detail);
    expect(farthestApart(distances(found.conformer), expected)).toBeLessThan(TOLERANCE_ANGSTROM);
  });
});
