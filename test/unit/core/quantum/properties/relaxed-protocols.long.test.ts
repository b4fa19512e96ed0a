/** Protocols of relaxed molecules that take many steps. */
import { describe, expect, it } from "vitest";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { candidateOf, evaluated } from "./evaluated.ts";

describe("a complex", () => {
  const formyl = { ...candidateOf("[CH]#[O+]", "sto-3g"), charge: 1 };

  it("that a new bond holds together is told to have it: water adds to the formyl cation", async () => {
    const { evaluation } = await evaluated("water-affinity", formyl);
    expect(evaluation.outcome).toBe("converged");
    const [chosen] = evaluation.alternatives!;
    expect(chosen).toMatchObject({
      value: evaluation.values.waterAffinity_hartree,
      remark: "a bond C1–O4 has formed",
    });
  }, 240_000);
});

describe("the adiabatic electron affinity", () => {
  it("of carbon dioxide bends and is not bound", async () => {
    const { evaluation, reason } = await evaluated(
      "adiabatic-electron-affinity",
      candidateOf("O=C=O", "6-31+g**"),
    );
    expect([evaluation.outcome, evaluation.values]).toEqual([
      "not-bound",
      { adiabaticAffinity_hartree: null, adiabaticAffinityHartreeFock_hartree: null },
    ]);
    expect(reason).toMatch(/^not bound: the anion lies above the molecule/);
    const { optimisation } = evaluation.states["anion-1"] as EnergyResult;
    // From the linear molecule's geometry as it is, it would stay at 180°: a saddle of the anion's.
    expect(bend(optimisation!.geometry)).toBeGreaterThan(130);
    expect(bend(optimisation!.geometry)).toBeLessThan(140);
  }, 60_000);
});

/** Of O=C=O as its SMILES has it, degrees. */
function bend({ coordinates_angstrom: xyz }: Geometry): number {
  const [a, b, c] = [0, 3, 6].map((at) => xyz.slice(at, at + 3)) as [number[], number[], number[]];
  const [u, v] = [a, c].map((end) => end.map((x, axis) => x - b[axis]!)) as [number[], number[]];
  const dot = u.reduce((sum, x, axis) => sum + x * v[axis]!, 0);
  return (180 / Math.PI) * Math.acos(dot / Math.hypot(...u) / Math.hypot(...v));
}
