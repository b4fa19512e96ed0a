import { expect, it, vi } from "vitest";
import { statesOf } from "#core/quantum/properties/evaluate.ts";
import type { Candidate, Protocol } from "#core/quantum/properties/protocol.ts";

const own = { request: {} as never };
const states = vi.hoisted(() => ({ now: {} as ReturnType<Protocol["states"]> }));
vi.mock("#core/quantum/properties/registry.ts", () => ({
  PROTOCOLS: { "vertical-ionisation-energy": { states: () => states.now } },
}));
const computed = (now: ReturnType<Protocol["states"]>) => {
  states.now = now;
  return statesOf("vertical-ionisation-energy", {} as Candidate);
};

it("a protocol computes the states that its property declares, each after the one whose orbitals it takes", () => {
  const cation = { ionOf: "neutral", kind: "cation" } as const;
  expect(computed({ neutral: own, cation })).toEqual({ neutral: own, cation });
  expect(() => computed({ neutral: own })).toThrow(/states of vertical-ionisation-energy/);
  expect(() => computed({ cation, neutral: own })).toThrow(/states of vertical-ionisation-energy/);
  expect(() => computed({ neutral: own, cation: { ...cation, ionOf: "triplet" } })).toThrow(
    /cation of vertical-ionisation-energy follows another state/,
  );
});
