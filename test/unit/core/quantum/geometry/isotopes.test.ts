import { describe, expect, it } from "vitest";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { numericalHessian } from "#core/quantum/geometry/numerical-hessian.ts";
import { symmetryNumber } from "#core/quantum/geometry/symmetry-number.ts";
import { thermalTerms } from "#core/quantum/geometry/thermochemistry.ts";
import { freeBody, vibrations } from "#core/quantum/geometry/vibrations.ts";
import { type Isotope, massesOf } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { toAngstrom } from "#shared/units.ts";
import { readReference, referenceBasis } from "../chemistry-reference.ts";

interface Isotopologue {
  name: string;
  molecule: string;
  isotopes: Isotope[];
  frequencies_per_cm: number[];
  symmetryNumber: number;
  zeroPoint_hartree: number;
  enthalpyTerms_hartree: number;
  gibbsTerms_hartree: number;
}
const { cases } = readReference<{ cases: Isotopologue[] }>("isotopes.json");
const { cases: minima } = readReference<{
  cases: { name: string; symbols: string[]; coordinates_bohr: number[] }[];
}>("vibrations.json");

/** Of differences against analytic derivatives, cm⁻¹, as for the natural mixture. */
const FREQUENCY_TOLERANCE = 0.6;
const TERMS_TOLERANCE = 5e-6;

const found = new Map<string, Promise<{ geometry: Geometry; hessian: Float64Array }>>();

async function minimumOf(name: string): Promise<{ geometry: Geometry; hessian: Float64Array }> {
  const { symbols, coordinates_bohr } = minima.find((one) => one.name === name)!; // in the file
  const geometry = { symbols, coordinates_angstrom: coordinates_bohr.map((x): number => toAngstrom(x)) };
  const system = { geometry, charge: 0, multiplicity: 1, basis: await referenceBasis("6-31g*") };
  using opened = openSystem(system);
  const { kind, orbitals } = hartreeFock(opened);
  return { geometry, hessian: numericalHessian({ system, kind, orbitals })! }; // fields beside a minimum converge
}

/** A molecule's derivatives are those of all its isotopologues. */
function cached(name: string): ReturnType<typeof minimumOf> {
  const known = found.get(name) ?? minimumOf(name);
  found.set(name, known);
  return known;
}

describe.each(cases)("$name", (expected) => {
  it("vibrates, turns and falls as another program says", async () => {
    const { geometry, hessian } = await cached(expected.molecule);
    const masses = massesOf(geometry, expected.isotopes);
    const { frequencies_per_cm } = vibrations(geometry, hessian, masses);
    expect(frequencies_per_cm).toHaveLength(expected.frequencies_per_cm.length);
    for (const [k, frequency] of frequencies_per_cm.entries())
      expect(Math.abs(frequency - expected.frequencies_per_cm[k]!)).toBeLessThan(FREQUENCY_TOLERANCE);
    const turns = symmetryNumber(geometry, masses);
    expect(turns).toBe(expected.symmetryNumber);
    const terms = thermalTerms(
      { body: freeBody(geometry, masses), frequencies_per_cm, symmetryNumber: turns, multiplicity: 1 },
      GasConditions.parse({}),
    );
    for (const [term, reference] of [
      [terms.zeroPoint_hartree, expected.zeroPoint_hartree],
      [terms.enthalpy_hartree, expected.enthalpyTerms_hartree],
      [terms.gibbs_hartree, expected.gibbsTerms_hartree],
    ] as const)
      expect(Math.abs(term - reference)).toBeLessThan(TERMS_TOLERANCE);
  }, 60_000);
});
