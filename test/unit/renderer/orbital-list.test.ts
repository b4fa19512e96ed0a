import { describe, expect, it } from "vitest";
import { firstChoice, orbitalChoices } from "../../../src/renderer/src/features/calculate/orbital-list.ts";

const CLOSED = [
  { spin: "both", occupations: [2, 2, 0, 0], energies_hartree: [-20, -0.5, 0.1, 0.3] },
] as const;
const RADICAL = [
  { spin: "alpha", occupations: [1, 1, 0], energies_hartree: [-1, -0.4, 0.2] },
  { spin: "beta", occupations: [1, 0, 0], energies_hartree: [-0.9, 0.1, 0.3] },
] as const;
const NATURAL = [{ spin: "both", occupations: [2, 1.9, 0.1, 0], energies_hartree: null }] as const;

/** As the contract gives them: arrays that may be written to. */
const sets = (given: readonly object[]) => structuredClone(given) as Parameters<typeof orbitalChoices>[0];
const namesOf = (given: readonly object[], active: number[] = []) =>
  orbitalChoices(sets(given), active).map(({ name }) => name);

describe("the orbitals to choose from", () => {
  it("are named about the frontier, from the highest down", () => {
    expect(namesOf(CLOSED)).toEqual([
      "electron density",
      "electrostatic potential",
      "LUMO + 1",
      "LUMO",
      "HOMO",
      "HOMO − 1",
    ]);
    expect(firstChoice(orbitalChoices(sets(CLOSED), []))?.name).toBe("HOMO");
  });

  it("are of each spin where the spins are apart, with a spin density", () => {
    expect(namesOf(RADICAL)).toEqual([
      ...["electron density", "electrostatic potential", "spin density", "LUMO α", "HOMO α", "HOMO − 1 α"],
      ...["LUMO + 1 β", "LUMO β", "HOMO β"],
    ]);
  });

  it("are numbered where they have no energies, and begin with an active one", () => {
    const choices = orbitalChoices(sets(NATURAL), [1, 2]);
    expect(choices.map(({ name }) => name)).toEqual([
      ...["electron density", "electrostatic potential", "orbital 4", "orbital 3", "orbital 2", "orbital 1"],
    ]);
    expect(choices.filter(({ isActive }) => isActive).map(({ occupation }) => occupation)).toEqual([
      0.1, 1.9,
    ]);
    expect(firstChoice(choices)?.occupation).toBe(1.9);
    expect(namesOf([]), "no spin density of nothing").toEqual([
      "electron density",
      "electrostatic potential",
    ]);
  });
});
