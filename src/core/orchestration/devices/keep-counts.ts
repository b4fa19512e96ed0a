/** Counts of a job that is done, read whole and kept in the notebook with the device's calibration. */
import { type DeviceDone, deviceJob } from "#core/notebook/tables/device-events.ts";
import { type PreparedJob, ProviderError } from "#core/quantum/backends/provider.ts";
import type { DeviceWork } from "./device-work.ts";

/** The readout errors of the device; in words why they cannot be read. */
async function calibrationOf(
  { provider, policies }: DeviceWork,
  device: string,
  signal?: AbortSignal,
): Promise<DeviceDone["calibration"] | string> {
  try {
    return await policies.ask((own) => provider.calibration(device, own), signal);
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    return `the calibration cannot be read: ${error.message}`;
  }
}

/** Counts of a job that is done: of every circuit, or none; of none more shots than it was asked for. */
export async function countsOf(
  { provider, policies }: DeviceWork,
  { id, job }: { id: string; job: PreparedJob },
  signal?: AbortSignal,
): Promise<DeviceDone["circuits"]> {
  const expected = job.circuits.length;
  const counts = await policies.ask(async (own) => {
    const found = await provider.fetch(id, job, own);
    if (found.length !== expected)
      throw new ProviderError("look-up", `results of ${found.length} circuits: expected ${expected}`);
    for (const [k, { shots }] of job.circuits.entries()) {
      const told = [...found[k]!.values()].reduce((sum, count) => sum + count, 0); // as many
      if (told > shots)
        throw new ProviderError("look-up", `a circuit of ${shots} shots has a result of ${told}`);
    }
    return found;
  }, signal);
  return counts.map((one) => [...one]);
}

/** Keeps counts, with a calibration or an alarm that there is none: counts are paid for. */
export async function keep(
  work: DeviceWork,
  { name, device, circuits }: Pick<PreparedJob, "name" | "device"> & Pick<DeviceDone, "circuits">,
  signal?: AbortSignal,
): Promise<DeviceDone> {
  const found = await calibrationOf(work, device, signal);
  const result = { circuits, calibration: typeof found === "string" ? null : found };
  const known = deviceJob(work.notebook.db, name);
  if (!known?.result || result.calibration) work.log.done(name, result);
  if (typeof found === "string" && !known?.alarms.includes(found)) work.log.alarm(name, found);
  return result;
}
