/** What a window asks of devices in the cloud. */
import { z } from "zod";
import { Sha256 } from "../ids.ts";
import { REMOTE_BACKENDS } from "./backend-names.ts";
import { DeviceAccess, DeviceName } from "./devices.ts";

export const RemoteProvider = z.enum(REMOTE_BACKENDS);

/** A price as the table has it, with words for people. */
export const ShownPrice = z.strictObject({
  device: z.string(),
  /** What is paid for what, USD. */
  words: z.string(),
  source: z.string(),
  grade: z.enum(["P", "S"]),
  date: z.string(),
});

/** A provider as it stands here; nothing of it is asked over the network. */
export const ProviderStanding = z.strictObject({
  provider: RemoteProvider,
  /** What a person said yes to, as it was written; null where it is not enabled. */
  access: DeviceAccess.extend({ baseUrl: z.string() }).nullable(),
  /** Whether a key is at hand. */
  hasKey: z.boolean(),
  /** The file in which the computer's keychain locks keys, and whether this one's is there; null where it has no keychain. */
  keychain: z.strictObject({ file: z.string(), isKept: z.boolean() }).nullable(),
  /** Of the day (UTC) and of all time, bills and reservations that no bill has settled. */
  committed: z.strictObject({ day_usd: z.number(), account_usd: z.number() }),
  /** Jobs that were sent to it from this notebook. */
  jobs: z.number().int(),
  prices: z.array(ShownPrice),
});
export type ProviderStanding = z.infer<typeof ProviderStanding>;

export const DeviceStanding = z.strictObject({
  device: z.string(),
  status: z.string(),
  qubits: z.number().int(),
  /** null where the vendor does not say; so are the two below. */
  queue_ms: z.number().nullable(),
  queue_jobs: z.number().nullable(),
  calibrationId: z.string().nullable(),
});
export type DeviceStanding = z.infer<typeof DeviceStanding>;

export const EnableRequest = z.strictObject({
  provider: RemoteProvider,
  access: DeviceAccess,
  /** Held in memory until the program ends; absent: as before. */
  key: z.string().min(1).max(4096).exactOptional(),
  /** Whether the computer's keychain locks it for later runs too; absent: no. */
  keepsKey: z.boolean().exactOptional(),
});
export type EnableRequest = z.infer<typeof EnableRequest>;

/** Two qubits in (|00⟩ + |11⟩)/√2: the smallest circuit that tells whether a device does what it is told. */
export const TrialRequest = z.strictObject({
  provider: RemoteProvider,
  device: DeviceName,
  shots: z.number().int().min(1).max(10_000),
});
export type TrialRequest = z.infer<typeof TrialRequest>;

/** What a person saw and says yes to: other bytes are not sent. */
export const TrialApproval = TrialRequest.extend({ sha256: Sha256 });

/** What would be sent, to the byte. */
export const TrialPreview = z.strictObject({
  body: z.string(),
  bytes: z.number().int(),
  sha256: Sha256,
  destination: z.string(),
  /** By the price table; null where it has no such price. */
  cost_usd: z.number().nullable(),
  /** When it was measured before: then nothing is sent, and its counts are of that time. */
  measuredAt: z.string().nullable(),
});
export type TrialPreview = z.infer<typeof TrialPreview>;

export const TrialResult = z.strictObject({
  vendorId: z.string(),
  /** By bits, qubit 0 last. */
  counts: z.record(z.string(), z.number().int()),
});
export type TrialResult = z.infer<typeof TrialResult>;
