/** What an evaluation takes on each rung of a campaign by the laws of cost, before any of them was timed. */
import type { Database } from "#core/notebook/file/database.ts";
import { stateSeconds } from "#core/quantum/cost/law.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { besideCandidate } from "../stages/evaluate/beside.ts";
import { candidateInSpace } from "../stages/evaluate/request.ts";
import { requestsOf, shippedSets } from "./forecast.ts";

/** Seconds of one thread on a machine of ordinary speed, of the first candidate that settings were asked with. @param conformer its record */
export type RungCosts = (settings: CampaignSettings, conformer: number) => Promise<number[]>;

export function createRungCosts({
  db,
  dispatcher,
  resources,
}: {
  db: Database;
  dispatcher: Dispatcher;
  resources: string;
}): RungCosts {
  const basisSets = shippedSets(resources);
  const costOf = async (level: CampaignSettings["evaluation"], conformer: number): Promise<number> => {
    const others = await besideCandidate(level.definition, { dispatcher });
    let seconds = 0;
    for (const { geometry, ...asked } of requestsOf(candidateInSpace(db, conformer), level, {
      beside: others,
    })) {
      const basis = await basisSets(asked);
      if (basis) seconds += stateSeconds({ ...asked, symbols: geometry.symbols }, basis);
    }
    return seconds;
  };
  const known = new Map<string, Promise<number[]>>();
  return (settings, conformer) => {
    const levels = Array.from({ length: settings.rungs.length + 1 }, (_, rung) => levelOf(settings, rung));
    const key = JSON.stringify(levels);
    const found = known.get(key) ?? Promise.all(levels.map((level) => costOf(level, conformer)));
    known.set(key, found);
    return found;
  };
}
