/** Gradients of RKS and UKS against slopes of the energy on the same grid, and against those of another program on full spheres. */
import { describe, expect, it } from "vitest";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import type { QuantumSystem } from "#core/quantum/field/system.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { openWater, referenceBasis } from "../chemistry-reference.ts";
import {
  agreesOnFullSpheres,
  fullSphereGradients,
  isQuickGradient,
  otherGridGradients,
} from "../kohn-sham-gradients.ts";

/** Charges 0 and 1: a closed shell and a radical. */
const states = (["svwn5", "pbe", "pbe0", "b3lyp", "r2scan", "wb97x-d"] as const).flatMap((name) =>
  [0, 1].map((charge) => ({ name, charge })),
);

/** Water without symmetry, Å. */
const OFF = [0, 0, 0.02, 0.05, 0.78, 0.6, 0, -0.74, 0.55];
const STEP_BOHR = 2e-3;

describe("the gradient of RKS and UKS", () => {
  it.each(states)("is the slope of the energy on a coarse grid: $name, charge $charge", async (state) => {
    const basis = await referenceBasis("6-31g");
    const open = (at: number[]) =>
      openWater(basis, {
        geometry: { symbols: ["O", "H", "H"], coordinates_angstrom: at },
        charge: state.charge,
        multiplicity: 1 + state.charge,
        threads: 2,
      });
    const fieldOf = (system: QuantumSystem) => {
      const functional = { name: state.name, grid: "coarse" } as const;
      const scf = hartreeFock(system, { functional, stability: "none", energyTolerance: 1e-12 });
      expect(scf.outcome).toBe("converged");
      return scf;
    };
    using system = open(OFF);
    const gradient = nuclearGradient(system, fieldOf(system));
    for (const k of [2, 4]) {
      const energy = (steps: number) => {
        using moved = open(OFF.with(k, OFF[k]! + steps * STEP_BOHR * ANGSTROM_PER_BOHR));
        return fieldOf(moved).energy_hartree;
      };
      const slope = (8 * (energy(1) - energy(-1)) - (energy(2) - energy(-2))) / (12 * STEP_BOHR);
      expect(Math.abs(gradient[k]! - slope)).toBeLessThan(2e-8);
    }
    for (const axis of [0, 1, 2]) {
      const total = gradient.reduce((sum, x, i) => (i % 3 === axis ? sum + x : sum), 0);
      expect(Math.abs(total)).toBeLessThan(1e-11);
    }
  });

  // kohn-sham.long.test.ts has more of the radical.
  it.each(fullSphereGradients.filter(isQuickGradient))("agrees with full spheres: $id", agreesOnFullSpheres);

  it("has references of each functional, and others", () => {
    expect([fullSphereGradients.length, otherGridGradients.length]).toEqual([10, 8]);
    expect(fullSphereGradients.filter(isQuickGradient)).toHaveLength(7);
  });

  it("has the same bits on one and on three threads", async () => {
    const basis = await referenceBasis("6-31g");
    const run = (threads: number) => {
      using system = openWater(basis, { threads });
      const scf = hartreeFock(system, { functional: { name: "r2scan", grid: "coarse" } });
      return nuclearGradient(system, scf);
    };
    expect(run(3)).toEqual(run(1));
  });

  it("of a ghost is that of its functions: it has no points", async () => {
    const basis = await referenceBasis("6-31g");
    const geometry = {
      symbols: ["O", "H", "H", "H"],
      coordinates_angstrom: [...OFF, 0.3, 0.2, 2],
    };
    const energyAt = (step: number) => {
      const at = geometry.coordinates_angstrom.with(11, 2 + step * ANGSTROM_PER_BOHR);
      using system = openWater(basis, { geometry: { ...geometry, coordinates_angstrom: at }, ghosts: [3] });
      const scf = hartreeFock(system, { functional: { name: "b3lyp", grid: "coarse" }, stability: "none" });
      return { energy: scf.energy_hartree, gradient: nuclearGradient(system, scf) };
    };
    const [above, below] = [energyAt(STEP_BOHR), energyAt(-STEP_BOHR)];
    const slope = (above.energy - below.energy) / (2 * STEP_BOHR);
    const { gradient } = energyAt(0);
    expect(Math.abs(gradient[11]! - slope)).toBeLessThan(1e-7);
    expect(Math.abs(gradient[11]!)).toBeGreaterThan(1e-5);
  });
});
