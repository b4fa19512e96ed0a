import { describe, expect, it } from "vitest";
import { mixesSpins, projectedEnergy, projectionNote, spinEnergy } from "#shared/quantum/spin-projection.ts";

const state = (multiplicity: number, energy_hartree: number, spinSquare: number | null) => ({
  multiplicity,
  hartreeFock: { outcome: "converged" as const, spinSquare },
  mp2: { energy_hartree },
});

describe("a determinant that mixes spins", () => {
  it("is projected from 0.05 beyond S(S+1) on, and not where ⟨S²⟩ is not known", () => {
    expect(mixesSpins(state(2, -1, 0.79))).toBe(false);
    expect(mixesSpins(state(2, -1, 0.81))).toBe(true);
    expect(mixesSpins(state(1, -1, 0.06))).toBe(true);
    expect(mixesSpins(state(3, -1, 2.04))).toBe(false);
    expect(mixesSpins(state(2, -1, null))).toBe(false);
  });

  it("half singlet and half triplet leaves the singlet as far below as the triplet is above", () => {
    // Two electrons far apart: ⟨S²⟩ of the broken-symmetry determinant is 1.
    expect(projectedEnergy(state(1, -1, 1), state(3, -0.99, 2))).toBeCloseTo(-1.01, 12);
  });

  it("has no projected energy without the higher spin, without MP2, or where the determinant is more of the higher one", () => {
    const low = state(2, -1, 1.2);
    expect(projectedEnergy(low, undefined)).toBeNull();
    expect(projectedEnergy({ ...low, mp2: null }, state(4, -0.9, 3.75))).toBeNull();
    expect(projectedEnergy(low, { ...state(4, -0.9, 3.75), mp2: null })).toBeNull();
    expect(projectedEnergy(state(2, -1, 2.25), state(4, -0.9, 3.75))).toBeCloseTo(-1.1, 12);
    expect(projectedEnergy(state(2, -1, 2.26), state(4, -0.9, 3.75))).toBeNull();
    expect(projectedEnergy(state(2, -1, 3.8), state(4, -0.9, 3.75))).toBeNull();
    expect(projectedEnergy(low, state(4, -1.1, 3.75))).toBeNull();
  });

  it("keeps its own energy where nothing can be projected, and has none where it is more of the higher spin", () => {
    const low = state(2, -1, 1.2);
    expect(spinEnergy(low, state(4, -0.9, 3.75))).toBeCloseTo(-1 - (0.45 / 2.55) * 0.1, 12);
    expect(spinEnergy(state(2, -1, 0.76), undefined)).toBe(-1);
    expect(spinEnergy(low, undefined)).toBe(-1);
    expect(spinEnergy(low, { ...state(4, -0.9, 3.75), mp2: null })).toBe(-1);
    expect(spinEnergy(low, state(4, -1.1, 3.75))).toBe(-1);
    expect(spinEnergy(state(2, -1, 2.26), state(4, -0.9, 3.75))).toBeNull();
    expect(spinEnergy({ ...low, mp2: null }, state(4, -0.9, 3.75))).toBeNull();
  });

  it("says why it was not projected", () => {
    const of = (low: object, high: object | undefined) => projectionNote("cation", { low, high });
    const low = state(2, -1, 1.2);
    const because = (reason: string) =>
      `⟨S²⟩ of the cation is 0.45 too high and its MP2 energy is not projected onto its spin, for ${reason}: it may be up to 2 eV too high.`;
    expect(of(low, undefined)).toBe(
      because("no state of the higher spin was computed with which it could be projected"),
    );
    expect(of(low, { ...state(4, -0.9, 3.75), mp2: null })).toBe(
      because("the state of the higher spin with which it was to be projected did not converge"),
    );
    expect(of(low, state(4, -1.1, 3.75))).toBe(
      because("the state of the higher spin that was found lies below it"),
    );
  });

  it("is told with what was too much and by how much the energy moved", () => {
    const of = (low: object) => projectionNote("cation", { low, high: state(4, -0.8, 3.75) });
    expect(of(state(2, -1, 1.35))).toBe(
      "⟨S²⟩ of the cation is 0.60 too high; its MP2 energy was projected onto its spin, by -1.36 eV.",
    );
    expect(of(state(2, -1, 0.76))).toBeNull();
    expect(of({})).toBeNull();
  });
});
