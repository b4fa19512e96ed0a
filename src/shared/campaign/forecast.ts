/** What a campaign will take, said before it starts. */
import { z } from "zod";
import { spanText } from "./span-text.ts";

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
});
export type CampaignForecast = z.infer<typeof CampaignForecast>;

const GIB = 2 ** 30;
const memoryText = (bytes: number): string =>
  bytes < GIB ? `${Math.max(1, Math.round(bytes / 2 ** 20))} MiB` : `${(bytes / GIB).toFixed(1)} GiB`;

const some = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;

/** What people should know before they start: one or two sentences. */
export function forecastSentence(forecast: CampaignForecast): string {
  const { evaluations, states, seconds, memory_bytes, threads, molecules, timedStates } = forecast;
  if (molecules === 0) return "None of the molecules that were looked at passes the filter.";
  const how =
    timedStates > 0
      ? `by the times of ${some(timedStates, "state")} in this notebook`
      : "by a short measurement on this machine";
  return `${some(evaluations, "molecule")}, some ${some(states, "state")}: about ${spanText(seconds)} on ${some(threads, "thread")}, up to ${memoryText(memory_bytes)} of memory (${how}, from ${some(molecules, "molecule")}).`;
}
