import { beforeEach, describe, expect, it, vi } from "vitest";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import type { Candidate, Conclusion, Protocol, Round } from "#core/quantum/properties/protocol.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";

const protocol = vi.hoisted(() => ({ next: (() => {}) as unknown as Protocol["next"] }));
vi.mock("#core/quantum/properties/registry.ts", () => ({
  PROTOCOLS: {
    "vertical-ionisation-energy": {
      next: (...asked: Parameters<Protocol["next"]>) => protocol.next(...asked),
    },
  },
}));

const geometry = { symbols: ["H"], coordinates_angstrom: [0, 0, 0] };
const own = { request: { geometry, charge: 0 } as EnergyRequest };
const cation = { ionOf: "neutral", kind: "cation" } as const;
const end: Conclusion = { values: { vertical_hartree: 1 }, outcome: "converged" };
const candidate = { geometry } as Candidate;

let asked: EnergyRequest[];
beforeEach(() => {
  asked = [];
});

const result = (charge: number): EnergyResult =>
  EnergyResult.parse({
    basis: "sto-3g",
    nBasis: 1,
    charge,
    multiplicity: 1,
    nuclearRepulsion_hartree: 0,
    hartreeFock: {
      outcome: "converged",
      energy_hartree: -1,
      iterations: 1,
      orbitalEnergies_hartree: [],
      wallTime_ms: 0,
    },
    activeSpace: null,
    casci: null,
    vqe: null,
    backend: "exact",
    build: "x",
    wallTime_ms: 1,
  });

const evaluated = (next: Protocol["next"]) => {
  protocol.next = next;
  return evaluateCandidate("vertical-ionisation-energy", candidate, async (request) => {
    asked.push(request);
    return result(request.charge);
  });
};
const rounds = (...all: Round["states"][]) =>
  evaluated((_, results) => {
    const next = all.find((states) => Object.keys(states).some((name) => !(name in results)));
    return next ? { states: next } : end;
  });

describe("a protocol in rounds", () => {
  it("computes each state once, with its ions, and gets the results of all rounds", async () => {
    const { evaluation, geometries } = await evaluated((_, { neutral, cation: found }) => {
      if (neutral === undefined) return { states: { neutral: own, cation } };
      expect([neutral, found]).toEqual([result(0), null]);
      return end;
    });
    expect(asked).toEqual([{ ...own.request, ions: ["cation"], diagnose: "from-field" }]);
    expect(evaluation).toEqual({
      property: "vertical-ionisation-energy",
      ...end,
      states: { neutral: result(0) },
    });
    expect(geometries).toEqual({ neutral: geometry });
  });

  it("is refused states that its property does not declare, knows already, or that follow another than their own", async () => {
    await expect(rounds({ neutral: own, triplet: own })).rejects.toThrow(/declares no state triplet/);
    await expect(evaluated(() => ({ states: { neutral: own } }))).rejects.toThrow(
      /neutral .* is known already/,
    );
    await expect(rounds({ cation, neutral: own })).rejects.toThrow(/cation .* follows another state/);
    await expect(rounds({})).resolves.toMatchObject({ reason: null });
    await expect(evaluated(() => ({ states: {} }))).rejects.toThrow(/a round .* without states/);
  });

  it("says of an outcome without a number why there is none", async () => {
    const { evaluation, reason } = await evaluated((_, { neutral }) =>
      neutral
        ? { values: {}, outcome: "not-bound", reason: "the electron leaves" }
        : { states: { neutral: own } },
    );
    expect([evaluation.outcome, reason]).toEqual(["not-bound", "the electron leaves"]);
  });
});
