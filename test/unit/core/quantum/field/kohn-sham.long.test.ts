/** All molecules but water, the functionals that the quick tests do not turn, and what grids of heavy atoms are worth. */
import { describe, expect, it } from "vitest";
import { FUNCTIONALS, type FunctionalName } from "#shared/quantum/functionals.ts";
import {
  agreesOnFullSpheres,
  fullSphereGradients,
  gradientError,
  isQuickGradient,
  otherGridGradients,
} from "../kohn-sham-gradients.ts";
import {
  agreesInKohnSham,
  heavyGridCases,
  isQuickKohnSham,
  kohnShamCases,
  openGridCases,
  staysWhenMoved,
  staysWithinItsGridError,
} from "../kohn-sham-reference.ts";

describe("RKS and UKS on the fine grid", () => {
  it.each(kohnShamCases.filter((one) => !isQuickKohnSham(one)))(
    "agree with grids that are finer still: $name",
    agreesInKohnSham,
  );

  it.each(Object.keys(FUNCTIONALS) as FunctionalName[])(
    "do not change when the molecule is turned and moved: %s",
    staysWhenMoved,
  );
});

describe("the gradient of RKS and UKS", () => {
  it.each(fullSphereGradients.filter((one) => !isQuickGradient(one)))(
    "agrees with full spheres: $id",
    agreesOnFullSpheres,
  );

  it.each(otherGridGradients)("agrees on the fine grid: $id $functional", async (entry) => {
    expect(await gradientError(entry, "fine")).toBeLessThan(5e-6);
  });
});

describe("a Kohn–Sham field of heavy atoms, or of an open shell", () => {
  it.each([...heavyGridCases, ...openGridCases])("is off by no more than it says: $id", async (entry) => {
    for (const grid of ["coarse", "medium", "fine"] as const) await staysWithinItsGridError(entry, grid);
  });

  it("is of a metal hydride, of sulfur hexafluoride and of a radical", () => {
    expect(heavyGridCases).toHaveLength(4);
    expect(openGridCases).toHaveLength(2);
  });
});
