import { expect, it } from "vitest";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { isMp2, isSpinScaled } from "#shared/quantum/spin-scaling.ts";

const mp2 = {
  ...{
    energy_hartree: -76.3,
    correlation_hartree: -0.3,
    sameSpin_hartree: -0.09,
    oppositeSpin_hartree: -0.21,
  },
  ...{ largestAmplitude: 0.05, nFrozenCore: 0, wallTime_ms: 1 },
};

it("weights the spins of MP2 as published", () => {
  expect(methodEnergy({ method: "mp2" }, { mp2 })).toBe(-76.3);
  expect(methodEnergy({ method: "scs-mp2" }, { mp2 })).toBeCloseTo(-76 - 1.2 * 0.21 - 0.09 / 3, 12);
  expect(methodEnergy({ method: "sos-mp2" }, { mp2 })).toBeCloseTo(-76 - 1.3 * 0.21, 12);
  expect(methodEnergy({ method: "scs-mp2" }, { mp2: null })).toBeNull();
  expect(
    ["mp2", "scs-mp2", "ccsd"].map((method) => [isMp2(method as never), isSpinScaled(method as never)]),
  ).toEqual([
    [true, false],
    [true, true],
    [false, false],
  ]);
});
