import { expect, it } from "vitest";
import { unitsOf } from "#core/quantum/evaluate/states.ts";
import { ownFormulaProtocol } from "#core/quantum/properties/own-formula.ts";
import type { Candidate, Round } from "#core/quantum/properties/protocol.ts";
import { FormulaDefinition } from "#shared/properties/formula-definition.ts";
import { levelName } from "#shared/properties/method-title.ts";
import { formulaProperty } from "#shared/properties/own-formula.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fromElectronVolt } from "#shared/units.ts";
import { water } from "../chemistry-reference.ts";

const definition = (solvent?: object, method = "mp2") =>
  FormulaDefinition.parse({
    kind: "formula",
    id: "oxidation",
    title: "Oxidation",
    unit: "eV",
    better: "minimise",
    method,
    ...(solvent && { solvent }),
    states: { neutral: {}, cation: { charge: 1 } },
    formula: "E(cation) - E(neutral) - 4.44 eV",
  });
const candidateOf = (own: FormulaDefinition) =>
  ({
    definition: own,
    geometry: water,
    ...{ charge: 0, multiplicity: 1, level: { basis: "sto-3g" }, structures: { lostBond: () => undefined } },
  }) as unknown as Candidate;

const requestsOf = (own: FormulaDefinition) => {
  const { states } = ownFormulaProtocol.next(candidateOf(own), {}) as Round;
  return unitsOf(states).map(({ request }) => request);
};

it("A state's charge is added to that of the molecule", () => {
  const own = definition();
  const chargesOf = (candidate: object) => {
    const { states } = ownFormulaProtocol.next({ ...candidateOf(own), ...candidate }, {}) as Round;
    return unitsOf(states).map(({ request }) => request.charge);
  };
  expect(chargesOf({})).toEqual([0, 1]);
  expect(chargesOf({ charge: 2 })).toEqual([2, 3]);
});

it("A formula's solvent is around the energy of every state, and in the words of its method", () => {
  const own = definition({ name: "acetonitrile" });
  const requests = requestsOf(own);
  expect(requests).toHaveLength(2);
  for (const request of requests)
    expect(request).toMatchObject({ solvent: { name: "acetonitrile" }, method: "mp2" });
  expect(formulaProperty(own).method("6-31g*", "mp2")).toContain("in acetonitrile (C-PCM, ε = 35.688)");
});

it("A formula without a solvent is what it was", () => {
  const own = definition();
  expect(own).not.toHaveProperty("solvent");
  for (const request of requestsOf(own)) expect(request).not.toHaveProperty("solvent");
});

it("A formula's solvent is refused where there is none such", () => {
  const asked = (solvent: object) => FormulaDefinition.safeParse({ ...definition(), solvent }).success;
  expect([asked({ name: "wine" }), asked({ dielectric: 0.5 }), asked({ dielectric: 20 })]).toEqual([
    false,
    false,
    true,
  ]);
});

it("A formula's energies may be a functional's, in its solvent, which its words say", () => {
  const own = definition({ dielectric: 20 }, "b3lyp");
  for (const request of requestsOf(own))
    expect(request).toMatchObject({ solvent: { dielectric: 20 }, method: "b3lyp", dispersion: "d3bj" });
  const field = (energy_hartree: number) =>
    ({
      hartreeFock: { outcome: "converged", energy_hartree, kohnSham: { functional: "b3lyp" } },
    }) as EnergyResult;
  const end = ownFormulaProtocol.next(candidateOf(own), { neutral: field(-10), cation: field(-9.5) });
  expect(end).toMatchObject({
    outcome: "converged",
    values: { ownPropertyFunctional_hartree: expect.closeTo(0.5 - fromElectronVolt(4.44), 10) },
  });
  const asked = { property: "own-formula" as const, definition: own };
  expect(levelName(asked, "6-31g*")).toBe("B3LYP-D3(BJ)/6-31g* in ε = 20");
  expect(formulaProperty(own).method("", "functional")).toContain("in a solvent (C-PCM, ε = 20");
});

it("A state that became another molecule gives no number, and is another candidate where it was the candidate itself", () => {
  const own = FormulaDefinition.parse({
    ...definition(),
    states: { neutral: { geometry: "relaxed" }, cation: { charge: 1, geometry: "relaxed" } },
  });
  const candidate = (broken: number) =>
    ({
      ...candidateOf(own),
      structures: {
        lostBond: (end: typeof water) => (end.coordinates_angstrom[0] === broken ? "O1–H2" : undefined),
      },
    }) as unknown as Candidate;
  const { states } = ownFormulaProtocol.next(candidate(1), {}) as Round;
  // The first atom of one lies at x = 1, of the other at x = 2.
  const results = Object.fromEntries(
    Object.keys(states).map((name, k) => [
      name,
      {
        hartreeFock: { outcome: "converged", energy_hartree: -1 },
        optimisation: {
          outcome: "converged",
          geometry: { ...water, coordinates_angstrom: [k + 1, ...water.coordinates_angstrom.slice(1)] },
        },
      },
    ]),
  ) as unknown as Record<string, EnergyResult>;
  const ended = (broken: number) => ownFormulaProtocol.next(candidate(broken), results);
  expect(ended(1)).toMatchObject({ reason: expect.stringContaining("state neutral"), isAnother: true });
  expect(ended(2)).toMatchObject({ reason: expect.stringContaining("state cation") });
  expect(ended(2)).not.toHaveProperty("isAnother");
});
