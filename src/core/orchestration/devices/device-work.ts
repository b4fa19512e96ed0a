/** What it takes to speak to a provider and to keep what comes of it. */
import type { Notebook } from "#core/notebook/notebook.ts";
import type { Policies } from "#core/quantum/backends/policies.ts";
import type { Money, Provider } from "#core/quantum/backends/provider.ts";
import type { DeviceLog } from "./device-log.ts";

export interface DeviceWork {
  readonly notebook: Pick<Notebook, "db">;
  readonly log: DeviceLog;
  readonly provider: Provider;
  readonly policies: Policies;
  readonly clock: () => Date;
  /** Waits; throws AbortError. */
  readonly pause: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** When and with which limits a person enabled the provider. */
  readonly approval: string;
  /** A bill of a device in USD; undefined where nobody knows what its unit costs. */
  readonly billCost: (device: string, bill: Money) => number | undefined;
}
