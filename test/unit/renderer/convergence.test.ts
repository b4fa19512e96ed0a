import { describe, expect, it } from "vitest";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import type { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";
import { convergencePoints, FLOOR_HARTREE, gapOf } from "../../../src/renderer/src/features/candidate/gap.ts";

const casci = (energy_hartree: number) => ({ energy_hartree }) as CasciResult;
const vqe = (...trace_hartree: number[]) =>
  ({ energy_hartree: trace_hartree.at(-1) ?? Number.NaN, trace_hartree }) as VqeResult;
const result = (neutralGap: number, cationGap: number) =>
  ({
    property: "vertical-ionisation-energy",
    states: {
      neutral: { casci: casci(-2), vqe: vqe(-2 + neutralGap) },
      cation: { casci: casci(-1), vqe: vqe(-1 + cationGap) },
    },
  }) as unknown as Evaluation;

describe("how far VQE is from CASCI", () => {
  it("is the larger of the two differences", () => {
    expect(gapOf(result(0.25, 0.5))).toBe(0.5);
    expect(gapOf(result(0.5, 0.25))).toBe(0.5);
  });

  it("is unknown where no state is in an active space", () => {
    expect(gapOf({ ...result(0, 0), states: {} })).toBeNull();
  });

  it("is drawn at a floor where a logarithm has nothing to show, and the true value is kept", () => {
    const points = convergencePoints(vqe(-1.5, -2, -2.25), casci(-2));
    expect(points.map(({ exact }) => exact)).toEqual([0.5, 0, -0.25]);
    expect(points.map(({ shown }) => shown)).toEqual([0.5, FLOOR_HARTREE, 0.25]);
  });
});
