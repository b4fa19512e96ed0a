import { useEffect, useRef, useState } from "react";
import type { Progress } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { client } from "../../rpc/client.ts";

export type Making =
  | { phase: "asking"; error?: unknown }
  /** progress: null until something is computed. */
  | { phase: "making"; progress: Progress | null }
  | { phase: "made"; file: string; campaign: CampaignId };

/** A sample in the making: it is given up when the component goes. */
export function useSample() {
  const [making, setMaking] = useState<Making>({ phase: "asking" });
  const work = useRef<AbortController>(undefined);
  useEffect(() => () => work.current?.abort(), []);

  const make = async (name: string): Promise<void> => {
    const stop = new AbortController();
    work.current = stop;
    setMaking({ phase: "making", progress: null });
    try {
      for await (const event of await client.shelf.makeSample({ name }, { signal: stop.signal })) {
        if (event.type === "progress") setMaking({ phase: "making", progress: event.progress });
        else setMaking({ phase: "made", file: event.file, campaign: event.campaign });
      }
    } catch (error) {
      if (!stop.signal.aborted) setMaking({ phase: "asking", error });
    }
  };
  const cancel = (): void => {
    work.current?.abort();
    setMaking({ phase: "asking" });
  };
  return { making, make, cancel };
}
