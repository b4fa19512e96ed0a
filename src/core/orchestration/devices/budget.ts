/** Whether jobs fit into the limits that a person set. */
import type { Committed } from "#core/notebook/tables/device-events.ts";
import type { DeviceLimits } from "#shared/quantum/devices.ts";

const dollars = (value: number): string => `${value.toFixed(2)} USD`;

/**
 * Why a job of an estimator would go beyond a limit, in a sentence; undefined where it does not.
 *
 * @param cost_usd of all circuits that are measured together
 */
export function overBudget(
  cost_usd: number,
  committed: Committed,
  { job_usd, campaign_usd, day_usd, account_usd }: DeviceLimits,
): string | undefined {
  const checks: readonly [what: string, used: number, limit: number][] = [
    ["of a job", 0, job_usd],
    ["of this campaign or calculation", committed.campaign_usd, campaign_usd],
    ["of today", committed.day_usd, day_usd],
    ["of the account", committed.account_usd, account_usd],
  ];
  const broken = checks.find(([, used, limit]) => used + cost_usd > limit);
  if (!broken) return undefined;
  const [what, used, limit] = broken;
  const spent = used > 0 ? `, of which ${dollars(used)} are spent or reserved` : "";
  return `it would cost ${dollars(cost_usd)} and the limit ${what} is ${dollars(limit)}${spent}`;
}
