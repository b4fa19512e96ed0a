import { describe, expect, it } from "vitest";
import { expectedCost } from "#core/quantum/cost/expected.ts";
import { stateMemory_bytes, stateSeconds } from "#core/quantum/cost/law.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources, water } from "../chemistry-reference.ts";

const request: EnergyRequest = {
  geometry: water,
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "casscf", ansatz: "uccsd", maxIterations: 100 },
  activeSpace: { nelec: 4, norb: 4 },
};

describe("what a calculation will take", () => {
  it("is that of the law, told before it starts", async () => {
    const { geometry, ...asked } = request;
    const state = { ...asked, symbols: geometry.symbols };
    const basis = await loadBasisSet(resources, "6-31g");
    expect(await expectedCost(request, resources)).toEqual({
      seconds: stateSeconds(state, basis),
      memory_bytes: stateMemory_bytes(state, basis),
    });
  });

  it("is of a basis set of the caller's own too, and an unknown one is refused", async () => {
    const text = "****\nH 0\nS 1 1.0\n 1.0 1.0\n****\nO 0\nS 1 1.0\n 1.0 1.0\nP 1 1.0\n 1.0 1.0\n****\n";
    const own: EnergyRequest = { ...request, basis: "own.gbs", ownBasis: { text, functions: "pure" } };
    const small = await expectedCost(own, resources);
    expect(small.seconds).toBeLessThan((await expectedCost(request, resources)).seconds);
    await expect(expectedCost({ ...request, basis: "7-31g" }, resources)).rejects.toThrow(
      "Unknown basis set",
    );
  });
});
