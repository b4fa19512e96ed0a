/** Sample-based diagonalisation of N₂ (6e,6o) by one circuit of twelve qubits through every provider on this machine. */
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import { heavyHexLadder } from "#core/quantum/circuit/coupling-map.ts";
import { REMOTE_BACKENDS, type RemoteName } from "#shared/quantum/backend-names.ts";
import type { DeviceAccess } from "#shared/quantum/devices.ts";
import { SamplingSettings } from "#shared/quantum/vqe.ts";
import {
  SIMULATED_BUCKET as bucket,
  SIMULATED_REGION as region,
  serveBraket,
} from "../../src/qpu-server/braket-server.ts";
import { SIMULATED_INSTANCE, serveIbm } from "../../src/qpu-server/ibm-server.ts";
import { serveIonq } from "../../src/qpu-server/ionq-server.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
const KEY = "planted-id:planted-key";
const LIMITS = { job_usd: 1e3, campaign_usd: 1e4, day_usd: 1e4, account_usd: 1e5 };

type Served = AsyncDisposable & { jobs: readonly object[]; place: Omit<DeviceAccess, "limits">; qpu: string };
const SERVE: Readonly<Record<RemoteName, () => Promise<Served>>> = {
  ionq: async () => {
    const server = await serveIonq({ key: KEY });
    return { ...server, qpu: "simulator", place: { baseUrl: server.baseUrl } };
  },
  ibm: async () => {
    const devices = [{ name: "ibm_ladder", map: heavyHexLadder(6) }];
    const server = await serveIbm({ key: KEY, devices });
    const { baseUrl, tokenUrl } = server;
    const ibm = { instance: SIMULATED_INSTANCE, tokenUrl, program: "executor", isPrivate: false } as const;
    return { ...server, qpu: "ibm_ladder", place: { baseUrl, ibm } };
  },
  braket: async () => {
    const garnet = { name: "iqm/Garnet", qubits: 20, task_usd: 0.3, shot_usd: 0.00145 };
    const server = await serveBraket({ key: KEY, qpus: [garnet] });
    const { baseUrl } = server;
    return { ...server, qpu: "iqm/Garnet", place: { baseUrl, braket: { region, bucket, s3Url: baseUrl } } };
  },
};

describe("sample-based diagonalisation of N₂ (6e,6o)", () => {
  it.each(REMOTE_BACKENDS)(
    "through %s takes one job and comes near the exact energy from above",
    async (backend) => {
      await using server = await SERVE[backend]();
      await using engine = await createEngine({
        ...{ paths: { notebook: ":memory:", resources }, clock: () => new Date(), threads: 2 },
        logger: { info: () => {}, warn: () => {}, error: () => {} },
        deviceSecrets: async () => KEY,
      });
      engine.devices.enable(backend, { ...server.place, limits: LIMITS });
      const { vqe, casci, hartreeFock } = await engine.molecules.energy({
        geometry: { symbols: ["N", "N"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.1] },
        ...{ charge: 0, multiplicity: 1, basis: "6-31g", method: "vqe" },
        ...{ ansatz: "uccsd", activeSpace: { nelec: 6, norb: 6 }, maxIterations: 200, backend, seed: 7 },
        sampling: SamplingSettings.parse({ qpu: server.qpu, shots: 10_000, sqdStrings: 16, sqdOnly: true }),
      });
      expect(server.jobs).toHaveLength(1);
      expect(vqe!.jobs).toHaveLength(1);
      expect(vqe!.jobs![0]!.fallback).toBeUndefined();
      expect([vqe!.shots, vqe!.statedError_hartree]).toEqual([null, null]);
      const { energy_hartree, shots, validShots } = vqe!.sqd!;
      // The device has no errors, and the ansatz keeps the electrons of each spin.
      expect([shots, validShots]).toEqual([10_000, 10_000]);
      expect(energy_hartree).toBeGreaterThan(casci!.energy_hartree - 1e-9);
      const correlation = hartreeFock.energy_hartree - casci!.energy_hartree;
      expect(energy_hartree - casci!.energy_hartree).toBeLessThan(0.1 * correlation);
      console.info(
        `${backend}: SQD − CASCI ${(1e3 * (energy_hartree - casci!.energy_hartree)).toFixed(3)} mEh`,
      );
    },
  );
});
