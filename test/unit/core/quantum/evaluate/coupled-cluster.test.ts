import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { singlesNotes } from "#core/quantum/evaluate/notes.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import { methodEnergy } from "#shared/quantum/method-energy.ts";
import { flatten, isReached } from "../../../../../src/cli/commands/energy/result-json.ts";
import { resources, water } from "../chemistry-reference.ts";

const request: EnergyRequest = {
  geometry: water,
  ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "ccsd(t)", frozenCore: true },
  ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200 },
};

describe("a request for coupled cluster", () => {
  it("has the energy of its method, correlation beside the field's", async () => {
    const result = await evaluateEnergy(request, { resources });
    expect(EnergyResult.parse(result)).toEqual(result);
    const { energy_hartree, correlation_hartree, triples_hartree, hartreeFock_hartree, coupledCluster } =
      flatten(request, result, "file") as Record<string, unknown> & {
        coupledCluster: { nFrozenCore: number };
      };
    expect(energy_hartree).toBeCloseTo((hartreeFock_hartree as number) + (correlation_hartree as number), 12);
    expect(triples_hartree).toBeLessThan(0);
    expect(coupledCluster.nFrozenCore).toBe(1);
    const ccsd = await evaluateEnergy({ ...request, method: "ccsd" }, { resources });
    expect(methodEnergy({ method: "ccsd" }, ccsd)).toBeCloseTo(
      (energy_hartree as number) - (triples_hartree as number),
      12,
    );
    expect([ccsd.coupledCluster!.triples_hartree, ccsd.notes]).toEqual([null, []]);
  });

  it("has no energy where it did not converge", async () => {
    const result = await evaluateEnergy(request, { resources });
    const lost = {
      ...result,
      coupledCluster: { ...result.coupledCluster!, outcome: "not-converged" as const, triples_hartree: null },
    };
    expect(methodEnergy(request, lost)).toBeNull();
    expect(isReached(lost)).toBe(false);
    expect(flatten(request, lost, "file")).toMatchObject({ energy_hartree: null, correlation_hartree: null });
  });
});

describe("the note on large singles", () => {
  const found = { outcome: "converged", t1Diagnostic: 0.01, d1Diagnostic: 0.03 } as const;
  const notes = (multiplicity: number, changes: object) =>
    singlesNotes({ multiplicity }, { ...found, ...changes } as never);

  it("stands where T1 or D1 is above its threshold", () => {
    expect(notes(1, {})).toEqual([]);
    expect(notes(1, { t1Diagnostic: 0.031 })[0]).toContain(
      "T1 is 0.031 and D1 0.030, where above 0.02 and 0.05",
    );
    expect(notes(1, { d1Diagnostic: 0.06 })).toHaveLength(1);
    expect(notes(2, { t1Diagnostic: 0.03 })).toEqual([]);
    expect(notes(1, { outcome: "not-converged", t1Diagnostic: 0.5 })).toEqual([]);
  });
});
