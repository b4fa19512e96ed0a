import { describe, expect, it } from "vitest";
import { componentInSpace } from "#core/chemistry/shape/in-space.ts";
import { molblockGeometry } from "#core/chemistry/toolkit/molblock.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";

const rdkit = await loadRdkit();

const SALT = `

  three atoms
  3  1  0  0  0  0  0  0  0  0999 V2000
    0.1000    0.2000    0.3000 Na  0  0
    3.0000    0.0000    0.0000 O   0  0
    3.9600    0.0000    0.1000 H   0  0
  2  3  1  0
M  CHG  2   1   1   2  -1
M  END
`;

describe("a component of a molblock", () => {
  it.each([
    ["[OH-]", ["O", "H"], [3, 0, 0, 3.96, 0, 0.1]],
    ["[Na+]", ["Na"], [0.1, 0.2, 0.3]],
  ])("lies where it lay among the others: %s", (smiles, symbols, coordinates_angstrom) => {
    const block = componentInSpace(rdkit, SALT, smiles);
    if (block === undefined) throw new Error(`no ${smiles}`);
    expect(molblockGeometry(block)).toEqual({ symbols, coordinates_angstrom });
  });

  it("is not there for a SMILES of no component", () => {
    expect(componentInSpace(rdkit, SALT, "O")).toBeUndefined();
  });
});
