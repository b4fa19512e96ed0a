import { beforeAll, describe, expect, it } from "vitest";
import { type D3References, loadD3References } from "#core/quantum/dispersion/d3-references.ts";
import { d3bj } from "#core/quantum/dispersion/d3bj.ts";
import { D3BJ_DAMPING } from "#core/quantum/dispersion/d3bj-damping.ts";
import type { DispersionModel } from "#core/quantum/dispersion/dispersion.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { ELEMENT_SYMBOLS } from "#shared/molecule/molecule.ts";
import { toAngstrom } from "#shared/units.ts";
import { readReference, resources } from "../chemistry-reference.ts";

interface Found {
  energy_hartree: number;
  gradient: number[];
}
interface Cluster extends Geometry {
  d3bj: Record<string, Found>;
}
interface Entry {
  id: string;
  geometry_angstrom: [string, number, number, number][];
  dispersion?: Record<string, number>;
}

const { clusters } = readReference<{ clusters: Cluster[] }>("dispersion.json");
const { entries } = readReference<{ entries: Entry[] }>("dft.json");
const METHODS = { hf: "rhf", pbe: "pbe", pbe0: "pbe0", b3lyp: "b3lyp", r2scan: "r2scan" } as const;
const NONE = new Set<number>();

let references: D3References;
beforeAll(async () => {
  references = await loadD3References(resources);
});

const modelOf = (name: keyof typeof METHODS): DispersionModel =>
  d3bj(references, D3BJ_DAMPING[METHODS[name]]);

const named = Object.keys(METHODS) as (keyof typeof METHODS)[];

describe("D3(BJ)", () => {
  it("has the energies and gradients of s-dftd3 for every element", () => {
    expect(new Set(clusters.flatMap(({ symbols }) => symbols))).toEqual(new Set(ELEMENT_SYMBOLS));
    for (const { d3bj: expected, ...geometry } of clusters)
      for (const name of named) {
        const { energy_hartree, gradient } = modelOf(name)(geometry, NONE);
        const { energy_hartree: energy, gradient: slopes } = expected[name]!;
        expect(Math.abs(energy_hartree - energy), name).toBeLessThan(1e-9);
        slopes.forEach((slope, k) => {
          expect(Math.abs(gradient[k]! - slope), `${name} ${k}`).toBeLessThan(1e-9);
        });
      }
  });

  it("has the energies of molecules beside their Kohn–Sham references", () => {
    const known = entries.flatMap(({ id, geometry_angstrom: atoms, dispersion = {} }) =>
      named.flatMap((name) => {
        const energy = dispersion[`d3bj_${name}_hartree`];
        return energy === undefined ? [] : [{ id, atoms, name, energy }];
      }),
    );
    expect(known.length).toBeGreaterThan(20);
    for (const { id, atoms, name, energy } of known) {
      const geometry = {
        symbols: atoms.map(([symbol]) => symbol),
        coordinates_angstrom: atoms.flatMap(([, ...at]) => at),
      };
      // The reference's bohr differs from ours in the tenth digit.
      const { energy_hartree } = modelOf(name)(geometry, NONE);
      expect(Math.abs(energy_hartree - energy), `${id} ${name}`).toBeLessThan(1e-8);
    }
  });

  it("has the gradient of its energy", () => {
    const geometry = clusters[0]!;
    const model = modelOf("b3lyp");
    const { gradient } = model(geometry, NONE);
    const step = 1e-4;
    const moved = (k: number, by: number): number =>
      model(
        {
          symbols: geometry.symbols,
          coordinates_angstrom: geometry.coordinates_angstrom.map((x, i) =>
            i === k ? x + toAngstrom(by) : x,
          ),
        },
        NONE,
      ).energy_hartree;
    gradient.forEach((slope, k) => {
      expect(Math.abs((moved(k, step) - moved(k, -step)) / (2 * step) - slope), String(k)).toBeLessThan(1e-9);
    });
  });

  it("leaves ghosts out and pulls on no one else than pairs: forces add up to none", () => {
    const { symbols, coordinates_angstrom } = clusters[1]!;
    const model = modelOf("pbe");
    const whole = model({ symbols, coordinates_angstrom }, new Set([2]));
    const without = model(
      {
        symbols: symbols.filter((_, k) => k !== 2),
        coordinates_angstrom: coordinates_angstrom.filter((_, k) => Math.floor(k / 3) !== 2),
      },
      NONE,
    );
    expect(whole.energy_hartree).toBe(without.energy_hartree);
    expect([...whole.gradient.slice(6, 9)]).toEqual([0, 0, 0]);
    for (const axis of [0, 1, 2]) {
      const along = whole.gradient.filter((_, k) => k % 3 === axis);
      expect(Math.abs(along.reduce((sum, g) => sum + g, 0))).toBeLessThan(1e-15);
    }
  });

  it("is the same for a molecule that is turned and moved, and twice as much for two that are far apart", () => {
    const { symbols, coordinates_angstrom: x } = clusters[2]!;
    const model = modelOf("pbe0");
    const here = model({ symbols, coordinates_angstrom: x }, NONE).energy_hartree;
    const [cos, sin] = [Math.cos(0.7), Math.sin(0.7)];
    const turned = symbols.flatMap((_, k) => {
      const [a, b, c] = x.slice(3 * k, 3 * k + 3) as [number, number, number];
      return [cos * a - sin * b + 3, sin * a + cos * b - 1, c + 7];
    });
    expect(model({ symbols, coordinates_angstrom: turned }, NONE).energy_hartree).toBeCloseTo(here, 13);
    const away = x.map((value, k) => (k % 3 === 2 ? value + 1e4 : value));
    const both = { symbols: [...symbols, ...symbols], coordinates_angstrom: [...x, ...away] };
    // Every atom, however far, counts as 1e-7 of a neighbour by the published formula.
    expect(Math.abs(model(both, NONE).energy_hartree - 2 * here)).toBeLessThan(1e-8);
  });
});
