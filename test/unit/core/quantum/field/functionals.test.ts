/** Formulas of density functionals against libxc, at random densities; the native tests hold them against finite differences. */
import { describe, expect, it } from "vitest";
import { native } from "#core/quantum/native/native.ts";
import { FUNCTIONALS, type FunctionalName } from "#shared/quantum/functionals.ts";
import { readReference } from "../chemistry-reference.ts";

type Rows = readonly (readonly number[])[];

interface Values {
  variables: Rows;
  energy: readonly number[];
  slopes: Rows;
}

interface Entry {
  functional: FunctionalName;
  any: Values;
  equal_spins: Values;
  nearly_one_spin: Values;
}

const { entries } = readReference<{ entries: Entry[] }>("functionals.json");

/** Relative to the number and, where what is near 0 is a difference of large parts, to the largest at such densities. */
const TOLERANCE = 1e-10;

function worstOf(found: ArrayLike<number>, expected: readonly number[]): number {
  return Math.max(
    ...expected.map((value, k) => Math.abs(found[k]! - value) / Math.max(1e-4, Math.abs(value))),
  );
}

const evaluated = (functional: FunctionalName, isClosed: boolean, variables: Rows) =>
  native().functionalAtPoints({ functional, isClosed, variables: Float64Array.from(variables.flat()) });

it("every functional has its values of libxc", () => {
  expect(entries.map(({ functional }) => functional).sort()).toEqual(Object.keys(FUNCTIONALS).sort());
});

describe.each(entries)("$functional", ({ functional, ...sets }) => {
  it.each(["any", "equal_spins", "nearly_one_spin"] as const)(
    "has the energy density and its derivatives of libxc: %s",
    (name) => {
      const { variables, energy, slopes } = sets[name];
      const found = evaluated(functional, false, variables);
      expect(worstOf(found.energy, energy)).toBeLessThan(TOLERANCE);
      for (const [k, row] of slopes.entries()) {
        const own = found.slopes.subarray(k * row.length, (k + 1) * row.length);
        expect(worstOf(own, row), `slope ${k}`).toBeLessThan(100 * TOLERANCE);
      }
    },
  );

  it("has libxc's energy density for closed shells", () => {
    const [rho, , sigma, , , tau] = sets.equal_spins.variables;
    const scaled = (row: readonly number[] | undefined, factor: number): number[][] =>
      row ? [row.map((x) => factor * x)] : [];
    const variables = [...scaled(rho, 2), ...scaled(sigma, 4), ...scaled(tau, 2)];
    expect(worstOf(evaluated(functional, true, variables).energy, sets.equal_spins.energy)).toBeLessThan(
      TOLERANCE,
    );
  });
});
