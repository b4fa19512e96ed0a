import { describe, expect, it } from "vitest";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import { shownMethods, shownStates } from "../../../src/renderer/src/features/candidate/shown-states.ts";

const own = { hartreeFock: { energy_hartree: -1 }, mp2: { energy_hartree: -1.1 }, casci: null, vqe: null };

const shown = (property: Evaluation["property"], states: Record<string, object>, values: object) => {
  const result = { property, outcome: "converged", states, values } as unknown as Evaluation;
  const found = shownStates(result);
  return { titles: found.map(({ title }) => title), methods: shownMethods(result, found) };
};

describe("the table of energies", () => {
  it("has a row for each state that there is, numbered ones in the order of their numbers", () => {
    const states = { "protomer-10": own, molecule: own, "protomer-2": own };
    expect(shown("proton-affinity", states, {})).toEqual({
      titles: ["Molecule", "Protomer 2", "Protomer 10"],
      methods: ["hartree-fock", "mp2"],
    });
  });

  it("has a column for each method of which there is an energy or a number", () => {
    const neutral = { ...own, mp2: null };
    const cation = { casci: { energy_hartree: -0.5 }, vqe: { energy_hartree: -0.4 } };
    expect(shown("vertical-ionisation-energy", { neutral, cation }, {})).toEqual({
      titles: ["Neutral", "Cation"],
      methods: ["hartree-fock", "casci", "vqe"],
    });
    expect(shown("vertical-ionisation-energy", { neutral }, { verticalMp2_hartree: 0.4 }).methods).toEqual([
      "hartree-fock",
      "mp2",
    ]);
  });
});
