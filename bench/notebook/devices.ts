/** What it takes to list the jobs on devices: the first time, again, and after one more event. */
import { join } from "node:path";
import { openNotebook } from "#core/notebook/notebook.ts";
import { addDeviceEvent, type DeviceEvent, deviceJobs } from "#core/notebook/tables/device-events.ts";
import { print, reportTime, spent } from "./report.ts";

/** Of a result: different numbers that were measured. */
const OUTCOMES = 200;
const clock = () => new Date();

/** The events of a job from its reservation to its bill. */
function lifeOf(k: number): DeviceEvent[] {
  const of = { provider: "ionq", job: `job ${k}` };
  const destination = "https://api.ionq.co/v0.4";
  const counts = Array.from({ length: OUTCOMES }, (_, state): [number, number] => [state, 1 + (k % 7)]);
  return [
    {
      ...{ ...of, kind: "reserved", usd: 30 },
      body: { destination, device: "qpu.forte-1", campaign: "c", shots: 1000, estimate: "table" },
    },
    {
      ...{ ...of, kind: "egress" },
      body: { destination, purpose: "submit", sha256: "0".repeat(64), bytes: 4000, approval: "then" },
    },
    { ...of, kind: "attached", body: { vendorId: `vendor ${k}`, by: "sent", tls: null } },
    { ...of, kind: "done", body: { counts, calibration: { id: null, readout01: 0, readout10: 0 } } },
    { ...of, kind: "settled", usd: 28, body: {} },
  ];
}

/** @param count of jobs in the notebook */
export async function measureDeviceJobs(folder: string, count: number): Promise<void> {
  print(`${count} jobs on devices, five events each`);
  const path = join(folder, "devices.sqlite");
  {
    using notebook = openNotebook({ path, mode: "create", clock, program: "bench" });
    const { db } = notebook;
    notebook.transaction(() => {
      for (let k = 0; k < count; k++) for (const event of lifeOf(k)) addDeviceEvent(db, clock(), event);
    });
  }
  using notebook = openNotebook({ path, mode: "existing", clock, program: "bench" });
  const { db } = notebook;
  reportTime("  jobs, the first time", await spent(() => void deviceJobs(db)));
  reportTime("  jobs, again", await spent(() => void deviceJobs(db)));
  const alarm: DeviceEvent = { provider: "ionq", job: "job 7", kind: "alarm", body: { reason: "none" } };
  notebook.transaction(() => addDeviceEvent(db, clock(), alarm));
  reportTime("  jobs, after one more event", await spent(() => void deviceJobs(db)));
}
