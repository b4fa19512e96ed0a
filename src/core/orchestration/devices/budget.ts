/** Whether jobs fit into the limits that a person set. */
import type { Committed } from "#core/notebook/tables/device-events.ts";
import type { DeviceLimits } from "#shared/quantum/devices.ts";

const dollars = (value: number): string => `${value.toFixed(2)} USD`;

/**
 * Why a job of an estimator would go beyond a limit, in a sentence; undefined where it does not.
 *
 * @param cost_usd of all circuits that are measured together
 * @param isReserved whether it is among what is committed, under limits that a person may have changed since
 */
export function overBudget(
  cost_usd: number,
  committed: Committed,
  { job_usd, campaign_usd, day_usd, account_usd }: DeviceLimits,
  { isReserved = false }: { isReserved?: boolean } = {},
): string | undefined {
  const added = isReserved ? 0 : cost_usd;
  const checks: readonly [what: string, all: number, limit: number][] = [
    ["of a job", cost_usd, job_usd],
    ["of this campaign or calculation", committed.campaign_usd + added, campaign_usd],
    ["of today", committed.day_usd + added, day_usd],
    ["of the account", committed.account_usd + added, account_usd],
  ];
  const broken = checks.find(([, all, limit]) => all > limit);
  if (!broken) return undefined;
  const [what, all, limit] = broken;
  const used = all - cost_usd;
  const spent = used > 1e-6 ? `, of which ${dollars(used)} are spent or reserved` : "";
  return `it would cost ${dollars(cost_usd)} and the limit ${what} is ${dollars(limit)}${spent}`;
}
