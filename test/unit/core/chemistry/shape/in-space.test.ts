import { describe, expect, it } from "vitest";
import { componentInSpace, moleculeInSpace } from "#core/chemistry/shape/in-space.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { molblockGeometry } from "#shared/molecule/molblock.ts";

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

type Vector = [x: number, y: number, z: number];

/** Phosphorus with three halogens, whose bonds these are, Å. */
function halogens(bonds: readonly Vector[]): string {
  const line = (symbol: string, xyz: Vector) =>
    `${xyz.map((x) => x.toFixed(4).padStart(10)).join("")} ${symbol.padEnd(3)} 0  0`;
  const atoms = [line("P", [0, 0, 0]), ...["F", "Cl", "Br"].map((symbol, k) => line(symbol, bonds[k]!))];
  return `\n\n\n  4  3  0  0  0  0  0  0  0  0999 V2000\n${atoms.join("\n")}\n  1  2  1  0\n  1  3  1  0\n  1  4  1  0\nM  END\n`;
}

/** Turned about x, then about z. */
const turned =
  (about: number, then: number) =>
  ([x, y, z]: Vector): Vector => {
    const [c, s] = [Math.cos(about), Math.sin(about)];
    const [y1, z1] = [c * y - s * z, s * y + c * z];
    return [Math.cos(then) * x - Math.sin(then) * y1, Math.sin(then) * x + Math.cos(then) * y1, z1];
  };

it("a pyramid's hand is the same however it is turned, the other in a mirror, and none where it is flat", () => {
  const smilesOf = (bonds: readonly Vector[]) => {
    using mol = moleculeInSpace(rdkit, halogens(bonds), { removeHs: false });
    return mol?.get_smiles();
  };
  // Seen from fluorine, which points at the viewer, chlorine to bromine goes counter-clockwise: that is @ of F[P@](Cl)Br.
  const bonds: Vector[] = [
    [0, 0, 1.6],
    [1.9, 0, -0.5],
    [-0.7, 2, -0.5],
  ];
  const [own, mirrored] = ["F[P@](Cl)Br", "F[P@@](Cl)Br"].map((smiles) => {
    using mol = rdkit.get_mol(smiles);
    return mol?.get_smiles();
  });
  expect(own).not.toBe(mirrored);
  for (const about of [0, 0.7, 1.9, 3, 4.1, 5.5])
    for (const then of [0, 1.1, 2.3, 4, 5.2]) {
      const seen = bonds.map(turned(about, then));
      expect([about, then, smilesOf(seen)]).toEqual([about, then, own]);
      expect(smilesOf(seen.map(([x, y, z]) => [-x, y, z]))).toBe(mirrored);
    }
  expect(smilesOf(bonds.map(([x, y], k) => (k === 0 ? [-1, -1, 0] : [x, y, 0])))).not.toMatch(/@/);
});
