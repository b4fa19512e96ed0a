/** What a process that ended in the middle, by kill -9 or by loss of power, left behind. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { campaignsInState } from "#core/notebook/tables/campaigns.ts";
import { hasJobs } from "#core/notebook/tables/jobs.ts";
import { signOffOf } from "#core/notebook/tables/review-process.ts";
import type { CampaignId } from "#shared/ids.ts";
import { releaseJobs, setCampaignState } from "./queue.ts";
import { isOlder, renewIfOlder } from "./renew.ts";
import type { Runner } from "./runner.ts";

/** A notebook made of an archive has the results of a campaign that was under way, but not its queue. */
export const NO_WORK =
  "This campaign was under way when it was copied from another notebook, and its queue is not part of the copy. Start a new one with the same settings; results are reused.";

export const hasWork = ({ db }: Notebook, id: CampaignId): boolean => hasJobs(db, id, ["queued", "running"]);

/**
 * After a start: gives back the jobs of a process that is no more. Its campaigns go on at once, or wait, queued, to be
 * resumed; evaluations of an older version are made again, but of a campaign that is signed off, which waits.
 *
 * @param waits why campaigns cannot go on before a person did something, such as give a device's key
 */
export function recover(
  { notebook, runner }: { notebook: Notebook; runner: Runner },
  { goOn, waits = new Map() }: { goOn: boolean; waits?: ReadonlyMap<CampaignId, string> },
): void {
  notebook.transaction(() => {
    releaseJobs(notebook);
    for (const id of campaignsInState(notebook.db, "running")) {
      if (!hasWork(notebook, id)) setCampaignState(notebook, id, "failed", NO_WORK);
    }
    if (goOn) {
      for (const id of campaignsInState(notebook.db, "running")) {
        const reason = waits.get(id);
        if (reason !== undefined) setCampaignState(notebook, id, "queued", reason);
        // Its signed numbers stay as they are until a person opens it again.
        else if (signOffOf(notebook.db, id) && isOlder(notebook, id))
          setCampaignState(notebook, id, "queued");
        else renewIfOlder(notebook, id);
      }
      return;
    }
    for (const id of campaignsInState(notebook.db, "running")) setCampaignState(notebook, id, "queued");
  });
  if (goOn) runner.wake();
}
