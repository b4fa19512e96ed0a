import { describe, expect, it } from "vitest";
import { hamiltonianRows } from "../../../src/renderer/src/features/calculate/result-rows.ts";
import { differenceIn, type EnergyUnitChoice } from "../../../src/renderer/src/text/energy-unit.ts";
import type { HamiltonianResult } from "../../../src/shared/quantum/hamiltonian-energy.ts";

describe("the rows of a result", () => {
  it("place no state above another where one of the two did not converge", () => {
    const state = (energy_hartree: number, outcome: "converged" | "not-converged") => ({
      ...{ energy_hartree, outcome, spinSquare: 0 },
    });
    const aboveOf = (lowest: "converged" | "not-converged") => {
      const excited = [state(-0.5, "converged"), state(-0.4, "not-converged")];
      const fci = { outcome: lowest, energy_hartree: -1, determinants: 4, excited };
      const result = { coupledCluster: null, sci: null, vqe: null, fci };
      return hamiltonianRows(result as unknown as HamiltonianResult, differenceIn("usual")).map(
        ({ energy_hartree, above_hartree }) => [energy_hartree, above_hartree],
      );
    };
    expect(aboveOf("converged")).toEqual([
      [-1, undefined],
      [-0.5, 0.5],
      [null, undefined],
    ]);
    expect(aboveOf("not-converged")).toEqual([
      [null, undefined],
      [-0.5, undefined],
      [null, undefined],
    ]);
  });

  it("tell errors in the unit that is chosen", () => {
    const state = {
      ...{ multiplicity: 1, root: 1, energy_hartree: -1, spinSquare: 0, pt2_hartree: -0.01 },
      ...{ extrapolated_hartree: -1.01, extrapolatedError_hartree: 1e-3, naturalOccupations: [] },
    };
    const sci = { outcome: "converged", determinants: 4, states: [state] };
    const result = { coupledCluster: null, fci: null, vqe: null, sci } as unknown as HamiltonianResult;
    const errorIn = (choice: EnergyUnitChoice) => hamiltonianRows(result, differenceIn(choice)).at(-1)?.note;
    expect(errorIn("usual")).toBe("± 1.000 mEh");
    expect(errorIn("kcal/mol")).toBe("± 0.628 kcal/mol");
    expect(errorIn("cm⁻¹")).toBe("± 219.475 cm⁻¹");
  });
});
