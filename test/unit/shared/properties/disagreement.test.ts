import { expect, it } from "vitest";
import { disagreement } from "#shared/properties/disagreement.ts";
import { fromElectronVolt } from "#shared/units.ts";

const neutral = (multiplicity: number, largestAmplitude: number) => ({
  name: "neutral",
  multiplicity,
  state: { multiplicity, casci: null, mp2: { largestAmplitude } } as never,
});
const numbers = { mp2: fromElectronVolt(5), casci: fromElectronVolt(8) };
const PAIRED = "The neutral was computed with all electrons paired";

it("says that electrons were paired where one pairing is a poor start, and of no other state", () => {
  expect(disagreement(numbers, [neutral(1, 0.19)])).toBe(
    `MP2 gives 3.00 eV less than CASCI; the largest pair amplitude of the neutral is 0.19: one determinant is a poor start for MP2. ${PAIRED}: where its ground state has unpaired ones, give its multiplicity.`,
  );
  expect(disagreement(numbers, [neutral(1, 0.05)])).not.toContain(PAIRED);
  expect(disagreement(numbers, [neutral(3, 0.19)])).not.toContain(PAIRED);
  expect(disagreement({ ...numbers, casci: numbers.mp2 }, [neutral(1, 0.19)])).toBeNull();
});
