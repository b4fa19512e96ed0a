import { describe, expect, it } from "vitest";
import {
  boxAround,
  densityOnGrid,
  type Grid,
  type GridField,
  orbitalOnGrid,
} from "#core/quantum/field/grid.ts";
import { hartreeFock, oneElectronIntegrals } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import { toBohr } from "#shared/units.ts";
import { referenceBasis } from "../chemistry-reference.ts";

/** Sums over a grid of functions as soft as those below are exact but for single precision. */
const SUM_TOLERANCE = 1e-5;
/** Values are kept in single precision. */
const VALUE_TOLERANCE = 1e-6;

const shell = (l: number, exponent: number) => ({ l, exponents: [exponent], coefficients: [1] });
/** Soft functions of every kind, so that a grid that a test can afford integrates them. */
const soft: BasisSet = {
  ...{ name: "soft", functions: "pure", references: [] },
  elements: {
    H: [shell(0, 1.2), shell(0, 0.4), shell(1, 0.7), shell(2, 0.8)],
    He: [shell(0, 1.4), shell(1, 0.8), shell(2, 0.9), shell(3, 1)],
  },
};
const ion = { symbols: ["He", "H"], coordinates_angstrom: [0.1, -0.2, 0.3, 0.2, 0.3, 0.9] };
const open = (rest = {}) => openSystem({ geometry: ion, charge: 1, multiplicity: 1, basis: soft, ...rest });

/** ∫ f g over a grid whose axes stand at right angles. */
const overlap = (grid: Grid, f: Float32Array, g: Float32Array): number => {
  const cell = grid.axes_angstrom.reduce((volume, axis) => volume * toBohr(Math.hypot(...axis)), 1);
  return cell * f.reduce((sum, value, i) => sum + value * g[i]!, 0);
};
const integral = (field: GridField): number =>
  overlap(
    field,
    field.values,
    field.values.map(() => 1),
  );

describe("a field on a grid", () => {
  it("counts the electrons, in all and those that are unpaired", async () => {
    using singlet = open();
    const grid = boxAround(ion, { spacing_angstrom: 0.2, margin_angstrom: 5 });
    expect(integral(densityOnGrid(singlet, hartreeFock(singlet), { grid }))).toBeCloseTo(2, 5);
    for (const kind of ["uhf", "rohf"] as const) {
      using triplet = open({ charge: -1, multiplicity: 3 });
      const scf = hartreeFock(triplet, { kind });
      expect(Math.abs(integral(densityOnGrid(triplet, scf, { grid })) - 4)).toBeLessThan(SUM_TOLERANCE);
      const spin = densityOnGrid(triplet, scf, { kind: "spin", grid });
      expect(Math.abs(integral(spin) - 2)).toBeLessThan(SUM_TOLERANCE);
    }
  });

  it.each(["pure", "cartesian"] as const)("has orthonormal orbitals up to %s f functions", (functions) => {
    using system = open({ basis: { ...soft, functions } });
    const scf = hartreeFock(system);
    const grid = boxAround(ion, { spacing_angstrom: 0.22, margin_angstrom: 4.5 });
    const orbitals = Array.from({ length: system.nBasis }, (_, orbital) =>
      orbitalOnGrid(system, scf, { orbital, grid }),
    );
    for (const [i, a] of orbitals.entries())
      for (const [j, b] of orbitals.slice(0, i + 1).entries()) {
        const expected = i === j ? 1 : 0;
        expect(Math.abs(overlap(grid, a.values, b.values) - expected)).toBeLessThan(SUM_TOLERANCE);
      }
  });

  it("has the values that its functions have, on axes that are askew", () => {
    using system = open({
      basis: { ...soft, elements: { ...soft.elements, H: [shell(1, 0.7)], He: [shell(0, 1.4)] } },
    });
    const scf = hartreeFock(system);
    const grid: Grid = {
      origin_angstrom: [-0.4, 0.1, 0.2],
      axes_angstrom: [
        [0.3, 0.1, 0],
        [0, 0.2, -0.1],
        [0.05, 0, 0.4],
      ],
      counts: [2, 3, 4],
    };
    const centre = (atom: number) => ion.coordinates_angstrom.slice(3 * atom, 3 * atom + 3);
    const twin = (orbital: number, point: number[]): number => {
      const from = (atom: number) => point.map((x, k) => toBohr(x - centre(atom)[k]!));
      const gaussian = (exponent: number, r: number[]) =>
        ((2 * exponent) / Math.PI) ** 0.75 * Math.exp(-exponent * r.reduce((sum, x) => sum + x * x, 0));
      const p = from(1).map((x) => 2 * Math.sqrt(0.7) * x * gaussian(0.7, from(1)));
      const functions = [gaussian(1.4, from(0)), ...p];
      return functions.reduce((sum, f, i) => sum + f * scf.orbitals[0]![i * system.nBasis + orbital]!, 0);
    };
    const orbitals = [0, 1].map((orbital) => orbitalOnGrid(system, scf, { orbital, grid }).values);
    const { values } = densityOnGrid(system, scf, { grid });
    for (let i = 0, at = 0; i < 2; i++)
      for (let j = 0; j < 3; j++)
        for (let k = 0; k < 4; k++, at++) {
          const point = grid.origin_angstrom.map(
            (x, axis) =>
              x +
              i * grid.axes_angstrom[0][axis]! +
              j * grid.axes_angstrom[1][axis]! +
              k * grid.axes_angstrom[2][axis]!,
          );
          expect(Math.abs(orbitals[0]![at]! - twin(0, point))).toBeLessThan(VALUE_TOLERANCE);
          expect(Math.abs(orbitals[1]![at]! - twin(1, point))).toBeLessThan(VALUE_TOLERANCE);
          expect(Math.abs(values[at]! - 2 * twin(0, point) ** 2)).toBeLessThan(VALUE_TOLERANCE);
        }
  });

  it("gives back the dipole moment of a density, and the same bits on two threads", () => {
    using one = open();
    using two = open({ threads: 2 });
    const scf = hartreeFock(one);
    const grid = boxAround(ion, { margin_angstrom: 5 });
    const field = densityOnGrid(one, scf, { grid });
    expect(densityOnGrid(two, scf, { grid })).toEqual(field);
    const z = field.values.map((_, i) => toBohr(grid.origin_angstrom[2] + (i % grid.counts[2]) * 0.2));
    const { dipoleZ } = oneElectronIntegrals(one);
    const analytic = 2 * scf.densities[0]!.reduce((sum, d, i) => sum + d * dipoleZ[i]!, 0);
    expect(Math.abs(overlap(grid, field.values, z) - analytic)).toBeLessThan(SUM_TOLERANCE);
  });

  it("in its default box has nearly nothing on the faces", async () => {
    const geometry = {
      symbols: ["O", "H", "H"],
      coordinates_angstrom: [0, 0, 0.12, 0, 0.76, -0.47, 0, -0.76, -0.47],
    };
    using water = openSystem({
      geometry,
      charge: 0,
      multiplicity: 1,
      basis: await referenceBasis("def2-svp"),
    });
    const { values, counts, origin_angstrom } = densityOnGrid(water, hartreeFock(water));
    expect(values.length).toBe(counts[0] * counts[1] * counts[2]);
    expect(origin_angstrom[1]).toBeLessThanOrEqual(-0.76 - 3.5);
    const onFace = (i: number) =>
      [Math.floor(i / (counts[1] * counts[2])), Math.floor(i / counts[2]) % counts[1], i % counts[2]].some(
        (index, axis) => index === 0 || index === counts[axis]! - 1,
      );
    expect(values.filter((_, i) => onFace(i)).every((value) => value < 1e-4)).toBe(true);
    expect(Math.max(...values)).toBeGreaterThan(1);
  });

  it("is refused where it cannot be made, with the reason", () => {
    using system = open();
    const scf = hartreeFock(system);
    const grid = boxAround(ion);
    expect(() => orbitalOnGrid(system, scf, { orbital: system.nBasis })).toThrow(/expected 0 to 25, got 26/);
    expect(() => densityOnGrid(system, scf, { grid: { ...grid, counts: [1, 0, 1] } })).toThrow(
      /counts of 1 or more/,
    );
    expect(() => densityOnGrid(system, scf, { grid: { ...grid, counts: [4096, 4096, 4096] } })).toThrow(
      /too large/,
    );
    expect(() =>
      densityOnGrid(system, scf, { grid: { ...grid, origin_angstrom: [0, Number.NaN, 0] } }),
    ).toThrow(/finite origin/);
  });
});
