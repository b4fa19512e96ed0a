/** Molecules of the tests of this room, Å. */
import type { AtomRow } from "../chemistry-reference.ts";

export const WATER: AtomRow[] = [
  ["O", 0, 0, 0],
  ["H", 0.75779689, 0, 0.58674904],
  ["H", -0.75779689, 0, 0.58674904],
];
export const NO2: AtomRow[] = [
  ["N", 0, 0, 0],
  ["O", 1.09856866, 0.46518373, 0],
  ["O", -1.09856866, 0.46518373, 0],
];
export const O2: AtomRow[] = [
  ["O", 0, 0, 0],
  ["O", 0, 0, 1.2075],
];
