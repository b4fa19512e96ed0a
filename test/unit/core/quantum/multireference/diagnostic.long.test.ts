import { expect, it } from "vitest";
import {
  isCalibration,
  routed,
  routedMolecules,
  SENT_UP_FOR_NOTHING,
  THRESHOLDS,
} from "./routing-reference.ts";

it("the threshold parts one half of the molecules, and of the other sends three too many up", async () => {
  const all = await Promise.all(
    routedMolecules.map(async (entry) => ({ ...entry, ...(await routed(entry)) })),
  );
  const [half, others] = [all.filter(isCalibration), all.filter((entry) => !isCalibration(entry))];
  const deviations = (needs: boolean) =>
    half.filter(({ needsActiveSpace }) => needsActiveSpace === needs).map(({ deviation }) => deviation);
  const gap = [Math.max(...deviations(false)), Math.min(...deviations(true))] as const;
  expect(gap[0]).toBeLessThan(THRESHOLDS.deviation);
  expect(Math.abs((gap[0] + gap[1]) / 2 - THRESHOLDS.deviation)).toBeLessThan(0.005);
  const table = (part: typeof all) =>
    [false, true].map((needs) =>
      [true, false].map(
        (right) =>
          part.filter(({ needsActiveSpace, isRight }) => needsActiveSpace === needs && isRight === right)
            .length,
      ),
    );
  expect(table(half)).toEqual([
    [28, 0],
    [20, 0],
  ]);
  expect(table(others)).toEqual([
    [18, 3],
    [12, 0],
  ]);
  expect(others.filter(({ isRight }) => !isRight).map(({ id }) => id)).toEqual(SENT_UP_FOR_NOTHING);
});
