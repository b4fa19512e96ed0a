import { describe, expect, it } from "vitest";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { propertyOf } from "#shared/properties/find.ts";
import { statedErrorOf } from "../../../src/renderer/src/features/candidate/gap.ts";

/** The first states measured with the given errors, as far as the error of the value asks for them. */
function measured(property: Evaluation["property"], errors: readonly number[]): Evaluation {
  const states = propertyOf(property).states.map(({ name }, k) => [
    name,
    errors[k] === undefined ? {} : { casci: null, vqe: { statedError_hartree: errors[k] } },
  ]);
  return { property, states: Object.fromEntries(states) } as Evaluation;
}

describe("the standard error of a value", () => {
  it("is that of a difference of two independent energies", () => {
    expect(statedErrorOf(measured("vertical-ionisation-energy", [3e-3, 4e-3]))).toBeCloseTo(5e-3, 12);
  });

  it("is not told of a gap, in which the neutral counts twice", () => {
    expect(statedErrorOf(measured("fundamental-gap", [3e-3, 4e-3, 4e-3]))).toBeNull();
  });
});
