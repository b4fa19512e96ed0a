/** Where each provider is, what limits follow from one another, and what leaves this machine: of forms and flags alike. */
import type { RemoteName } from "./backend-names.ts";
import type { DeviceLimits } from "./devices.ts";

export const BASE_URLS: Readonly<Record<RemoteName, string>> = {
  ionq: "https://api.ionq.co/v0.4",
  ibm: "https://quantum.cloud.ibm.com/api/v1",
  /** Of the region that is enabled. */
  braket: "https://braket.REGION.amazonaws.com",
};
export const S3_URL = "https://s3.REGION.amazonaws.com";
export const TOKEN_URL = "https://iam.cloud.ibm.com/identity/token";

/** An address of a region, without a slash at its end. */
export const addressIn = (url: string, region = ""): string =>
  url.replace("REGION", region).replace(/\/$/, "");

/** As the vendor names its devices, for people. */
export const DEVICE_EXAMPLES: Readonly<Record<RemoteName, string>> = {
  ionq: "qpu.forte-1",
  ibm: "ibm_fez",
  braket: "iqm/Garnet",
};

/** Limits of which only that of a job is told: ten jobs a campaign, a campaign a day, ten days in all. */
export function limitsFrom({
  job_usd,
  ...told
}: Pick<DeviceLimits, "job_usd"> & {
  readonly [name in Exclude<keyof DeviceLimits, "job_usd">]?: number | undefined;
}): DeviceLimits {
  const most = Math.min(
    told.day_usd ?? Number.POSITIVE_INFINITY,
    told.account_usd ?? Number.POSITIVE_INFINITY,
  );
  const campaign_usd = told.campaign_usd ?? Math.min(10 * job_usd, most);
  const day_usd = told.day_usd ?? Math.max(campaign_usd, job_usd);
  return { job_usd, campaign_usd, day_usd, account_usd: told.account_usd ?? 10 * day_usd };
}

/** What a person says yes to. */
export const WHAT_LEAVES =
  "What leaves this machine: circuits at their parameters, shots and an opaque name, and before the first try of each circuit its numbers of qubits, gates and shots, to ask for the price; no molecule and no word of yours. Who knows the circuit may still guess what it is of.";
