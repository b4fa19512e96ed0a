import { describe, expect, it } from "vitest";
import { energyBreaks, frameSteps } from "#shared/quantum/energy-curve.ts";

const MORSE = (r: number) => 0.4 * (1 - Math.exp(-2.7 * (r - 1.1))) ** 2;
const along = (first: number, step: number, count: number) =>
  Array.from({ length: count }, (_, k) => first + step * k);

const stepsOf = (distances: readonly number[]) => distances.slice(1).map((r, k) => r - distances[k]!);
const equal = (count: number) => Array<number>(count - 1).fill(1);

it("is as far from frame to frame as the distances between atoms change", () => {
  const frame = (r: number, shift = 0) => ({
    symbols: ["H", "H"],
    coordinates_angstrom: [0, 0, shift, 0, r, shift],
  });
  expect(frameSteps([frame(1), frame(1.5), frame(1.5, 4)])).toEqual([expect.closeTo(0.5), 0]);
});

describe("breaks of a curve by its energies", () => {
  it.each([
    ["fine", along(0.9, 0.05, 40)],
    ["coarse", along(0.8, 0.2, 12)],
    ["from the minimum on", along(1.1, 0.3, 8)],
    ["through the inflection only", along(1.25, 0.05, 8)],
    ["uneven", [0.9, 1.0, 1.1, 1.2, 1.4, 1.6, 1.8, 2.0, 2.5, 3.0]],
  ])("are none on a smooth one: %s", (_, distances) => {
    expect(energyBreaks(distances.map(MORSE), stepsOf(distances))).toEqual([]);
  });

  it("are where the energy jumps", () => {
    const energies = along(0.9, 0.1, 20).map((r) => MORSE(r) + (r > 1.75 ? 0.05 : 0));
    expect(energyBreaks(energies, equal(20))).toEqual([
      { frames: [8, 9], reason: "energy", size_hartree: expect.closeTo(0.05, 1.5) },
    ]);
  });

  it("are all along a zigzag", () => {
    const energies = along(1.6, 0.2, 7).map((r, k) => MORSE(r) + (k % 2 === 0 ? 0 : 0.11));
    expect(energyBreaks(energies, equal(7)).map(({ frames }) => frames[0])).toEqual([1, 2, 3, 4]);
  });

  it("are not told from too few frames, or across one that did not converge", () => {
    expect(energyBreaks([0, 0.1, 0, 0.1], equal(4))).toEqual([]);
    expect(energyBreaks([0, 0.1, 0, null, 0.1, 0, 0.1], equal(7))).toEqual([]);
  });
});
