import { describe, expect, it } from "vitest";
import { CandidateId } from "#shared/ids.ts";
import { createCameraLink } from "../../../src/renderer/src/components/molecule-3d/camera-link.ts";
import type { Camera } from "../../../src/renderer/src/components/molecule-3d/viewer.ts";
import {
  alignmentWords,
  apartAtoms,
  companyOf,
  pairWords,
  placedOnes,
} from "../../../src/renderer/src/features/compare/compared.ts";

const id = (index: number) => CandidateId.parse(`00000000-0000-4000-8000-000000000001/${index}`);

/** A V2000 molblock of atoms alone. */
const block = (atoms: [string, number, number, number][]): string =>
  [
    ...["", "", "", `${String(atoms.length).padStart(3)}  0  0  0  0  0  0  0  0  0999 V2000`],
    ...atoms.map(([symbol, ...xyz]) => `${xyz.map((x) => x.toFixed(4).padStart(10)).join("")} ${symbol}   0`),
    "M  END",
  ].join("\n");

const WATER = block([
  ["O", 0, 0, 0],
  ["H", 1, 0, 0],
  ["H", 0, 1, 0],
]);
const AMMONIA = block([
  ["N", 0, 0, 0.1],
  ["H", 1, 0, 0.1],
  ["H", 0, 1, 0.1],
  ["H", 0, 0, -4],
]);

describe("candidates compared in space", () => {
  it("keep their numbers where one of them has no geometry", () => {
    const compared = [null, WATER, AMMONIA].map((molblock, k) => ({ id: id(k), molblock, alignment: null }));
    expect(placedOnes(compared).map(({ place }) => place)).toEqual([1, 2]);
    expect(companyOf(placedOnes(compared))[1]).toEqual([
      { x: 0, y: 0, z: 0.1 },
      { x: 1, y: 0, z: 0.1 },
      { x: 0, y: 1, z: 0.1 },
      { x: 0, y: 0, z: -4 },
    ]);
  });

  it("have their numbers where they are furthest from the others", () => {
    expect(apartAtoms([WATER, AMMONIA])[1]).toBe(3);
  });

  it("say which atoms lie on which, and how far apart", () => {
    const pairs: [number, number][] = [
      [0, 0],
      [2, 3],
    ];
    expect(pairWords(pairs, WATER, AMMONIA)).toBe("O1–N1, H3–H4");
    expect(alignmentWords({ by: "skeleton", pairs, rmsd_angstrom: 0.126 }, 2)).toBe(
      "2 atoms on those of 2, bonded alike, elements aside: RMSD 0.13 Å.",
    );
    expect(alignmentWords({ by: "centres", pairs: [], rmsd_angstrom: null }, 1)).toContain(
      "centre on centre",
    );
    expect(alignmentWords(null, 1)).toBe("The others are laid on this one.");
  });
});

describe("linked cameras", () => {
  /** A view that knows where it looks from, and tells of it as a person's move does. */
  function view() {
    let told = (_: Camera): void => {};
    const seen = { at: [0] as Camera, resets: 0 };
    return {
      seen,
      turn: (camera: Camera) => {
        seen.at = camera;
        told(camera);
      },
      viewer: {
        onCamera: (moved: (camera: Camera) => void) => {
          told = moved;
        },
        camera: () => seen.at,
        look: (camera: Camera) => {
          seen.at = camera;
        },
        reset: () => {
          seen.resets++;
        },
      },
    };
  }

  it("follow one another, until one leaves", () => {
    const [a, b, c] = [view(), view(), view()];
    const link = createCameraLink();
    const [leave] = [a, b, c].map(({ viewer }) => link.join(viewer));
    b.turn([1, 2]);
    expect([a, b, c].map(({ seen }) => seen.at)).toEqual([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    leave?.();
    a.turn([3]);
    b.turn([4]);
    expect([a, b, c].map(({ seen }) => seen.at)).toEqual([[3], [4], [4]]);
    const d = view();
    link.join(d.viewer);
    expect(d.seen.at, "who comes later looks from where the others do").toEqual([4]);
    link.reset();
    expect([a, b, c].map(({ seen }) => seen.resets)).toEqual([0, 1, 1]);
  });
});
