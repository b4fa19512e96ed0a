import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { Progress } from "#shared/campaign/job.ts";
import type { CampaignId } from "#shared/ids.ts";
import { PICTURES } from "../../components/structure-3d-picture.tsx";
import { api, client } from "../../rpc/client.ts";
import { useConnection } from "../../rpc/use-connection.ts";

/** Changes come in bursts; the notebook is asked at most this often. */
const REFRESH_MS = 400;

/**
 * Follows a campaign while it is active: progress as it comes, and a fresh look at the notebook whenever something changed.
 *
 * @returns the latest progress, or null where there is none to show.
 */
export function useCampaignEvents(id: CampaignId, active: boolean): Progress | null {
  const { phase } = useConnection();
  const queries = useQueryClient();
  const [progress, setProgress] = useState<Progress | null>(null);

  useEffect(() => {
    if (!active || phase !== "open") return;
    const leaving = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;

    const refresh = () => {
      timer = undefined;
      void queries.invalidateQueries({ queryKey: api.campaigns.get.key({ input: { id } }) });
      for (const part of [api.candidates.page, api.candidates.place, api.candidates.counts])
        void queries.invalidateQueries({ queryKey: part.key({ input: { campaignId: id } }) });
      for (const part of [api.candidates.get, api.candidates.compare])
        void queries.invalidateQueries({ queryKey: part.key() });
      // A geometry that is there stays as it is, and its picture is dear.
      void queries.invalidateQueries({ queryKey: [PICTURES], predicate: ({ state }) => state.data === null });
      void queries.invalidateQueries({ queryKey: api.reviews.standings.key() });
    };
    const follow = async () => {
      for await (const event of await client.campaigns.events({ id }, { signal: leaving.signal })) {
        if (event.type === "progress") setProgress(event.progress);
        else timer ??= setTimeout(refresh, REFRESH_MS);
      }
    };
    // A stream that breaks is no news: the connection banner says why, and a new line starts a new stream.
    follow()
      .catch(() => {})
      .finally(() => {
        if (!leaving.signal.aborted) refresh();
      });
    return () => {
      leaving.abort();
      clearTimeout(timer);
      setProgress(null);
    };
  }, [id, active, phase, queries]);

  return active ? progress : null;
}
