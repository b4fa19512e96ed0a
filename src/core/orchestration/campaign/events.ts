/** Hints that a campaign changed, for whoever listens; the notebook is the truth. Progress is thinned, its last value kept. */

import type { CampaignEvent, Progress } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";

/** Progress is published at most this often. */
const PROGRESS_INTERVAL_MS = 250;

export interface CampaignEvents {
  changed(campaign: CampaignId): void;
  progress(campaign: CampaignId, progress: Progress): void;
  /** Every event from the first read on until the signal aborts or the listener stops. */
  listen(campaign: CampaignId, signal?: AbortSignal): AsyncGenerator<CampaignEvent, void, undefined>;
  /** Ends every listener. */
  close(): void;
  readonly isClosed: boolean;
}

type Listener = (event: CampaignEvent) => void;

interface Thinned {
  timer: NodeJS.Timeout;
  latest: Progress | undefined;
}

export function createCampaignEvents(): CampaignEvents {
  const listeners = new Map<CampaignId, Set<Listener>>();
  const thinned = new Map<CampaignId, Thinned>();
  const closed = new AbortController();
  const publish = (event: CampaignEvent): void => {
    for (const listener of listeners.get(event.campaignId) ?? []) listener(event);
  };
  const flush = (campaignId: CampaignId): void => {
    const waiting = thinned.get(campaignId);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    thinned.delete(campaignId);
    if (waiting.latest) publish({ type: "progress", campaignId, progress: waiting.latest });
  };
  return {
    changed(campaignId) {
      flush(campaignId);
      publish({ type: "changed", campaignId });
    },
    progress(campaignId, progress) {
      const waiting = thinned.get(campaignId);
      if (waiting) {
        waiting.latest = progress;
        return;
      }
      publish({ type: "progress", campaignId, progress });
      const timer = setTimeout(() => flush(campaignId), PROGRESS_INTERVAL_MS);
      thinned.set(campaignId, { timer, latest: undefined });
    },
    listen: (campaignId, signal) => {
      const ended = AbortSignal.any([closed.signal, ...(signal ? [signal] : [])]);
      const of = listeners.get(campaignId) ?? new Set();
      listeners.set(campaignId, of);
      return listenTo(of, ended);
    },
    get isClosed() {
      return closed.signal.aborted;
    },
    close() {
      for (const { timer } of thinned.values()) clearTimeout(timer);
      closed.abort();
    },
  };
}

/** Hears from the first read on. */
async function* listenTo(
  listeners: Set<Listener>,
  ended: AbortSignal,
): AsyncGenerator<CampaignEvent, void, undefined> {
  const queue: CampaignEvent[] = [];
  let wake: () => void = () => {};
  const listener: Listener = (event) => {
    queue.push(event);
    wake();
  };
  const stop = (): void => wake();
  listeners.add(listener);
  ended.addEventListener("abort", stop);
  try {
    while (!ended.aborted) {
      const next = queue.shift();
      if (next) {
        yield next;
        continue;
      }
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  } finally {
    listeners.delete(listener);
    ended.removeEventListener("abort", stop);
  }
}
