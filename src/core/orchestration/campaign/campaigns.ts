/** Starting, stopping and following campaigns. */
import { randomUUID } from "node:crypto";
import { type Notebook, requireWritable } from "#core/notebook/notebook.ts";
import type { NotebookRecord } from "#core/notebook/proof/record.ts";
import { getCampaign, stateOfCampaign } from "#core/notebook/tables/campaigns.ts";
import { signOffOf } from "#core/notebook/tables/review-process.ts";
import {
  type Campaign,
  type CampaignLimits,
  type CampaignSettings,
  isActive,
} from "#shared/campaign/campaign.ts";
import type { CampaignEvent, Progress } from "#shared/campaign/job.ts";
import { hoursText } from "#shared/campaign/span-text.ts";
import { abortError, DomainError } from "#shared/errors.ts";
import { CampaignId } from "#shared/ids.ts";
import { FIRST_JOB } from "../stages/order.ts";
import type { CampaignEvents } from "./events.ts";
import { isAtLimit } from "./limits.ts";
import { addJobs, cancelJobs, requeueJobs, setCampaignState } from "./queue.ts";
import { hasWork, NO_WORK } from "./recover.ts";
import { isOlder, renewIfOlder } from "./renew.ts";
import type { Runner } from "./runner.ts";

export interface CampaignServices {
  notebook: Notebook;
  runner: Runner;
  events: CampaignEvents;
}

/**
 * Stores a campaign with its first job and starts it.
 *
 * @param founding records that its source needs from the start on
 */
export function startCampaign(
  { notebook, runner, events }: CampaignServices,
  settings: CampaignSettings,
  founding: readonly NotebookRecord[] = [],
): Campaign {
  const campaign = CampaignId.parse(randomUUID());
  notebook.transaction(() => {
    notebook.append({ kind: "campaign-created", campaign, settings }, founding);
    setCampaignState(notebook, campaign, "running");
    addJobs(notebook, campaign, [FIRST_JOB]);
  });
  runner.wake();
  events.changed(campaign);
  return getCampaign(notebook.db, campaign);
}

/** Stops a campaign; what it stored stays. @throws DomainError not-found, or conflict where it has ended */
export function cancelCampaign({ notebook, runner, events }: CampaignServices, id: CampaignId): Campaign {
  requireWritable(notebook);
  const campaign = getCampaign(notebook.db, id);
  if (campaign.state === "cancelled") return campaign;
  if (!isActive(campaign)) throw ended(campaign, "cancelled");
  notebook.transaction(() => {
    cancelJobs(notebook, id);
    setCampaignState(notebook, id, "cancelled");
  });
  runner.abort(id);
  events.changed(id);
  return getCampaign(notebook.db, id);
}

/**
 * Goes on with a cancelled, failed or interrupted campaign.
 *
 * @param limits in place of those that it had
 * @throws DomainError not-found, or conflict where it is done, has used up its time, or would change what is signed off
 */
export function resumeCampaign(
  { notebook, runner, events }: CampaignServices,
  id: CampaignId,
  limits?: CampaignLimits,
): Campaign {
  requireWritable(notebook);
  if (stateOfCampaign(notebook.db, id) === "succeeded") throw ended(getCampaign(notebook.db, id), "resumed");
  const campaign = notebook.transaction(() => {
    if (limits) notebook.append({ kind: "limits-set", campaign: id, limits });
    const asked = getCampaign(notebook.db, id);
    if (isAtLimit(notebook, asked)) throw atLimit(asked);
    requireUnsigned(notebook, asked);
    return asked;
  });
  if (campaign.state !== "running") {
    notebook.transaction(() => {
      renewIfOlder(notebook, id);
      requeueJobs(notebook, id);
      if (!hasWork(notebook, id)) throw new DomainError("conflict", NO_WORK, { campaign: id });
      setCampaignState(notebook, id, "running");
    });
  }
  runner.wake();
  events.changed(id);
  return getCampaign(notebook.db, id);
}

/** Evaluations that are made again, or on a dearer rung, take the place of those that were signed. */
function requireUnsigned(notebook: Notebook, { id, state, settings: { name, rungs } }: Campaign): void {
  const signed = signOffOf(notebook.db, id);
  if (!signed || state === "running" || (rungs.length === 0 && !isOlder(notebook, id))) return;
  const message = `Campaign "${name}" cannot be resumed: its shortlist was signed off by ${signed.signer} on ${signed.at}, and what is computed now may take the place of the numbers that were signed. Reopen the shortlist, with a reason, then resume.`;
  throw new DomainError("conflict", message, { campaign: id, signer: signed.signer });
}

const atLimit = ({ id, settings: { name, limits } }: Campaign): DomainError =>
  new DomainError(
    "conflict",
    `Campaign "${name}" has used up its ${hoursText(limits.hours ?? 0)} of computing. Give it a higher limit to go on.`,
    { campaign: id },
  );

const ended = ({ id, state, settings }: Campaign, wish: string): DomainError =>
  new DomainError(
    "conflict",
    `Campaign "${settings.name}" cannot be ${wish}: it has ${state} already. Start a new one with the same settings; results are reused.`,
    { campaign: id, state },
  );

/** Events of a campaign until it ends or the listener stops. */
export async function* followCampaign(
  { notebook, events }: CampaignServices,
  id: CampaignId,
  signal?: AbortSignal,
): AsyncGenerator<CampaignEvent, void, undefined> {
  if (!isActive({ state: stateOfCampaign(notebook.db, id) })) return;
  for await (const event of events.listen(id, signal)) {
    yield event;
    if (notebook.damage !== undefined) return;
    if (event.type === "changed" && !isActive({ state: stateOfCampaign(notebook.db, id) })) return;
  }
}

/**
 * Waits for a campaign to end in any state.
 *
 * @throws AbortError when the signal says so, and the campaign goes on; DomainError notebook-damaged where the file is gone
 */
export async function finishedCampaign(
  services: CampaignServices,
  id: CampaignId,
  { signal, report }: { signal?: AbortSignal; report?: (progress: Progress) => void } = {},
): Promise<Campaign> {
  for await (const event of followCampaign(services, id, signal)) {
    if (event.type === "progress") report?.(event.progress);
  }
  signal?.throwIfAborted();
  if (services.events.isClosed)
    throw abortError("the notebook was closed; the campaign goes on when it is opened again");
  services.notebook.requireInPlace();
  if (services.notebook.damage !== undefined) requireWritable(services.notebook);
  return getCampaign(services.notebook.db, id);
}
