/** A provider as the form asks for it, and what the engine is asked of it. */
import type { RemoteName } from "#shared/quantum/backend-names.ts";
import { EnableRequest, type ProviderStanding } from "#shared/quantum/device-room.ts";
import { BRAKET_REGIONS, findLimitProblem, IBM_PROGRAMS } from "#shared/quantum/devices.ts";
import { addressIn, BASE_URLS, limitsFrom, S3_URL, TOKEN_URL } from "#shared/quantum/provider-places.ts";

export interface EnableDraft {
  readonly provider: RemoteName;
  readonly key: string;
  /** Whether the keychain keeps it. */
  readonly keepsKey: boolean;
  readonly job_usd: number;
  /** null: by that of a job; so are the two below. */
  readonly campaign_usd: number | null;
  readonly day_usd: number | null;
  readonly account_usd: number | null;
  /** "": the provider's own. */
  readonly baseUrl: string;
  readonly instance: string;
  readonly tokenUrl: string;
  readonly program: (typeof IBM_PROGRAMS)[number];
  readonly isPrivate: boolean;
  readonly region: (typeof BRAKET_REGIONS)[number];
  readonly bucket: string;
  readonly s3Url: string;
}

/** An address that a person chose; "" for the provider's own, which follows the region. */
const chosen = (address: string | undefined, own: string, region?: string): string =>
  address === undefined || address === addressIn(own, region) ? "" : address;

/** What is enabled now, or nothing but a careful limit. */
export function draftOf({
  provider,
  access,
  keychain,
}: Pick<ProviderStanding, "provider" | "access" | "keychain">): EnableDraft {
  const { baseUrl, limits, ibm, braket } = access ?? {};
  return {
    ...{
      provider,
      key: "",
      keepsKey: keychain?.isKept ?? false,
      baseUrl: chosen(baseUrl, BASE_URLS[provider], braket?.region),
    },
    ...(limits ?? { job_usd: 20, campaign_usd: null, day_usd: null, account_usd: null }),
    ...{ instance: ibm?.instance ?? "", tokenUrl: chosen(ibm?.tokenUrl, TOKEN_URL) },
    ...{ program: ibm?.program ?? IBM_PROGRAMS[0], isPrivate: ibm?.isPrivate ?? false },
    ...{ region: braket?.region ?? BRAKET_REGIONS[0], bucket: braket?.bucket ?? "" },
    s3Url: chosen(braket?.s3Url, S3_URL, braket?.region),
  };
}

const told = (value: number | null): number | undefined => value ?? undefined;

/** The request, or what is wrong by the path of the setting. */
export function enableRequestOf(
  draft: EnableDraft,
): { request: EnableRequest } | { problems: Map<string, string> } {
  const { provider, key, job_usd, campaign_usd, day_usd, account_usd, region } = draft;
  const limits = limitsFrom({
    ...{ job_usd, campaign_usd: told(campaign_usd), day_usd: told(day_usd) },
    account_usd: told(account_usd),
  });
  const { instance, program, isPrivate, bucket } = draft;
  const own: Partial<Record<RemoteName, object>> = {
    ibm: { ibm: { instance, tokenUrl: addressIn(draft.tokenUrl || TOKEN_URL), program, isPrivate } },
    braket: { braket: { region, bucket, s3Url: addressIn(draft.s3Url || S3_URL, region) } },
  };
  const { data, error } = EnableRequest.safeParse({
    provider,
    access: { baseUrl: addressIn(draft.baseUrl || BASE_URLS[provider], region), limits, ...own[provider] },
    ...(key.trim() !== "" && { key: key.trim(), ...(draft.keepsKey && { keepsKey: true }) }),
  });
  const problems = new Map((error?.issues ?? []).map(({ path, message }) => [path.join("."), message]));
  const limitProblem = error ? undefined : findLimitProblem(limits);
  if (limitProblem !== undefined) problems.set("access.limits.job_usd", limitProblem);
  return data && problems.size === 0 ? { request: data } : { problems };
}
