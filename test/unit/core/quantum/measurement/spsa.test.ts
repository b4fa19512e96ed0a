import { describe, expect, it } from "vitest";
import { dropForbidden } from "#core/quantum/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz-uccsd.ts";
import { samplerBackend } from "#core/quantum/backends/sampler.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import { minimiseSpsa } from "#core/quantum/measurement/spsa.ts";
import { determinantEnergy, lowestDeterminant } from "#core/quantum/reference.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Standard error of each measurement, Hartree. */
const STANDARD_ERROR = 0.01;

const { hamiltonian } = uccsdEntries.find(({ id }) => id === "h2_1.5_sto3g")!;
const ansatz = dropForbidden(uccsd(2, [1, 1]), hamiltonian);
const exact = solveCasci(hamiltonian).states[0]!.energy_hartree;

/** The H2 molecule at 1.5 Å, from the reference determinant, by shots alone. */
const fromShots = (seed: number) =>
  minimiseSpsa(
    (parameters, shotSeed) => {
      const device = samplerBackend({ standardError: STANDARD_ERROR, seed: shotSeed });
      const measured = device.measure!({ hamiltonian, ansatz }, parameters, {});
      if (measured instanceof Promise) throw new Error("the simulator measures at once");
      return measured;
    },
    { start: new Float64Array(ansatz.nParameters), iterations: 60, seed },
  );

describe("SPSA", () => {
  it("finds the bottom of a noiseless bowl", () => {
    const centre = Float64Array.of(0.3, -0.2, 0.5);
    const measure = (x: Float64Array) => ({
      ...{ standardError_hartree: 0, shots: 1 },
      energy_hartree: x.reduce((sum, value, k) => sum + (value - centre[k]!) ** 2, -1),
    });
    const { parameters, final, shots } = minimiseSpsa(measure, {
      ...{ start: new Float64Array(3), iterations: 400, seed: 1 },
    });
    for (const [k, value] of parameters.entries()) expect(Math.abs(value - centre[k]!)).toBeLessThan(0.01);
    expect(final.energy_hartree).toBeLessThan(-0.999);
    expect(shots).toBe(2 * 5 + 2 * 400 + 1);
  });

  it.each([1, 2, 3])("brings a molecule to its minimum by shots alone, seed %i", (seed) => {
    const { final, trace_hartree } = fromShots(seed);
    const reference = determinantEnergy(hamiltonian, lowestDeterminant([1, 1]));
    expect(reference - exact).toBeGreaterThan(8 * STANDARD_ERROR);
    expect(trace_hartree).toHaveLength(60);
    // Four standard errors of the last measurement, and what is left of the search.
    expect(Math.abs(final.energy_hartree - exact)).toBeLessThan(5 * STANDARD_ERROR);
  });

  it("gives the same run for the same seed and another for another", () => {
    expect(fromShots(7)).toEqual(fromShots(7));
    expect(fromShots(8).parameters).not.toEqual(fromShots(7).parameters);
  });

  it("needs iterations to go by", () => {
    const measure = () => ({ energy_hartree: 0, standardError_hartree: 0, shots: 1 });
    const options = { start: new Float64Array(1), iterations: 3, seed: 1 };
    expect(() => minimiseSpsa(measure, options)).toThrow(/at least 4 iterations, got 3/);
  });
});
