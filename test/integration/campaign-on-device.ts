/** Campaigns whose molecules are measured on a provider of this machine, for tests. */
import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import type { CandidateDetail } from "#shared/campaign/candidate.ts";
import { readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import type { DeviceLimits } from "#shared/quantum/devices.ts";
import type { VqeResult } from "#shared/quantum/state-result.ts";
import {
  type BraketServer,
  type BraketServerOptions,
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../src/qpu-server/braket-server.ts";
import { asIonisation } from "../unit/core/vertical-ionisation.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
export const KEY = "planted-id:planted-key-0badcafe";
export const GENEROUS: DeviceLimits = { job_usd: 1e3, campaign_usd: 1e4, day_usd: 1e4, account_usd: 1e5 };
const GARNET = { name: "iqm/Garnet", qubits: 20, task_usd: 0.3, shot_usd: 0.00145 };
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** @param key null: the host knows none */
export const openEngine = (
  threads = 2,
  { notebook = ":memory:", key = KEY }: { notebook?: string; key?: string | null } = {},
): Promise<Engine> =>
  createEngine({
    paths: { notebook, resources },
    clock: () => new Date(),
    logger: silent,
    threads,
    deviceSecrets: async () => key ?? undefined,
  });

export const serve = (options: Partial<BraketServerOptions> = {}): Promise<BraketServer> =>
  serveBraket({ key: KEY, qpus: [GARNET], ...options });

export const enable = (engine: Engine, { baseUrl }: BraketServer, limits = GENEROUS): void =>
  engine.devices.enable("braket", { baseUrl, limits, braket: { region, bucket, s3Url: baseUrl } });

/** Each molecule with its cation, in two orbitals. */
export const settingsIn = async (engine: Engine, { name = "on a device", smiles = ["C=O", "C#N"] } = {}) => {
  const plan = readPlan(
    JSON.stringify({
      ...{ version: 1, name, generation: { source: "library", files: ["own.smi"] } },
      evaluation: {
        ...{ basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, propertySettings: { method: "vqe" } },
        ...{ backend: "braket", sampling: { qpu: "iqm/Garnet", shots: 8000 } },
      },
    }),
    "plan.json",
  );
  const library = await engine.libraries.read({ files: [new File([smiles.join("\n")], "own.smi")] });
  return settingsOfPlan(plan, { library });
};

export async function finished(engine: Engine, { id }: Pick<Campaign, "id">): Promise<CandidateDetail[]> {
  const { state, error } = await engine.campaigns.finished({ id });
  expect({ state, error }).toEqual({ state: "succeeded", error: null });
  const rows = await engine.candidates.list({ campaignId: id });
  return Promise.all(rows.map((row) => engine.candidates.get({ id: row.id })));
}

export const vqesOf = (candidates: readonly CandidateDetail[]): VqeResult[] =>
  candidates.flatMap(({ evaluation }) => {
    const { neutral, cation } = asIonisation(evaluation!);
    return [neutral.vqe!, cation!.vqe!];
  });

export const idsOf = (vqes: readonly VqeResult[]): string[] =>
  vqes.flatMap(({ jobs = [] }) => jobs.flatMap(({ id }) => jobIds(id))).sort();
