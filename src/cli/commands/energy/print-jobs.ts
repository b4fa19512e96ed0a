/** Which device measured a VQE, and why the local sampler did where it did. */
import { jobIds } from "#shared/quantum/circuit-ids.ts";
import { fallbackWords, lostShotsWords } from "#shared/quantum/job-words.ts";
import type { VqeResult } from "#shared/quantum/state-result.ts";

export const jobLines = ({ backend, jobs = [] }: Pick<VqeResult, "backend" | "jobs">): string[] =>
  jobs.map(({ id, calibrationId, fallback, lostShots }) => {
    if (fallback !== undefined) return `  ${fallbackWords(backend, fallback)}`;
    const calibration = calibrationId === null ? "" : `, calibration ${calibrationId}`;
    const lost = lostShots === undefined ? "" : `; ${lostShotsWords(lostShots)}`;
    return `  measured by ${backend}, job ${jobIds(id).join(" ")}${calibration}${lost}`;
  });
