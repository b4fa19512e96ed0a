import { describe, expect, it } from "vitest";
import { boltzmannWeights } from "#core/quantum/properties/boltzmann.ts";
import { formAlternatives, formsOf, lowestForm } from "#core/quantum/properties/forms.ts";
import type { Candidate, TautomerStart } from "#core/quantum/properties/protocol.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fromKjPerMol } from "#shared/units.ts";

/** kT ln 2 at 298.15 K: 1.71828 kJ/mol. */
const HALF = fromKjPerMol(8.314462618e-3 * 298.15 * Math.log(2));

describe("Boltzmann's weights", () => {
  it("halve every RT ln 2, and what is unknown has none", () => {
    const [a, b, none, c] = boltzmannWeights([-5, -5 + HALF, null, -5 + 2 * HALF]);
    expect(none).toBe(0);
    expect([a! / b!, b! / c!].map((ratio) => Number(ratio.toFixed(6)))).toEqual([2, 2]);
    expect(a! + b! + c!).toBeCloseTo(1, 14);
  });
});

const at = (x: number) => ({ symbols: ["H"], coordinates_angstrom: [x, 0, 0] });
const ended = (energy: number, x = 0): EnergyResult =>
  ({
    hartreeFock: { outcome: "converged", energy_hartree: energy },
    mp2: { energy_hartree: energy },
    optimisation: { outcome: "converged", geometry: at(x) },
  }) as EnergyResult;
const start = (name: string, x: number): TautomerStart => ({
  name,
  geometry: at(x),
  protomers: () => [],
  lostBond: () => undefined,
});
const candidate = (tautomers: boolean): Candidate =>
  ({
    charge: 0,
    multiplicity: 1,
    settings: { tautomers },
    structures: { tautomers: () => [start("enol", 1), start("other", 2), start("far", 3)] },
  }) as unknown as Candidate;

describe("forms of a molecule", () => {
  const rough = Object.fromEntries([1, 2, 3].map((k) => [`tautomer-rough-${k}`, ended(0, 10 + k)]));
  /** The third is 263 kJ/mol above the others. */
  const ranked = { 1: -1, 2: -1.005, 3: -0.9 };
  const energies = Object.fromEntries(
    Object.entries(ranked).map(([k, e]) => [`tautomer-rough-energy-${k}`, ended(e)]),
  );
  const relaxed = { "tautomer-1": ended(0, 21), "tautomer-2": ended(0, 22) };
  const results = { molecule: ended(0, 5), ...rough, ...energies, ...relaxed };

  it("are the one that was given where no others are asked for", () => {
    expect(formsOf(candidate(false), { molecule: ended(0, 5) })).toEqual({
      forms: [{ name: "as given", energy: "molecule-energy", geometry: at(5) }],
      leftOut: [],
    });
  });

  it("are relaxed roughly, compared, and the low ones well, under names of their own", () => {
    const names = (known: Record<string, EnergyResult>) => {
      const step = formsOf(candidate(true), known);
      return typeof step === "object" && "states" in step ? Object.keys(step.states) : step;
    };
    expect(names({ molecule: ended(0, 5) })).toEqual([1, 2, 3].map((k) => `tautomer-rough-${k}`));
    expect(names({ molecule: ended(0, 5), ...rough, ...energies })).toEqual(["tautomer-2", "tautomer-1"]);
    expect(names(results)).toMatchObject({
      forms: [{ name: "as given" }, { name: "other", energy: "tautomer-energy-2" }, { name: "enol" }],
      leftOut: [{ name: "far" }],
    });
  });

  it("are told with their shares and what the number would be of each", () => {
    const found = formsOf(candidate(true), results);
    if (typeof found !== "object" || "states" in found) throw new Error("expected forms");
    const mp2 = {
      "molecule-energy": ended(-9),
      "tautomer-energy-1": ended(-9 + HALF),
      "tautomer-energy-2": ended(-9 - HALF),
    };
    const lowest = lowestForm(found.forms, mp2);
    expect(lowest.name).toBe("other");
    const told = formAlternatives(found, { value: 0.3, lowest }, mp2)!;
    expect(told.map(({ name }) => name)).toEqual(["other", "as given", "enol", "far"]);
    expect(told.map(({ value }) => value && Number((value - 0.3).toFixed(9)))).toEqual([
      0,
      Number(HALF.toFixed(9)),
      Number((2 * HALF).toFixed(9)),
      null,
    ]);
    expect(told.map(({ share }) => share && Number(share.toFixed(6)))).toEqual([
      0.571429,
      0.285714,
      0.142857,
      undefined,
    ]);
    // The number is not their average.
    expect(told.every(({ weight }) => weight === undefined)).toBe(true);
    expect(told[3]!.remark).toMatch(/not among the three lowest/);
  });
});
