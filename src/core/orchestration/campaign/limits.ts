/** The time that a campaign may be computed: kept over restarts, and when it is up the campaign ends, to go on with more. */
import type { Notebook } from "#core/notebook/notebook.ts";
import { getCampaign, stateOfCampaign } from "#core/notebook/tables/campaigns.ts";
import { addComputing, computingSeconds } from "#core/notebook/tables/computing.ts";
import type { Campaign } from "#shared/campaign/campaign.ts";
import { hoursText } from "#shared/campaign/span-text.ts";
import type { CampaignId } from "#shared/ids.ts";
import { cancelJobs, setCampaignState } from "./queue.ts";

/** A process that is killed forgets no more than this. */
const TICK_MS = 5000;

export interface Limits {
  /** A job of a campaign begins; calling what it returns says that it has ended. */
  begin(campaign: CampaignId): () => void;
}

interface LimitServices {
  notebook: Notebook;
  /** In ms, rising. */
  now: () => number;
  /** Called once a campaign was ended at its limit. */
  onEnd(campaign: CampaignId): void;
  onError(error: unknown): void;
}

interface Running {
  jobs: number;
  since: number;
  timer: NodeJS.Timeout;
}

/** How many molecules are evaluated in the end, as far as the filter lets them pass. */
const expected = ({ counts, settings }: Campaign): number =>
  Math.min(settings.evaluation.maxEvaluations, settings.generation.count - counts.rejected);

/** @throws DomainError not-found */
export function isAtLimit({ db }: Notebook, campaign: Campaign): boolean {
  const { hours } = campaign.settings.limits;
  return hours !== null && computingSeconds(db, campaign.id) >= hours * 3600;
}

/** Ends a campaign that has used up its time; true where it did. */
function endAtLimit(notebook: Notebook, id: CampaignId): boolean {
  if (stateOfCampaign(notebook.db, id) !== "running") return false;
  const campaign = getCampaign(notebook.db, id);
  const { hours } = campaign.settings.limits;
  if (hours === null || !isAtLimit(notebook, campaign)) return false;
  const { evaluated, failed } = campaign.counts;
  const done = `${evaluated + failed} of ${expected(campaign)} evaluated`;
  notebook.transaction(() => {
    cancelJobs(notebook, id);
    setCampaignState(notebook, id, "cancelled", `Stopped at its limit of ${hoursText(hours)}: ${done}.`);
  });
  return true;
}

export function createLimits({ notebook, now, onEnd, onError }: LimitServices): Limits {
  const running = new Map<CampaignId, Running>();
  /** Writes down the time since it was written last, and looks at the limit. */
  const look = (campaign: CampaignId, own: Running): void => {
    const at = now();
    try {
      notebook.transaction(() => addComputing(notebook.db, campaign, at - own.since));
      own.since = at;
      if (endAtLimit(notebook, campaign)) onEnd(campaign);
    } catch (error) {
      // What cannot be written now is added the next time.
      onError(error);
    }
  };
  const started = (campaign: CampaignId): Running => {
    const own: Running = {
      jobs: 0,
      since: now(),
      timer: setInterval(() => look(campaign, own), TICK_MS),
    };
    running.set(campaign, own);
    return own;
  };
  return {
    begin(campaign) {
      const own = running.get(campaign) ?? started(campaign);
      own.jobs++;
      return () => {
        own.jobs--;
        if (own.jobs > 0) return;
        clearInterval(own.timer);
        running.delete(campaign);
        look(campaign, own);
      };
    },
  };
}
