import { describe, expect, it } from "vitest";
import { placedGraph } from "#core/chemistry/sites/placed-graph.ts";
import { hydrogenBonds, lostBond } from "#shared/molecule/lost-bond.ts";
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
    lostBond(placedGraph(conformer(smiles).molblock), stretched(smiles, bond, times));

  it("is whole where nothing moved, and where it is stretched by less than half", () => {
    for (const smiles of ["CC", "C1CCC1", "OO", "[H][H]"])
      expect(lostBond(placedGraph(conformer(smiles).molblock), conformer(smiles).geometry)).toBeUndefined();
    expect(broken("CC", [0, 1], 1.45)).toBeUndefined();
    expect(broken("CC", [0, 1], 0.7)).toBeUndefined();
  });

  it("is broken where it is half as long again, and named by its atoms from 1", () => {
    expect(broken("CC", [0, 1], 1.55)).toBe("bond C1–C2 broke");
    expect(broken("CO", [0, 1], 2)).toBe("bond C1–O2 broke");
    const { symbols } = conformer("CO").geometry;
    const { bonds } = placedGraph(conformer("CO").molblock);
    const { atoms } = bonds.find(({ atoms: [i, j] }) => [symbols[i], symbols[j]].includes("H"))!;
    const [heavy, hydrogen] = symbols[atoms[0]] === "H" ? [atoms[1], atoms[0]] : atoms;
    expect(broken("CO", [heavy, hydrogen], 1.6)).toContain(`H${hydrogen + 1}`);
  });

  it("is none between atoms that only come apart, as ends of a ring do that stays closed", () => {
    const { molblock, geometry } = conformer("C1CCC1");
    // A uniform swelling keeps every ratio at 1.4.
    const coordinates_angstrom = geometry.coordinates_angstrom.map((x) => 1.4 * x);
    expect(lostBond(placedGraph(molblock), { ...geometry, coordinates_angstrom })).toBeUndefined();
    const open = geometry.coordinates_angstrom.map((x) => 1.6 * x);
    expect(lostBond(placedGraph(molblock), { ...geometry, coordinates_angstrom: open })).toBe(
      "bond C1–C2 broke",
    );
  });

  /** Methanol with a hydrogen of its methyl 1 Å above oxygen: protonated on no atom, •CH2–OH2⁺ as an ion. */
  function distonic(): { smiles: string; hydrogen: number; geometry: Geometry } {
    const { geometry } = conformer("CO");
    const hydrogen = geometry.symbols.findIndex((symbol, atom) => symbol === "H" && atom > 1);
    const xyz = [...geometry.coordinates_angstrom];
    // Of carbon, oxygen and the hydrogen.
    const [carbon, oxygen] = [xyz.slice(0, 3), xyz.slice(3, 6)];
    const away = carbon.map((x, axis) => x - oxygen[axis]!);
    const length = Math.hypot(...away);
    // Beyond oxygen, seen from carbon.
    for (const axis of [0, 1, 2]) xyz[3 * hydrogen + axis] = oxygen[axis]! - away[axis]! / length;
    return { smiles: "CO", hydrogen, geometry: { ...geometry, coordinates_angstrom: xyz } };
  }

  it("is told by where its hydrogen went, and is none of the skeleton's", () => {
    const { smiles, hydrogen, geometry } = distonic();
    const graph = placedGraph(conformer(smiles).molblock);
    expect(lostBond(graph, geometry)).toBe(`H${hydrogen + 1} went from C1 to O2`);
    expect(lostBond(graph, geometry, { skeleton: true })).toBeUndefined();
    expect(lostBond(hydrogenBonds(graph.geometry), geometry)).toBe(`H${hydrogen + 1} went from C1 to O2`);
    const open = { ...geometry, coordinates_angstrom: graph.geometry.coordinates_angstrom.map((x) => 2 * x) };
    expect(lostBond(graph, open, { skeleton: true })).toBe("bond C1–O2 broke");
  });

  it("is looked for where its atoms stand in a complex, and named as they are numbered there", () => {
    const water: Geometry = {
      symbols: ["O", "H", "H"],
      coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
    };
    const bonds = [1, 2].map((atom) => ({ atoms: [0, atom] as const }));
    const carbonMonoxide = [0, 0, 5, 0, 0, 6.1];
    const complex = (hydrogen: readonly number[]): Geometry => ({
      symbols: ["C", "O", ...water.symbols],
      coordinates_angstrom: [...carbonMonoxide, ...water.coordinates_angstrom.slice(0, 6), ...hydrogen],
    });
    const whole = { geometry: water, bonds };
    expect(lostBond(whole, complex([0, -0.757, -0.469]), { first: 2 })).toBeUndefined();
    expect(lostBond(whole, complex([0, 0, 3.9]), { first: 2 })).toBe("H5 went from O3 to C1");
  });
});
