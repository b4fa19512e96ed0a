/** Which tier measured a VQE, and why not the device that was asked for, in words. */
import type { BackendName } from "./backend-names.ts";
import type { VqeResult } from "./state-result.ts";

/** What measured: a backend, its device's jobs, and what went otherwise. */
type Measured = Pick<VqeResult, "backend"> & { readonly jobs?: VqeResult["jobs"] | undefined };

export const LOCAL_TIER = "local sampler";

export const fallbackWords = (backend: BackendName, reason: string): string =>
  `measured by the ${LOCAL_TIER} instead of ${backend}: ${reason}`;

export const lostShotsWords = (lost: number): string =>
  `${lost} shots failed there, and the error is larger for them`;

/** Why the local sampler measured and not the device, each reason once. */
export const fallbackReasons = ({ backend, jobs = [] }: Measured): string[] => [
  ...new Set(
    jobs.flatMap(({ fallback }) => (fallback === undefined ? [] : [fallbackWords(backend, fallback)])),
  ),
];

/** What made the number: the backend, or what stood in for it. */
export function tierOf({ backend, jobs = [] }: Measured): string {
  const stoodIn = jobs.filter(({ fallback }) => fallback !== undefined).length;
  if (stoodIn === 0) return backend;
  return stoodIn === jobs.length ? LOCAL_TIER : `${backend}, in part ${LOCAL_TIER}`;
}

/** All that was not as asked, a sentence each. */
export function tierNotes(measured: Measured): string[] {
  const lost = (measured.jobs ?? []).reduce((sum, { lostShots = 0 }) => sum + lostShots, 0);
  return [...fallbackReasons(measured), ...(lost > 0 ? [lostShotsWords(lost)] : [])];
}
