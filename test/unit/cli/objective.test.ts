import { describe, expect, it } from "vitest";
import { parseCheapObjectives, parseObjectives, parsePrompt } from "../../../src/cli/objective.ts";

describe("objectives on the command line", () => {
  it("are read with their arguments, which may hold colons", () => {
    expect(parseObjectives(["qed", "sa", "logp:-1..2.5", "similarity:CCO", "substructure:[C:1]"])).toEqual([
      { kind: "qed" },
      { kind: "sa-score" },
      { kind: "logp", minimum: -1, maximum: 2.5 },
      { kind: "similarity", to: "CCO" },
      { kind: "substructure", smarts: "[C:1]" },
    ]);
    expect(parseObjectives(["ionisation:12..8"])).toEqual({
      property: "vertical-ionisation-energy",
      worst: 12,
      best: 8,
    });
  });

  it.each(["beauty", "logp:1-2", "qed:1", "similarity:", "ionisation:9"])(
    "%s is refused with what is known",
    (text) => {
      expect(() => parseObjectives([text])).toThrow(/--steer: expected qed/);
    },
  );

  it("do not mix energies with others, and a campaign takes none", () => {
    expect(() => parseObjectives(["qed", "ionisation:8..12"])).toThrow(/alone/);
    expect(() => parseCheapObjectives(["ionisation:8..12"])).toThrow(/--acquisition/);
  });
});

describe("prompts on the command line", () => {
  it("are one scaffold, two fragments or one molecule", () => {
    expect(parsePrompt({})).toBeNull();
    expect(parsePrompt({ decorate: "*CC" })).toEqual({ kind: "decorate", scaffold: "*CC" });
    expect(parsePrompt({ link: "*CC.*N" })).toEqual({ kind: "link", first: "*CC", second: "*N" });
    expect(parsePrompt({ near: "CC" })).toEqual({ kind: "near", smiles: "CC" });
  });

  it.each([
    [{ link: "CC" }, /two fragments/],
    [{ link: "*C.*C.*C" }, /two fragments/],
    [{ near: "CC", decorate: "*C" }, /got several/],
  ])("%j is refused", (options, message) => {
    expect(() => parsePrompt(options)).toThrow(message);
  });
});
