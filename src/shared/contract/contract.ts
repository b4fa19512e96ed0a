/** The typed RPC contract: what a window, a browser page or a test may ask of an Engine. */
import { oc as builder, eventIterator } from "@orpc/contract";
import { z } from "zod";
import { Campaign, CampaignSettings } from "../campaign.ts";
import { CandidateDetail, CandidateRow } from "../candidate.ts";
import { ExportedFile, ExportRequest } from "../export.ts";
import { CampaignId, CandidateId } from "../ids.ts";
import { CampaignEvent } from "../job.ts";
import { Review } from "../review.ts";
import { ModelSummary, SystemInfo } from "../system.ts";
import { domainErrors } from "./errors.ts";

const oc = builder.errors(domainErrors);

export const contract = {
  system: {
    info: oc.output(SystemInfo),
  },
  models: {
    list: oc.output(z.array(ModelSummary)),
  },
  campaigns: {
    list: oc.output(z.array(Campaign)),
    get: oc.input(z.strictObject({ id: CampaignId })).output(Campaign),
    /** Stores the campaign and starts it; returns before it is done. */
    start: oc.input(CampaignSettings).output(Campaign),
    cancel: oc.input(z.strictObject({ id: CampaignId })).output(Campaign),
    /** Goes on with a cancelled, failed or interrupted campaign where it stopped. */
    resume: oc.input(z.strictObject({ id: CampaignId })).output(Campaign),
    /** Progress and change hints of one campaign until the client disconnects or it ends. */
    events: oc.input(z.strictObject({ id: CampaignId })).output(eventIterator(CampaignEvent)),
  },
  candidates: {
    /** Every candidate of a campaign, in order of proposal. */
    list: oc.input(z.strictObject({ campaignId: CampaignId })).output(z.array(CandidateRow)),
    get: oc.input(z.strictObject({ id: CandidateId })).output(CandidateDetail),
    /** 2D depictions as SVG, one for each canonical SMILES, in order. */
    depict: oc.input(z.strictObject({ smiles: z.array(z.string()).max(200) })).output(z.array(z.string())),
    review: oc.input(Review.omit({ at: true })).output(Review),
  },
  exports: {
    create: oc.input(ExportRequest).output(ExportedFile),
  },
};
export type Contract = typeof contract;
