import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { loadChaiHeadGordon } from "#core/quantum/dispersion/chai-head-gordon.ts";
import type { DispersionModel } from "#core/quantum/dispersion/dispersion.ts";
import { readShipped } from "#core/quantum/molecule/shipped-file.ts";
import { ELEMENT_SYMBOLS, type Geometry } from "#shared/molecule/molecule.ts";
import { distance } from "#shared/molecule/vectors.ts";
import { KJ_PER_MOL_PER_HARTREE, toAngstrom } from "#shared/units.ts";
import { resources } from "../chemistry-reference.ts";

const NONE = new Set<number>();
/** Ethene above ethyne. */
const COMPLEX: Geometry = {
  symbols: ["C", "C", "H", "H", "H", "H", "C", "C", "H", "H"],
  coordinates_angstrom: [
    ...[0, -0.667578, -2.124659, 0, 0.667578, -2.124659],
    ...[0.923621, -1.232253, -2.126185, -0.923621, -1.232253, -2.126185],
    ...[-0.923621, 1.232253, -2.126185, 0.923621, 1.232253, -2.126185],
    ...[0, 0, 2.900503, 0, 0, 1.69324, 0, 0, 0.627352, 0, 0, 3.963929],
  ],
};

type Parameters = Record<string, { c6_joule_nm6_per_mol: number; radius_angstrom: number }>;
let parameters: Parameters;
let model: DispersionModel;
beforeAll(async () => {
  const text = await readShipped(`${resources}/dispersion`, "d2.json", "dispersion");
  parameters = z
    .record(z.string(), z.strictObject({ c6_joule_nm6_per_mol: z.number(), radius_angstrom: z.number() }))
    .parse(JSON.parse(text));
  model = await loadChaiHeadGordon(resources);
});

/** Σ −C6/r⁶ f(r/R), r in Å, Hartree. */
const sumOf = ({ symbols, coordinates_angstrom: x }: Geometry, damped: (ratio: number) => number): number => {
  let sum = 0;
  symbols.forEach((first, a) => {
    symbols.slice(0, a).forEach((second, b) => {
      const [one, other] = [parameters[first]!, parameters[second]!];
      const c6 = Math.sqrt(one.c6_joule_nm6_per_mol * other.c6_joule_nm6_per_mol);
      const r = distance(x, a, b);
      sum -=
        ((c6 * 1e3) / KJ_PER_MOL_PER_HARTREE / r ** 6) *
        damped(r / (one.radius_angstrom + other.radius_angstrom));
    });
  });
  return sum;
};

describe("the dispersion of ωB97X-D", () => {
  it("has parameters for every element, with which D2 has psi4's energies of ethene and ethyne", () => {
    expect(Object.keys(parameters)).toEqual(ELEMENT_SYMBOLS);
    const d2 = (ratio: number) => 1.05 / (1 + Math.exp(-20 * (ratio - 1)));
    const part = (from: number, to: number): Geometry => ({
      symbols: COMPLEX.symbols.slice(from, to),
      coordinates_angstrom: COMPLEX.coordinates_angstrom.slice(3 * from, 3 * to),
    });
    // Of B3LYP-D2, tests/dftd3/energy of psi4.
    expect(sumOf(COMPLEX, d2)).toBeCloseTo(-0.0039011, 7);
    expect(sumOf(part(0, 6), d2)).toBeCloseTo(-0.00165271, 7);
    expect(sumOf(part(6, 10), d2)).toBeCloseTo(-0.00058118, 7);
  });

  it("is the published sum", () => {
    const published = sumOf(COMPLEX, (ratio) => 1 / (1 + 6 * ratio ** -12));
    expect(model(COMPLEX, NONE).energy_hartree).toBeCloseTo(published, 13);
  });

  it("has the gradient of its energy, none on ghosts, and no force on the whole", () => {
    const ghosts = new Set([4]);
    const { gradient } = model(COMPLEX, ghosts);
    const step = 1e-3;
    const moved = (k: number, by: number): number =>
      model(
        {
          symbols: COMPLEX.symbols,
          coordinates_angstrom: COMPLEX.coordinates_angstrom.map((x, i) =>
            i === k ? x + toAngstrom(by) : x,
          ),
        },
        ghosts,
      ).energy_hartree;
    gradient.forEach((slope, k) => {
      expect(Math.abs((moved(k, step) - moved(k, -step)) / (2 * step) - slope), String(k)).toBeLessThan(1e-9);
    });
    expect([...gradient.slice(12, 15)]).toEqual([0, 0, 0]);
    for (const axis of [0, 1, 2])
      expect(Math.abs(gradient.filter((_, k) => k % 3 === axis).reduce((sum, g) => sum + g, 0))).toBeLessThan(
        1e-15,
      );
  });
});
