import { describe, expect, it } from "vitest";
import { coordinateValue, positionsOf } from "#core/quantum/geometry/coordinates.ts";
import { optimiseGeometry, type SurfacePoint, wayDown } from "#core/quantum/geometry/optimise.ts";
import { bohrOf } from "#core/quantum/geometry/surface-model.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { GeometryConstraint } from "#shared/quantum/geometry-constraint.ts";
import { toAngstrom } from "#shared/units.ts";
import { referenceBasis } from "../chemistry-reference.ts";

const DEGREES = 180 / Math.PI;

const peroxide: Geometry = {
  symbols: ["O", "O", "H", "H"],
  coordinates_angstrom: [0, 0.7, 0, 0, -0.7, 0, 0.8, 0.9, 0.4, -0.8, -0.9, 0.5],
};
/** Bent by 10° where it is straight. */
const allene: Geometry = {
  symbols: ["C", "C", "C", "H", "H", "H", "H"],
  coordinates_angstrom: [
    -1.28, 0.2, 0.05, 0, 0, 0, 1.31, 0.1, -0.05, -1.9, 0.9, 0.1, -1.8, -1, 0.1, 1.9, 0.1, 0.95, 1.8, 0, -0.9,
  ],
};
const dimer: Geometry = {
  symbols: ["O", "H", "H", "O", "H", "H"],
  coordinates_angstrom: [
    -1.55, -0.11, 0, -1.93, 0.76, 0, -0.6, 0.04, 0, 1.35, 0.11, 0, 1.68, -0.37, -0.76, 1.68, -0.37, 0.76,
  ],
};
const formaldehyde: Geometry = {
  symbols: ["C", "O", "H", "H"],
  coordinates_angstrom: [0, 0, 0, 0.1, 0, 1.25, 0.9, 0.2, -0.6, -0.9, 0, -0.6],
};

async function relaxed(geometry: Geometry, constraints: GeometryConstraint[] = []) {
  const basis = await referenceBasis("sto-3g");
  const system = { geometry, charge: 0, multiplicity: 1, basis };
  return optimiseGeometry({ system, scf: { kind: "rhf" }, constraints, gradientTolerance: 1e-4 });
}

describe("in internal coordinates", () => {
  it.each([
    // PySCF 2.14.0 with geomeTRIC 1.1.1, RHF/STO-3G.
    { name: "a bent straight chain", geometry: allene, energy: -114.4217191 },
    { name: "two molecules", geometry: dimer, energy: -149.9412434 },
    { name: "a planar centre with three neighbours", geometry: formaldehyde, energy: -112.3543471 },
  ])("$name ends in the minimum that another program finds", async ({ geometry, energy }) => {
    const found = await relaxed(geometry);
    expect(found).toMatchObject({ outcome: "converged", coordinates: { kind: "internal" } });
    expect(Math.abs(found.energy_hartree - energy)).toBeLessThan(2e-6);
  });

  it("holds a distance, an angle and a dihedral at their values, and moves all else", async () => {
    const constraints: GeometryConstraint[] = [
      { kind: "distance", atoms: [0, 1], value: 1.5 },
      { kind: "angle", atoms: [0, 1, 3], value: 110 },
      { kind: "dihedral", atoms: [2, 0, 1, 3], value: 180 },
    ];
    const found = await relaxed(peroxide, constraints);
    expect(found).toMatchObject({ outcome: "converged", coordinates: { kind: "internal" } });
    const at = positionsOf(bohrOf(found.geometry));
    expect(toAngstrom(coordinateValue({ kind: "distance", atoms: [0, 1] }, at))).toBeCloseTo(1.5, 6);
    expect(coordinateValue({ kind: "angle", atoms: [0, 1, 3] }, at) * DEGREES).toBeCloseTo(110, 5);
    const turn = coordinateValue({ kind: "dihedral", atoms: [2, 0, 1, 3] }, at) * DEGREES;
    expect(Math.abs(turn)).toBeCloseTo(180, 5);
    // What is not held is where the energy is lowest: it rises both ways.
    const stretched = async (by: number) =>
      (
        await relaxed(found.geometry, [
          ...constraints,
          {
            kind: "distance",
            atoms: [0, 2],
            value: toAngstrom(coordinateValue({ kind: "distance", atoms: [0, 2] }, at)) + by,
          },
        ])
      ).energy_hartree;
    expect(await stretched(0.02)).toBeGreaterThan(found.energy_hartree + 1e-5);
    expect(await stretched(-0.02)).toBeGreaterThan(found.energy_hartree + 1e-5);
  });

  it("refuses constraints that contradict each other", async () => {
    await expect(
      relaxed(peroxide, [
        { kind: "distance", atoms: [0, 1], value: 1.5 },
        { kind: "distance", atoms: [0, 1], value: 1.6 },
      ]),
    ).rejects.toThrow(/distance 1 2 1.5; distance 1 2 1.6.*fulfils together, found none/);
  });
});

describe("where internal coordinates do not lead on", () => {
  it("goes on in Cartesian ones and says at which step and why", () => {
    // An energy that has no minimum where its gradient leads to: it rises whatever is tried.
    let tried = 0;
    const point = (): SurfacePoint => ({
      energy_hartree: tried++,
      gradient: Float64Array.of(0, 0, 0.1, 0, 0, 0, 0, 0, -0.1, 0, 0, 0),
      isSettled: true,
    });
    const found = wayDown({ settled: point, followed: point }, point(), {
      from: peroxide,
      isHeld: false,
    });
    expect(found.outcome).toBe("not-converged");
    expect(found.coordinates).toEqual({
      kind: "cartesian",
      left: { step: expect.any(Number), why: "no lower energy was found along them" },
    });
  });

  it("begins in Cartesian ones where charges hold the molecule in space", async () => {
    const basis = await referenceBasis("sto-3g");
    const pointCharges = { coordinates_angstrom: [0, 0, 6], charges: [0.1] };
    const system = { geometry: formaldehyde, charge: 0, multiplicity: 1, basis, pointCharges };
    const found = optimiseGeometry({ system, scf: { kind: "rhf" }, maxSteps: 0 });
    expect(found.coordinates).toEqual({ kind: "cartesian" });
  });
});
