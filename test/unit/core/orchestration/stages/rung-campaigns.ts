/** Campaigns with rungs whose energies are given by hand. Who uses them mocks sampling: alkanes, one longer than the other. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Models } from "#core/orchestration/models/models.ts";
import { openSource } from "#core/orchestration/sources/sources.ts";
import { STAGES } from "#core/orchestration/stages/stages.ts";
import { rankedCandidates } from "#core/orchestration/views/candidate-views.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";
import type { GenerationSettings } from "#shared/campaign/sources/sources.ts";
import type { CampaignId } from "#shared/ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { answer, CARD, model } from "./fixed-campaign.ts";

export const MOLECULES = 8;

const folder = mkdtempSync(join(tmpdir(), "ansatz-promote-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Ionisation energies by hand, Hartree: the molecule of index 5 has none in the dear basis, that of index 2 in the cheap one. */
export const CHEAP = [0.31, 0.35, null, 0.33, 0.38, 0.37, 0.3, 0.36];
const DEAR = [0.41, 0.45, 0.4, 0.43, 0.44, null, 0.42, 0.48];

/** What a thread would answer, the energies from the lists: an index is the last coordinate. */
function answered(task: string, input: unknown): unknown {
  const { smiles, molecules } = input as { smiles: string; molecules: { smiles: string }[] };
  if (task === "filter") {
    const [ethanol] = answer("filter", { molecules: [{ smiles: "CCO" }], known: [] }) as [FilterVerdict];
    return molecules.map(({ smiles: own }) => ({
      ...ethanol,
      identity: { canonicalSmiles: own, inchiKey: own.padEnd(27, "K") },
    }));
  }
  if (task === "embed") {
    const made = answer("embed", { smiles: "CCO", seed: 1 }) as { conformer: object };
    const geometry = { symbols: ["C", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, smiles.length - 1] };
    return { ...made, conformer: { ...made.conformer, geometry } };
  }
  if (task === "conformers") return answer(task, input);
  const { geometry, basis } = input as EnergyRequest;
  const index = geometry.coordinates_angstrom[5]!;
  const value = (basis === "sto-3g" ? CHEAP : DEAR)[index]!;
  const field = {
    symbols: geometry.symbols,
    coordinates_angstrom: [0, 0, 0, 0, 0, value === null ? 0 : 0.75],
  };
  const found = answer("evaluate", { geometry: field }) as EnergyResult;
  return {
    ...found,
    basis,
    ions: found.ions.map((ion) => ({
      ...ion,
      casci: { ...ion.casci, energy_hartree: -10.5 + value! },
      vqe: { ...ion.vqe, energy_hartree: -10.375 + value! },
    })),
  };
}

export type Hook = (task: string, input: unknown) => Promise<void>;

export function openBench(
  name: string,
  { before = async () => {}, threads = 1 }: { before?: Hook; threads?: number } = {},
) {
  const path = join(folder, name);
  const notebook = openNotebook({ path, mode: "create", clock: () => new Date(0), program: "test 1" });
  const events = createCampaignEvents();
  let evaluations = 0;
  const dispatcher = {
    run: async (task: string, input: unknown): Promise<never> => {
      // What is tried where a field did not converge is neither seen nor counted.
      const isRecovery = task === "evaluate" && (input as EnergyRequest).optimise !== undefined;
      if (!isRecovery) await before(task, input);
      if (task === "evaluate" && !isRecovery) evaluations++;
      return answered(task, input) as never;
    },
    [Symbol.asyncDispose]: async () => {},
  };
  const models = {
    open: async () => model,
    list: async () => [{ name: CARD.name, hash: CARD.hash }],
    lineageOf: async () => [CARD],
  } as unknown as Models;
  const sources = { models, libraries: {} as never, resources: "" };
  const services = {
    ...{ notebook, dispatcher, program: "test 1" },
    logger: { info: () => {}, warn: () => {}, error: console.error },
    openSource: (settings: GenerationSettings) => openSource(settings, sources),
  };
  const runner = createRunner({ services, events, stages: STAGES, threads });
  return {
    ...{ path, notebook, events, runner },
    computed: () => evaluations,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      notebook[Symbol.dispose]();
    },
  };
}
export type Bench = ReturnType<typeof openBench>;

export const settings = (input: Partial<CampaignSettingsInput> = {}): CampaignSettings =>
  CampaignSettings.parse({
    name: "climb",
    generation: { model: "fixed", count: MOLECULES },
    evaluation: { basis: "6-31g", activeSpace: { nelec: 2, norb: 2 }, propertySettings: { method: "vqe" } },
    rungs: [{ keep: 4, basis: "sto-3g" }],
    ...input,
  });

export const ranksOf = ({ notebook }: Bench, id: CampaignId) =>
  rankedCandidates(notebook.db, id).map(({ rank, rung = 0, state }) => ({ rank, rung, state }));

export const ionisations = ({ notebook }: Bench, id: CampaignId) =>
  rankedCandidates(notebook.db, id).map(({ values }) => {
    const value = values["vertical-ionisation-energy"];
    return value === undefined ? null : Number(value.toFixed(6));
  });
