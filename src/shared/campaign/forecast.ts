/** What a campaign will take, said before it starts. */
import { z } from "zod";
import { spanText } from "./span-text.ts";

/** What is measured on a device elsewhere, and what that costs by the price table. */
export const DeviceForecast = z.strictObject({
  provider: z.string(),
  device: z.string(),
  /** Circuits, each a job there. */
  jobs: z.number().int(),
  shots: z.number().int(),
  /** null where the table has no price. */
  cost_usd: z.number().nullable(),
  /** Of a campaign, as the provider was enabled; null where it is not. */
  limit_usd: z.number().nullable(),
});
export type DeviceForecast = z.infer<typeof DeviceForecast>;

export const CampaignForecast = z.strictObject({
  /** Molecules that will be evaluated, as far as the filter lets them pass. */
  evaluations: z.number().int(),
  /** Calculations of all of them, each in orbitals of its own. */
  states: z.number().int(),
  /** By the clock, on all threads. */
  seconds: z.number(),
  /** At the same time at most, on all threads. */
  memory_bytes: z.number(),
  threads: z.number().int(),
  /** Molecules whose states were looked at one by one; the others are taken to be like them. */
  molecules: z.number().int(),
  /** Finished states of this notebook whose times say how fast this machine is; 0 where it was timed on a small molecule just now. */
  timedStates: z.number().int(),
  /** Of each level on a device; absent where all is done here. */
  devices: z.array(DeviceForecast).exactOptional(),
});
export type CampaignForecast = z.infer<typeof CampaignForecast>;

const GIB = 2 ** 30;
const memoryText = (bytes: number): string =>
  bytes < GIB ? `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What a device costs, and what becomes of what goes beyond the limit. */
function deviceSentence({ provider, device, jobs, shots, cost_usd, limit_usd }: DeviceForecast): string {
  const what = `${jobs} jobs with ${shots} shots on ${provider}, ${device}`;
  if (cost_usd === null) return `${what}: there is no price of it, and so nothing is sent.`;
  const cost = `${what}: about ${cost_usd.toFixed(2)} USD by the price table, from one molecule that was measured here`;
  if (limit_usd === null) return `${cost}; ${provider} is not enabled.`;
  const beyond = cost_usd > limit_usd ? ", beyond which the local sampler measures" : "";
  return `${cost}; the limit of a campaign is ${limit_usd.toFixed(2)} USD${beyond}.`;
}

/** What people should know before they start: one or two sentences. */
export function forecastSentence(forecast: CampaignForecast): string {
  const { evaluations, states, seconds, memory_bytes, threads, molecules, timedStates } = forecast;
  if (molecules === 0) return "None of the molecules that were looked at passes the filter.";
  const how =
    timedStates > 0
      ? `by the times of ${some(timedStates, "state")} in this notebook`
      : "by a short measurement on this machine";
  const here = `${some(evaluations, "molecule")}, some ${some(states, "state")}: about ${spanText(seconds)} on ${some(threads, "thread")}, up to ${memoryText(memory_bytes)} of memory (${how}, from ${some(molecules, "molecule")}).`;
  return [here, ...(forecast.devices ?? []).map(deviceSentence)].join(" ");
}
