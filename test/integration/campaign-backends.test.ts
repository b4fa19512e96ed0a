import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { mainValue } from "#shared/properties/evaluation.ts";
import { asIonisation } from "../unit/core/vertical-ionisation.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
/** Loading, sampling, embedding and two small evaluations on a busy machine. */
const TIME_LIMIT_MS = 240_000;

let folder: string;
let engine: Engine;

/** The ranked candidates of a campaign of two molecules, best first. */
async function ranked(evaluation: CampaignSettingsInput["evaluation"]): Promise<CandidateDetail[]> {
  const settings = CampaignSettings.parse({
    name: "backends",
    generation: { count: 60, seed: 3 },
    evaluation: {
      basis: "sto-3g",
      maxEvaluations: 2,
      propertySettings: { method: "vqe" },
      ...evaluation,
    },
  });
  const { id } = await engine.campaigns.start(settings);
  const { state, error } = await engine.campaigns.finished({ id });
  expect({ state, error }).toEqual({ state: "succeeded", error: null });
  const rows = (await engine.candidates.list({ campaignId: id })).filter(({ rank }) => rank !== null);
  return Promise.all(
    rows.toSorted((a, b) => a.rank! - b.rank!).map((row) => engine.candidates.get({ id: row.id })),
  );
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-backends-"));
  engine = await createEngine({
    paths: { notebook: join(folder, "notebook.sqlite"), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: console.warn, error: console.error },
    threads: 2,
  });
});
afterAll(async () => {
  await engine?.[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true, force: true });
});

describe("a campaign on the sampler", () => {
  const sampling = {
    statedError_hartree: 0.01,
    noise: { readout01: 0.01 },
    mitigation: ["readout" as const],
  };
  const settings = { backend: "sampler" as const, sampling };
  let candidates: CandidateDetail[];
  beforeAll(async () => {
    candidates = await ranked(settings);
  }, TIME_LIMIT_MS);

  it("keeps shots, stated error and a seed of its own for each candidate", () => {
    const results = candidates.map(({ evaluation }) => asIonisation(evaluation!).neutral.vqe!);
    expect(results.map(({ backend }) => backend)).toEqual(["sampler", "sampler"]);
    for (const { shots, statedError_hartree } of results) {
      expect(shots).toBeGreaterThan(1000);
      expect(statedError_hartree).toBeLessThan(0.015);
    }
    expect(new Set(results.map(({ seed }) => seed)).size).toBe(2);
  });

  it("measures the same bits again when replayed", async () => {
    const report = await engine.notebook.replay({ id: candidates[0]!.id });
    expect(report.find(({ step }) => step === "evaluate")).toMatchObject({ outcome: "identical" });
  });

  it(
    "is used again for equal settings only",
    async () => {
      const energies = (all: CandidateDetail[]) =>
        all.map(({ evaluation }) => mainValue(evaluation!, { method: "vqe" }));
      const reused = (all: CandidateDetail[]) =>
        all.map(({ provenance }) => provenance.find(({ stage }) => stage === "evaluate")!.reused);
      const again = await ranked(settings);
      expect([energies(again), reused(again)]).toEqual([energies(candidates), [true, true]]);
      const otherSeed = await ranked({ ...settings, seed: 2 });
      expect(reused(otherSeed)).toEqual([false, false]);
      expect(energies(otherSeed).toSorted()).not.toEqual(energies(candidates).toSorted());
    },
    TIME_LIMIT_MS,
  );
});

describe("a campaign with a rule for its active spaces", () => {
  it(
    "keeps for each candidate the rule, why, and what was left out; MP2 stands beside",
    async () => {
      const rule = { rule: "natural-occupation" as const, threshold: 0.04 };
      const candidates = await ranked({ activeSpace: rule, ansatz: "adapt" });
      expect(candidates.length).toBeGreaterThan(0);
      for (const { evaluation } of candidates) {
        const { activeSpace, mp2, hartreeFock, properties, vqe } = asIonisation(evaluation!).neutral;
        expect(activeSpace).toMatchObject({ rule, reason: expect.stringMatching(/MP2 natural orbitals/) });
        expect(activeSpace!.largestDiscardedOccupation).toBeLessThan(rule.threshold);
        expect(mp2!.energy_hartree).toBeLessThan(hartreeFock.energy_hartree);
        expect(properties!.dipole_debye).toHaveLength(3);
        expect(vqe).toMatchObject({ ansatz: "adapt", shots: null });
        expect(vqe!.gates).toBeGreaterThan(vqe!.twoQubitGates);
      }
    },
    TIME_LIMIT_MS,
  );
});
