/** Which device measured a VQE, and why the local sampler did where it did. */
import type { VqeResult } from "#shared/quantum/state-result.ts";

export const jobLines = ({ backend, jobs = [] }: Pick<VqeResult, "backend" | "jobs">): string[] =>
  jobs.map(({ id, calibrationId, fallback }) =>
    fallback === undefined
      ? `  measured by ${backend}, job ${id}${calibrationId === null ? "" : `, calibration ${calibrationId}`}`
      : `  measured by the local sampler instead of ${backend}: ${fallback}`,
  );

/** Why the local sampler measured and not the device, each reason once. */
export const fallbackReasons = ({
  backend,
  jobs = [],
}: Pick<VqeResult, "backend"> & { jobs?: VqeResult["jobs"] | undefined }): string[] => [
  ...new Set(
    jobs.flatMap(({ fallback }) =>
      fallback === undefined ? [] : [`measured by the local sampler instead of ${backend}: ${fallback}`],
    ),
  ),
];
