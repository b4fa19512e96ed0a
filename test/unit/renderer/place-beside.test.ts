import fc from "fast-check";
import { expect, it } from "vitest";
import { placeBeside } from "../../../src/renderer/src/features/tour/place-beside.ts";

const CARD = { width: 340, height: 180 };
const VIEW = { width: 1280, height: 800 };

it("stands below, above or beside what it points at, and in the corner where there is nothing", () => {
  expect(placeBeside({ left: 100, top: 50, width: 300, height: 40 }, CARD, VIEW)).toEqual({
    left: 100,
    top: 104,
  });
  expect(placeBeside({ left: 100, top: 700, width: 300, height: 40 }, CARD, VIEW)).toEqual({
    left: 100,
    top: 506,
  });
  expect(placeBeside({ left: 700, top: 0, width: 500, height: 800 }, CARD, VIEW)).toEqual({
    left: 346,
    top: 14,
  });
  expect(placeBeside({ left: 0, top: 0, width: 500, height: 800 }, CARD, VIEW)).toEqual({
    left: 514,
    top: 14,
  });
  expect(placeBeside(null, CARD, VIEW)).toEqual({ left: 926, top: 606 });
});

it("is always in the window, and apart from a target that leaves room", () => {
  const box = fc.record({
    left: fc.integer({ min: 0, max: 1200 }),
    top: fc.integer({ min: 0, max: 780 }),
    width: fc.integer({ min: 1, max: 1280 }),
    height: fc.integer({ min: 1, max: 300 }),
  });
  fc.assert(
    fc.property(box, (target) => {
      const { left, top } = placeBeside(target, CARD, VIEW);
      const right = left + CARD.width;
      const bottom = top + CARD.height;
      expect([left >= 0, top >= 0, right <= VIEW.width, bottom <= VIEW.height]).toEqual([
        true,
        true,
        true,
        true,
      ]);
      const isApart =
        left >= target.left + target.width ||
        right <= target.left ||
        top >= target.top + target.height ||
        bottom <= target.top;
      expect(isApart).toBe(true);
    }),
  );
});
