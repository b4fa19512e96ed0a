/** Devices in the cloud as a window asks for them: the same desk as that of `ansatz qpu`. */
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import { cx, h } from "#core/quantum/circuit/circuit.ts";
import type { JobAsked } from "#core/quantum/measurement/at-hand.ts";
import type { Implementation } from "#shared/contract/calls.ts";
import type { EngineContract } from "#shared/contract/contract.ts";
import { DomainError } from "#shared/errors.ts";
import { REMOTE_BACKENDS } from "#shared/quantum/backend-names.ts";
import type { TrialRequest } from "#shared/quantum/device-room.ts";
import type { DeviceJobRow } from "#shared/quantum/devices.ts";
import type { Desks } from "./calls.ts";

/** After which the trial is given up. */
const TRIAL_S = 3600;

/** (|00⟩ + |11⟩)/√2; of no molecule. */
const trialOf = ({ provider: backend, device, shots }: TrialRequest): JobAsked => ({
  ...{ backend, device, deadline_s: TRIAL_S },
  runs: [
    {
      circuit: { qubits: 2, nParameters: 0, gates: [h(0), cx(0, 1)] },
      ...{ parameters: new Float64Array(), shots, seed: 1 },
    },
  ],
});

/** One that ended before its bytes left has no id; one whose id has not arrived may be there. */
const wasSent = ({ state, vendorId }: DeviceJobRow): boolean => state === "sending" || vendorId !== null;

function countsOf(shots: readonly Int32Array[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const bits of shots[0] ?? []) {
    const state = bits.toString(2).padStart(2, "0");
    counts[state] = (counts[state] ?? 0) + 1;
  }
  return counts;
}

export const qpuCalls = ({ devices }: Pick<Desks, "devices">): Implementation<EngineContract>["qpu"] => ({
  async providers() {
    const prices = devices.prices();
    const jobs = devices.jobs();
    return Promise.all(
      REMOTE_BACKENDS.map(async (provider) => ({
        provider,
        access: devices.access(provider) ?? null,
        hasKey: await devices.hasKey(provider),
        keychain: await devices.keychain(provider),
        committed: devices.committed(provider),
        jobs: jobs.filter((job) => job.provider === provider && wasSent(job)).length,
        prices: prices
          .filter((one) => one.provider === provider)
          .map(({ device, words, source, grade, date }) => ({ device, words, source, grade, date })),
      })),
    );
  },
  status: ({ provider, device }, options) => devices.status(provider, device, options?.signal),
  async enable({ provider, access, key, keepsKey = false }) {
    if (key !== undefined && keepsKey) await devices.keepKey(provider, key);
    devices.enable(provider, access);
    if (key === undefined || keepsKey) return;
    // Otherwise the one that was kept would be used at the next start.
    devices.forgetKey(provider);
    devices.holdKey(provider, key);
  },
  forgetKey: async ({ provider }) => devices.forgetKey(provider),
  disable: async ({ provider }) => devices.disable(provider),
  jobs: async () => devices.jobs(),
  ledger: async () => devices.ledger(),
  egress: async () => devices.egress(),
  refresh: ({ provider }, options) => devices.refresh(provider, options?.signal),
  async previewTrial(asked, options) {
    const trial = trialOf(asked);
    const [body = ""] = await devices.write(trial, options?.signal);
    const [estimate] = devices.estimate(trial);
    const known = devices.jobs().find(({ job }) => job === estimate?.job.name);
    return {
      ...{ body, bytes: Buffer.byteLength(body), sha256: toHex(sha256(body)) },
      destination: devices.access(asked.provider)?.baseUrl ?? "",
      cost_usd: estimate?.cost_usd ?? null,
      measuredAt: known?.state === "done" ? known.endedAt : null,
    };
  },
  async sendTrial({ sha256: shown, ...asked }, options) {
    const signal = options?.signal;
    const answer = await devices.measure(trialOf(asked), { campaign: "first circuit", shown, signal });
    if (answer.by === "device") return { vendorId: answer.id, counts: countsOf(answer.shots) };
    throw new DomainError("backend-unavailable", `There are no counts: ${answer.reason}.`, {
      provider: asked.provider,
    });
  },
});
