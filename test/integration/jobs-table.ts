/** How many jobs an energy is on each provider of this machine, what they cost and how long they wait, as docs/backends.md lists it: `node jobs-table.ts`. */
import { fileURLToPath } from "node:url";
import { createEngine } from "#core/engine.ts";
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import type { DeviceAccess } from "#shared/quantum/devices.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { SamplingSettings } from "#shared/quantum/vqe.ts";
import { SERVED } from "../unit/core/orchestration/devices/device-house.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const KEY = "an-id:a-key";
const LIMITS: DeviceAccess["limits"] = { job_usd: 1e5, campaign_usd: 1e5, day_usd: 1e5, account_usd: 1e6 };
const QUEUE_MS = 5000;
const STATED_ERROR = 0.01;

const molecule = (symbols: string[], length: number): Omit<EnergyRequest, "backend"> => ({
  geometry: { symbols, coordinates_angstrom: [0, 0, 0, 0, 0, length] },
  ...{ charge: 0, multiplicity: 1, basis: "sto-3g", method: "vqe", ansatz: "uccsd" },
  activeSpace: { nelec: 2, norb: symbols.includes("Li") ? 3 : 2 },
  ...{ maxIterations: 200, seed: 5 },
});
const MOLECULES = [
  ["H₂ (2e,2o)", molecule(["H", "H"], 0.74)],
  ["LiH (2e,3o)", molecule(["Li", "H"], 1.595)],
] as const;

/** The row of one energy on one provider. */
async function measured(backend: RemoteName, [name, request]: (typeof MOLECULES)[number]): Promise<string> {
  const { device: qpu, serve } = SERVED[backend];
  await using server = await serve({ key: KEY, queue_ms: QUEUE_MS });
  await using engine = await createEngine({
    ...{ paths: { notebook: ":memory:", resources }, clock: () => new Date(), threads: 1 },
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    deviceSecrets: async () => KEY,
  });
  engine.devices.enable(backend, { ...server.place, limits: LIMITS });
  const sampling = SamplingSettings.parse({ qpu, statedError_hartree: STATED_ERROR });
  const { vqe } = await engine.molecules.energy({ ...request, backend, sampling });
  if (!vqe?.jobs || vqe.jobs.some(({ fallback }) => fallback !== undefined))
    throw new Error(`${backend} did not measure`);
  const settings = vqe.jobs[0]?.id.split(" ").length;
  const reserved = engine.devices.ledger().reduce((sum, { reserved_usd }) => sum + reserved_usd, 0);
  // Each waits once.
  const jobs = server.jobs.length;
  const cells = [name, `${backend}, ${qpu}`, settings, vqe.shots, jobs, (jobs * QUEUE_MS) / 1000];
  return `| ${[...cells, reserved.toFixed(2), server.charged().toFixed(2)].join(" | ")} |`;
}

for (const row of MOLECULES)
  for (const backend of ["ionq", "ibm", "braket"] as const) console.log(await measured(backend, row));
