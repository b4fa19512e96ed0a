/** Minima, vibrations and thermal terms of density functionals against analytic Hessians of another program. */
import { expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { FunctionalName } from "#shared/quantum/functionals.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { BOLTZMANN_HARTREE_PER_KELVIN, toAngstrom } from "#shared/units.ts";
import { readReference, resources } from "../chemistry-reference.ts";

interface Case {
  name: string;
  functional: FunctionalName;
  charge: number;
  multiplicity: number;
  symbols: string[];
  coordinates_bohr: number[];
  energy_hartree: number;
  frequencies_per_cm: number[];
  symmetryNumber: number;
  zeroPoint_hartree: number;
  enthalpyTerms_hartree: number;
  gibbsTerms_hartree: number;
}
const { cases } = readReference<{ cases: Case[] }>("kohn_sham_vibrations.json");

/** Of geometries that are relaxed to 1e-4 Eh/bohr here, cm⁻¹. */
const FREQUENCY_TOLERANCE = 2;
/** Of C2v and D3h; the other program takes the radical, whose geometry there is planar and regular to 1e-4 bohr, as C2v. */
const TURNS: Readonly<Record<string, number>> = { H2O: 2, CH3: 6 };
const kT = BOLTZMANN_HARTREE_PER_KELVIN * 298.15;
/** 2 cm⁻¹ of six vibrations, half of it in the zero-point energy. */
const TERMS_TOLERANCE = 2e-5;

it.each(cases)(
  "$name by $functional relaxes to a minimum that vibrates as analytic derivatives say",
  async (expected) => {
    const { functional, charge, multiplicity, symbols, coordinates_bohr } = expected;
    const geometry = {
      symbols,
      coordinates_angstrom: coordinates_bohr.map((x): number => 1.02 * toAngstrom(x)),
    };
    const { hartreeFock, optimisation, vibrations } = await evaluateEnergy(
      {
        ...{ geometry, charge, multiplicity, basis: "6-31g*", method: functional, grid: "medium" },
        ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 100 },
        ...{ optimise: { frozen: [] }, vibrations: GasConditions.parse({}) },
      },
      { resources, threads: 2 },
    );
    expect([optimisation?.outcome, vibrations?.outcome]).toEqual(["converged", "minimum"]);
    expect(Math.abs(hartreeFock.energy_hartree - expected.energy_hartree)).toBeLessThan(1e-5);
    const { frequencies_per_cm: found, terms, symmetryNumber } = vibrations!; // asked for
    expect(found).toHaveLength(expected.frequencies_per_cm.length);
    for (const [k, wave] of found.entries())
      expect(Math.abs(wave - expected.frequencies_per_cm[k]!)).toBeLessThan(FREQUENCY_TOLERANCE);
    expect(symmetryNumber).toBe(TURNS[expected.name]);
    const symmetry = kT * Math.log(symmetryNumber / expected.symmetryNumber);
    const off = [
      terms!.zeroPoint_hartree - expected.zeroPoint_hartree, // at a minimum
      terms!.enthalpy_hartree - expected.enthalpyTerms_hartree,
      terms!.gibbs_hartree - symmetry - expected.gibbsTerms_hartree,
    ];
    for (const difference of off) expect(Math.abs(difference)).toBeLessThan(TERMS_TOLERANCE);
  },
);

it("there are references of a closed shell and of a radical", () => {
  expect(cases.map(({ multiplicity }) => multiplicity)).toEqual([1, 2]);
});
