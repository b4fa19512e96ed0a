import { describe, expect, it } from "vitest";
import { type CurvePoint, curveTable } from "../../../src/cli/commands/energy/curve.ts";

const HARTREE_KCAL_PER_MOL = "627.5095";

/** As much of a point as the table reads. */
function point(
  method: string,
  energies: Readonly<Record<string, number>>,
  symbols: readonly string[] = ["N", "O"],
): CurvePoint {
  const outcome = (energy_hartree: number) => ({ outcome: "converged", energy_hartree });
  const named = Object.entries(energies).map(([name, energy]) => [name, outcome(energy)]);
  const result = {
    hartreeFock: outcome(-1),
    casci: null,
    fci: null,
    vqe: null,
    ...Object.fromEntries(named),
  };
  const request = { method, geometry: { symbols }, charge: 0 };
  return { request, result } as unknown as CurvePoint;
}

const headsOf = (...points: CurvePoint[]): string[] =>
  curveTable(points)
    .split("\n")[0]!
    .trim()
    .split(/ {2,}|(?<=frame) +/);

describe("the table of a curve", () => {
  it("has a column for each energy and none twice", () => {
    const above = "above, kcal/mol";
    expect(headsOf(point("rhf", {}))).toEqual(["frame", "Hartree–Fock, Eh", above]);
    expect(headsOf(point("casci", { casci: -2 }))).toEqual(["frame", "Hartree–Fock, Eh", "CASCI, Eh", above]);
    expect(headsOf(point("vqe", { casci: -2, vqe: -1.5 }))).toEqual([
      ...["frame", "Hartree–Fock, Eh", "CASCI, Eh", "VQE, Eh", above],
    ]);
  });

  it("counts from the lowest energy by the method asked for", () => {
    const rows = curveTable([point("casci", { casci: -2 }), point("casci", { casci: -1 })]).split("\n");
    expect(rows[1]!.trim().split(/ +/)).toEqual(["1", "-1.0000000000", "-2.0000000000", "0.0000"]);
    expect(rows[2]!.trim().split(/ +/).at(-1)).toBe(HARTREE_KCAL_PER_MOL);
  });

  it("counts from nothing where frames are of different atoms, in whatever order they stand", () => {
    const above = (...symbols: string[]) => {
      const points = [point("casci", { casci: -2 }), point("casci", { casci: -1 }, symbols)];
      return curveTable(points).split("\n")[1]!.trim().split(/ +/).at(-1);
    };
    expect(above("O", "N")).toBe("0.0000");
    expect(above("N", "N")).toBe("–");
  });
});
