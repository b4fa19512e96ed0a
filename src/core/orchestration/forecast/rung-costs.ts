/** What an evaluation takes on each rung of a campaign by the laws of cost, before any of them was timed. */
import type { Database } from "#core/notebook/file/database.ts";
import { stateSeconds } from "#core/quantum/cost/law.ts";
import type { CampaignSettings } from "#shared/campaign/campaign.ts";
import { levelOf } from "#shared/campaign/rungs.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import type { Dispatcher } from "../dispatch/dispatcher.ts";
import { besideCandidate } from "../stages/evaluate/beside.ts";
import { candidateInSpace } from "../stages/evaluate/request.ts";
import { expectedStates, shippedSets } from "./forecast.ts";
import { mixingOf, routingOf } from "./likelihoods.ts";

interface Evaluated {
  /** Its record. */
  readonly conformer: number;
  readonly descriptors: Descriptors | null;
}

/** Seconds of one thread on a machine of ordinary speed, of the first candidate that settings were asked with. */
export type RungCosts = (settings: CampaignSettings, candidate: Evaluated) => Promise<number[]>;

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
  const costOf = async (
    level: CampaignSettings["evaluation"],
    { conformer, descriptors }: Evaluated,
  ): Promise<number> => {
    const beside = await besideCandidate(level.definition, { dispatcher });
    const mixing = descriptors ? mixingOf(descriptors) : 0;
    const routing = descriptors ? routingOf(descriptors) : 0;
    let seconds = 0;
    for (const { request, share } of expectedStates(candidateInSpace(db, conformer), level, {
      beside,
      mixing,
      routing,
    })) {
      const { geometry, ...asked } = request;
      const basis = await basisSets(asked);
      if (basis) seconds += share * stateSeconds({ ...asked, symbols: geometry.symbols }, basis);
    }
    return seconds;
  };
  const known = new Map<string, Promise<number[]>>();
  return (settings, candidate) => {
    const levels = Array.from({ length: settings.rungs.length + 1 }, (_, rung) => levelOf(settings, rung));
    const key = JSON.stringify(levels);
    const found = known.get(key) ?? Promise.all(levels.map((level) => costOf(level, candidate)));
    known.set(key, found);
    return found;
  };
}
