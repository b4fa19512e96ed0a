import { expect, it } from "vitest";
import {
  fitting,
  LEAST_SCALE,
  opening,
  STEP,
  zoomed,
} from "../../../src/renderer/src/features/provenance/zoom.ts";

const view = { width: 800, height: 500 };

it("a graph that is fitted in is all in sight, one side filled, and never larger than life", () => {
  expect(fitting({ width: 1600, height: 400 }, view)).toBe(0.5);
  expect(fitting({ width: 400, height: 1000 }, view)).toBe(0.5);
  expect(fitting({ width: 80, height: 50 }, view)).toBe(1);
});

it("is never too small to be read", () => {
  expect(fitting({ width: 80_000, height: 400 }, view)).toBe(LEAST_SCALE);
  expect(zoomed(LEAST_SCALE, -1)).toBe(LEAST_SCALE);
});

it("opens all in sight where that can be read, and readable where not", () => {
  expect(opening({ width: 1000, height: 400 }, view)).toBe(0.8);
  expect(opening({ width: 8_000, height: 400 }, view)).toBe(0.75);
});

it("zooms in and out by equal steps", () => {
  expect(zoomed(0.5, 1)).toBe(0.5 * STEP);
  expect(zoomed(zoomed(0.5, 3), -3)).toBeCloseTo(0.5, 12);
});
