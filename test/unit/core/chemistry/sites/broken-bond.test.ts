import { describe, expect, it } from "vitest";
import { brokenBond } from "#core/chemistry/sites/broken-bond.ts";
import { placedGraph } from "#core/chemistry/sites/placed-graph.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { conformer } from "../open.ts";

/** A bond times as long, the molecule's other side moved with its second atom. */
function stretched(smiles: string, [a, b]: [number, number], times: number): Geometry {
  const { molblock, geometry } = conformer(smiles);
  const xyz = [...geometry.coordinates_angstrom];
  const side = new Set([b]);
  const { atoms } = placedGraph(molblock);
  for (const atom of side) for (const next of atoms[atom]!.neighbours) if (next !== a) side.add(next);
  for (const axis of [0, 1, 2]) {
    const away = (times - 1) * (xyz[3 * b + axis]! - xyz[3 * a + axis]!);
    for (const atom of side) xyz[3 * atom + axis]! += away;
  }
  return { ...geometry, coordinates_angstrom: xyz };
}

describe("a bond of a molecule in another geometry", () => {
  const broken = (smiles: string, bond: [number, number], times: number) =>
    brokenBond(conformer(smiles).molblock, stretched(smiles, bond, times));

  it("is whole where nothing moved, and where it is stretched by less than half", () => {
    for (const smiles of ["CC", "C1CCC1", "OO", "[H][H]"])
      expect(brokenBond(conformer(smiles).molblock, conformer(smiles).geometry)).toBeUndefined();
    expect(broken("CC", [0, 1], 1.45)).toBeUndefined();
    expect(broken("CC", [0, 1], 0.7)).toBeUndefined();
  });

  it("is broken where it is half as long again, and named by its atoms from 1", () => {
    expect(broken("CC", [0, 1], 1.55)).toBe("C1–C2");
    expect(broken("CO", [0, 1], 2)).toBe("C1–O2");
    const { symbols } = conformer("CO").geometry;
    const { bonds } = placedGraph(conformer("CO").molblock);
    const { atoms } = bonds.find(({ atoms: [i, j] }) => [symbols[i], symbols[j]].includes("H"))!;
    const [heavy, hydrogen] = symbols[atoms[0]] === "H" ? [atoms[1], atoms[0]] : atoms;
    expect(broken("CO", [heavy, hydrogen], 1.6)?.split("–")).toContain(`H${hydrogen + 1}`);
  });

  it("is none between atoms that only come apart, as ends of a ring do that stays closed", () => {
    const { molblock, geometry } = conformer("C1CCC1");
    // A uniform swelling keeps every ratio at 1.4.
    const coordinates_angstrom = geometry.coordinates_angstrom.map((x) => 1.4 * x);
    expect(brokenBond(molblock, { ...geometry, coordinates_angstrom })).toBeUndefined();
    const open = geometry.coordinates_angstrom.map((x) => 1.6 * x);
    expect(brokenBond(molblock, { ...geometry, coordinates_angstrom: open })).toBe("C1–C2");
  });
});
