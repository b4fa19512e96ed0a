/** The events of one provider's jobs, each in a transaction of its own before or after what it tells of. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { sha256, toHex } from "#core/notebook/proof/hash.ts";
import {
  addDeviceEvent,
  type DeviceDone,
  type DeviceEvent,
  deviceJob,
} from "#core/notebook/tables/device-events.ts";
import type { TlsFacts } from "#core/quantum/backends/provider.ts";

interface Reservation {
  readonly job: string;
  readonly usd: number;
  readonly destination: string;
  readonly device: string;
  readonly campaign: string;
  readonly shots: number;
  readonly circuits: number;
  readonly estimate: string;
}

interface Leaving {
  readonly job: string | null;
  readonly purpose: "submit" | "estimate";
  readonly destination: string;
  /** The very bytes. */
  readonly text: string;
  readonly approval: string;
}

export interface DeviceLog {
  /** All that nobody reserved meanwhile or, where the check finds a reason against them, none. @returns that reason */
  reserve(
    jobs: readonly Reservation[],
    check: (jobs: readonly Reservation[]) => string | undefined,
  ): string | undefined;
  /** Before it leaves. */
  egress(leaving: Leaving): void;
  attached(job: string, found: { vendorId: string; by: "sent" | "found"; tls: TlsFacts | null }): void;
  done(job: string, result: DeviceDone): void;
  ended(job: string, reason: string): void;
  settled(job: string, usd: number): void;
  alarm(job: string, reason: string): void;
}

export function createDeviceLog(notebook: Notebook, provider: string, clock: () => Date): DeviceLog {
  const add = (event: DeviceEvent): void =>
    notebook.transaction(() => addDeviceEvent(notebook.db, clock(), event));
  return {
    reserve: (jobs, check) =>
      notebook.transaction(() => {
        const fresh = jobs.filter(({ job }) => !deviceJob(notebook.db, job));
        if (fresh.length === 0) return undefined;
        const reason = check(fresh);
        if (reason !== undefined) return reason;
        for (const { job, usd, ...body } of fresh) add({ provider, job, kind: "reserved", usd, body });
        return undefined;
      }),
    egress({ job, text, ...rest }) {
      const bytes = Buffer.byteLength(text);
      add({ provider, job, kind: "egress", body: { ...rest, sha256: toHex(sha256(text)), bytes } });
    },
    attached: (job, body) => add({ provider, job, kind: "attached", body }),
    done: (job, body) => add({ provider, job, kind: "done", body }),
    ended: (job, reason) => add({ provider, job, kind: "ended", body: { reason } }),
    settled: (job, usd) => add({ provider, job, kind: "settled", usd, body: {} }),
    alarm: (job, reason) => add({ provider, job, kind: "alarm", body: { reason } }),
  };
}
