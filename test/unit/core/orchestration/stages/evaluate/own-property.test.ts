import { afterAll, describe, expect, it } from "vitest";
import { methodParagraphs } from "#core/export/methods.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { evaluateStage } from "#core/orchestration/stages/evaluate/run.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { toElectronVolt } from "#shared/units.ts";
import { context, listCampaigns } from "./list-campaigns.ts";

const campaigns = listCampaigns(["O", "C=O"]);
afterAll(() => campaigns[Symbol.dispose]());

const SHARED = { kind: "formula", unit: "eV", better: "minimise", basis: "sto-3g" };

const PLAIN = { activeSpace: null, ansatz: "uccsd", maxIterations: 200 };

/** Energies by one calculation that knows of no property. */
async function energies(geometry: Geometry, request: object) {
  const asked = EnergyRequest.parse({
    ...PLAIN,
    basis: "sto-3g",
    method: "mp2",
    frozenCore: true,
    geometry,
    ...request,
  });
  const { hartreeFock, mp2 } = await evaluateEnergy(asked, context);
  return { hartreeFock: hartreeFock.energy_hartree, mp2: mp2!.energy_hartree };
}

async function relaxed(geometry: Geometry, charge = 0): Promise<Geometry> {
  const electrons = { charge, multiplicity: 1 + Math.abs(charge) };
  const method = charge === 0 ? "rhf" : "uhf";
  const asked = EnergyRequest.parse({
    ...PLAIN,
    basis: "6-31g*",
    method,
    geometry,
    ...electrons,
    optimise: { frozen: [] },
  });
  return (await evaluateEnergy(asked, context)).optimisation!.geometry;
}

describe("a property of a person's own", () => {
  it("is the number that two calculations give", async () => {
    const definition = {
      ...SHARED,
      id: "plain-ionisation",
      title: "Plain ionisation energy",
      states: { neutral: {}, cation: { charge: 1 } },
      formula: "E(cation) - E(neutral)",
    };
    const { campaign, details } = await campaigns.run({ property: "own-formula", definition });
    expect(campaign).toMatchObject({ state: "succeeded", counts: { evaluated: 2, failed: 0 } });
    for (const { conformer, evaluation, values } of details) {
      const neutral = await energies(conformer!.geometry, { charge: 0, multiplicity: 1 });
      const cation = await energies(conformer!.geometry, { charge: 1, multiplicity: 2 });
      expect(values["own-formula"]).toBeCloseTo(cation.mp2 - neutral.mp2, 9);
      expect(evaluation!.values.ownPropertyHartreeFock_hartree).toBeCloseTo(
        cation.hartreeFock - neutral.hartreeFock,
        9,
      );
    }
    // The cation's name comes first in the record.
    expect(await campaigns.replayed(details[0]!.id)).toMatchObject({ outcome: "identical" });
    const { version } = evaluateStage;
    Object.assign(evaluateStage, { version: version + 1 });
    const later = await campaigns.replayed(details[0]!.id);
    Object.assign(evaluateStage, { version });
    expect(later?.detail).toMatch(
      new RegExp(`by version ${version + 1} of evaluate, .*, then by version ${version} of evaluate`),
    );
    const byRank = details.toSorted((a, b) => a.rank! - b.rank!).map(({ values }) => values["own-formula"]!);
    expect(byRank).toEqual(byRank.toSorted((a, b) => a - b));
    const [first] = await campaigns.exported(campaign);
    expect(Number(first!.plain_ionisation_mp2_ev)).toBeCloseTo(toElectronVolt(byRank[0]!), 6);
    const property = "ownProperty_hartree" as const;
    const all = { property, min: -1000, max: 1000 };
    expect(await campaigns.found({ ...all, definition: "plain-ionisation" })).toHaveLength(2);
    expect(await campaigns.found({ ...all, definition: "another" })).toEqual([]);
    expect(await campaigns.found({ property, min: byRank[1]! })).toEqual([
      details.find(({ rank }) => rank === 2)!.id,
    ]);
    expect(methodParagraphs(campaign).map(({ text: said }) => said)).toContainEqual(
      expect.stringContaining("Plain ionisation energy: E(cation) - E(neutral) by MP2"),
    );
  });

  it("is a reaction with other molecules, each relaxed and as often as the formula says", async () => {
    const definition = {
      ...SHARED,
      id: "hydration",
      title: "Hydration",
      unit: "kJ/mol",
      states: {
        own: { geometry: "relaxed" },
        hydrogen: { smiles: "[H][H]", geometry: "relaxed" },
        hydroxide: { smiles: "[OH-]" },
      },
      formula: "E(own) - 1/2 * (E(hydrogen) + 3 * E(hydroxide)) + 2625.4996394792 kJ/mol",
    };
    const { details, computed } = await campaigns.run({ property: "own-formula", definition });
    // One relaxation and one energy of each candidate and of hydrogen, which is found the second time, and one energy of hydroxide.
    expect(computed).toBe(2 * 2 + 2 + 1);
    const place = async (smiles: string) => {
      const embedded = await campaigns.dispatcher.run("embed", { smiles, seed: 1 });
      if (embedded.outcome === "failed") throw new Error(embedded.detail);
      return embedded.conformer.geometry;
    };
    const neutral = { charge: 0, multiplicity: 1 };
    const hydrogen = await energies(await relaxed(await place("[H][H]")), neutral);
    const hydroxide = await energies(await place("[OH-]"), { charge: -1, multiplicity: 1 });
    for (const { conformer, values } of details) {
      const own = await energies(await relaxed(conformer!.geometry), neutral);
      const expected = own.mp2 - (hydrogen.mp2 + 3 * hydroxide.mp2) / 2 + 1;
      expect(values["own-formula"]).toBeCloseTo(expected, 7);
    }
    const [first] = details;
    expect(await campaigns.replayed(first!.id)).toMatchObject({ outcome: "identical" });
    expect(await verifyNotebook(campaigns.path)).toMatchObject({ ok: true, findings: [] });
  });

  it("shares its states with what is known, and leaves MP2 out where it is not asked for", async () => {
    const definition = {
      ...SHARED,
      id: "field-ionisation",
      title: "Field ionisation",
      method: "hartree-fock",
      states: { neutral: { geometry: "relaxed" }, cation: { charge: 1 } },
      formula: "E(cation) - E(neutral)",
    };
    const { details, computed } = await campaigns.run({ property: "own-formula", definition });
    // Its relaxation is of the campaign before.
    expect(computed).toBe(2 * 2);
    for (const { evaluation, rank } of details) {
      expect(rank).not.toBeNull();
      expect(Object.keys(evaluation!.values)).toEqual(["ownPropertyHartreeFock_hartree"]);
      expect(Object.values(evaluation!.states).every((state) => "mp2" in state && state.mp2 === null)).toBe(
        true,
      );
    }
  });

  it("is of what a reaction makes of the candidate; one that does not react is a failure that says so", async () => {
    const definition = {
      ...SHARED,
      id: "hydrogenation",
      title: "Hydrogenation",
      states: {
        own: {},
        alcohol: { reaction: "[C:1]=[O:2]>>[C:1]([H])[O:2][H]" },
        hydrogen: { smiles: "[H][H]" },
      },
      formula: "E(alcohol) - E(own) - E(hydrogen)",
    };
    const { details } = await campaigns.run({ property: "own-formula", definition });
    const [water, formaldehyde] = [details[0]!, details[1]!];
    expect(water.failure?.reason).toMatch(/^state alcohol: no-product: .* from O, got none/);
    const neutral = { charge: 0, multiplicity: 1 };
    const place = async (smiles: string) => {
      const embedded = await campaigns.dispatcher.run("embed", { smiles, seed: 1 });
      if (embedded.outcome === "failed") throw new Error(embedded.detail);
      return (await energies(embedded.conformer.geometry, neutral)).mp2;
    };
    const own = await energies(formaldehyde.conformer!.geometry, neutral);
    const expected = (await place("CO")) - own.mp2 - (await place("[H][H]"));
    expect(formaldehyde.values["own-formula"]).toBeCloseTo(expected, 8);
    expect(await campaigns.replayed(formaldehyde.id)).toMatchObject({ outcome: "identical" });
  });

  it("is at relaxed geometries of all its molecules where candidates are relaxed first", async () => {
    const definition = {
      ...SHARED,
      id: "exchange",
      title: "Exchange",
      states: {
        own: {},
        reduced: { reaction: "[C:1]=[O:2]>>[C:1]([H])[O:2][H]" },
        hydrogen: { smiles: "[H][H]" },
      },
      formula: "E(reduced) - E(own) - E(hydrogen)",
    };
    const { details } = await campaigns.run({ property: "own-formula", definition, relaxed: "hartree-fock" });
    const formaldehyde = details[1]!;
    const neutral = { charge: 0, multiplicity: 1 };
    const atMinimum = async (geometry: Geometry) => (await energies(await relaxed(geometry), neutral)).mp2;
    const place = async (smiles: string) => {
      const embedded = await campaigns.dispatcher.run("embed", { smiles, seed: 1 });
      if (embedded.outcome === "failed") throw new Error(embedded.detail);
      return atMinimum(embedded.conformer.geometry);
    };
    const own = await atMinimum(formaldehyde.conformer!.geometry);
    const expected = (await place("CO")) - own - (await place("[H][H]"));
    // Starts of methanol are not the same, Hartree.
    expect(Math.abs(formaldehyde.values["own-formula"]! - expected)).toBeLessThan(2e-5);
    expect(await campaigns.replayed(formaldehyde.id)).toMatchObject({ outcome: "identical" });
  });

  it("is refused before it starts where no candidate can have its states", () => {
    const definition = {
      ...SHARED,
      id: "odd",
      title: "Odd",
      states: { cation: { charge: 1, multiplicity: 3 } },
      formula: "E(cation)",
    };
    const issues = (evaluation: object) =>
      CampaignSettings.safeParse({ name: "x", evaluation }).error?.issues.map(({ message }) => message);
    expect(issues({ property: "own-formula", definition })).toEqual([
      "state cation: 3 is no multiplicity of a closed shell with charge 1",
    ]);
    expect(issues({ property: "own-formula" })?.[0]).toMatch(/expected what own-formula is made of/);
    expect(issues({ definition })?.[0]).toMatch(/expected none, for vertical-ionisation-energy is known/);
    const known = { ...definition, id: "triplet-energy", states: { cation: { charge: 1 } } };
    expect(issues({ property: "own-formula", definition: known })?.[0]).toMatch(/expected an id of its own/);
  });
});
