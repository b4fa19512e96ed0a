/** Devices in the cloud: what they may cost, what their jobs did and cost, and what left the machine. */
import { z } from "zod";

const usd = z.number().min(0).max(1e6);

/** Hard limits, USD: whatever would go beyond one is refused before anything is sent. */
export const DeviceLimits = z.strictObject({
  /** Of one job of an estimator: all circuits that are measured together. */
  job_usd: usd,
  /** Of all jobs of one campaign or calculation. */
  campaign_usd: usd,
  /** Of all jobs of one day (UTC). */
  day_usd: usd,
  /** Of all jobs that this notebook ever sent to the provider. */
  account_usd: usd,
});
export type DeviceLimits = z.infer<typeof DeviceLimits>;

/** Why limits contradict each other, in a sentence; undefined where each is at least as large as the one before it. */
export function findLimitProblem({
  job_usd,
  campaign_usd,
  day_usd,
  account_usd,
}: DeviceLimits): string | undefined {
  const rising = [
    ["of a job", job_usd],
    ["of a campaign or calculation", campaign_usd],
    ["of a day", day_usd],
    ["of the account", account_usd],
  ] as const;
  for (const [k, [what, usd]] of rising.entries()) {
    const next = rising[k + 1];
    if (next && next[1] < usd)
      return `Limits: expected that ${next[0]} to be at least that ${what}, ${usd} USD, got ${next[1]} USD.`;
  }
  return undefined;
}

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Whether what is sent there cannot be read on the way: https, or http to this machine. */
export const isProtected = ({ protocol, hostname }: Pick<URL, "protocol" | "hostname">): boolean =>
  protocol === "https:" || (protocol === "http:" && LOOPBACK.has(hostname));

const isBase = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return isProtected(url) && url.username === "" && url.password === "" && !/[?#]/.test(text);
};

const BaseUrl = z
  .string()
  .refine(
    isBase,
    "expected an address with https, or with http to this machine, without user name, password, ? and #",
  );

/** In what form IBM takes jobs: its one server-side program, or the sampler before it, which it calls deprecated. */
export const IBM_PROGRAMS = ["executor", "sampler"] as const;

/** What IBM Quantum needs besides the address. */
export const IbmSettings = z.strictObject({
  /** The resource name of the instance that pays. */
  instance: z
    .string()
    .max(512)
    .regex(/^crn:[\w:/.-]+$/, 'expected the resource name of an instance, which begins with "crn:"'),
  /** Where the key is exchanged for a token of an hour. */
  tokenUrl: BaseUrl,
  program: z.enum(IBM_PROGRAMS),
  /** Whether IBM deletes circuits when a job ends, and results once they were read: a reading that is cut off is lost. */
  isPrivate: z.boolean(),
});
export type IbmSettings = z.infer<typeof IbmSettings>;

/** The regions of Amazon Braket that hold gate-model devices. */
export const BRAKET_REGIONS = ["us-east-1", "us-west-1", "eu-north-1"] as const;
export type BraketRegion = (typeof BRAKET_REGIONS)[number];

/** What Amazon Braket needs besides the address. */
export const BraketSettings = z.strictObject({
  region: z.enum(BRAKET_REGIONS),
  /** Into which results are written: of the account that pays, in that region. */
  bucket: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      "expected the name of a bucket, such as amazon-braket-results",
    ),
  /** Where it is read. */
  s3Url: BaseUrl,
});
export type BraketSettings = z.infer<typeof BraketSettings>;

/** What a person said yes to: where to, and how much. */
export const DeviceAccess = z.strictObject({
  /** With the version, without a slash at its end. */
  baseUrl: BaseUrl,
  limits: DeviceLimits,
  ibm: IbmSettings.exactOptional(),
  braket: BraketSettings.exactOptional(),
});
export type DeviceAccess = z.infer<typeof DeviceAccess>;

/** The vendor's name of a device. */
export const DeviceName = z
  .string()
  .max(64)
  .regex(/^[A-Za-z0-9][\w.-]*(\/[\w.-]+)?$/, "expected the vendor's name of a device, such as qpu.forte-1");

/** Money in a job's life; null where that is not known yet. */
export const LedgerRow = z.strictObject({
  job: z.string(),
  provider: z.string(),
  device: z.string(),
  /** The calculation or campaign that asked. */
  campaign: z.string(),
  shots: z.number().int(),
  reservedAt: z.string(),
  reserved_usd: z.number(),
  settled_usd: z.number().nullable(),
  /** What a person has to look at: a bill without a cost, one in another unit, one above the reservation. */
  alarms: z.array(z.string()),
});
export type LedgerRow = z.infer<typeof LedgerRow>;

export const DEVICE_JOB_STATES = ["reserved", "sending", "sent", "done", "ended"] as const;

/** A job as this notebook knows it. */
export const DeviceJobRow = z.strictObject({
  job: z.string(),
  provider: z.string(),
  device: z.string(),
  /** How many are measured in it. */
  circuits: z.number().int().min(1),
  /** The vendor's; null before it arrived. */
  vendorId: z.string().nullable(),
  /** reserved: nothing was sent. sending: the id has not arrived. ended: without a result. */
  state: z.enum(DEVICE_JOB_STATES),
  /** Of a job that ended without a result. */
  reason: z.string().nullable(),
  reservedAt: z.string(),
  /** When its result or its end was known; null before. */
  endedAt: z.string().nullable(),
});
export type DeviceJobRow = z.infer<typeof DeviceJobRow>;

/** A circuit or a question for a price that left this machine, before its first try. */
export const EgressRow = z.strictObject({
  at: z.string(),
  provider: z.string(),
  destination: z.string(),
  purpose: z.enum(["submit", "estimate"]),
  sha256: z.string(),
  bytes: z.number().int(),
  /** When and with which limits a person enabled the provider. */
  approval: z.string(),
  /** null of what is of no job yet. */
  job: z.string().nullable(),
});
export type EgressRow = z.infer<typeof EgressRow>;
