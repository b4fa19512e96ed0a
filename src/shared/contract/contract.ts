/** The typed RPC contract: what a window, a browser page or a test may ask of an Engine. */
import { oc as builder, eventIterator } from "@orpc/contract";
import { z } from "zod";
import { Campaign, CampaignSettings } from "../campaign.ts";
import { CandidateDetail, CandidateRow } from "../candidate.ts";
import { ExportedFile, ExportRequest } from "../export.ts";
import { CampaignId, CandidateId, Sha256 } from "../ids.ts";
import { CampaignEvent } from "../job.ts";
import { ProvenanceGraph } from "../provenance.ts";
import { ReplayedStep } from "../replay.ts";
import { Review } from "../review.ts";
import { ModelSummary, SystemInfo } from "../system.ts";
import { Verification } from "../verification.ts";
import { domainErrors } from "./errors.ts";

const oc = builder.errors(domainErrors);

/** Characters of one SMILES to draw: several times the longest that a model proposes; drawing time grows faster than size. */
const MAX_DEPICTED_SMILES = 500;

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
    /** Spearman's correlation of IE(VQE) with Koopmans' estimate over the ranked candidates; null where too few. */
    koopmansCorrelation: oc.input(z.strictObject({ id: CampaignId })).output(z.number().nullable()),
    /** Progress and change hints of one campaign until the client disconnects or it ends. */
    events: oc.input(z.strictObject({ id: CampaignId })).output(eventIterator(CampaignEvent)),
  },
  candidates: {
    /** Every candidate of a campaign, in order of proposal. */
    list: oc.input(z.strictObject({ campaignId: CampaignId })).output(z.array(CandidateRow)),
    get: oc.input(z.strictObject({ id: CandidateId })).output(CandidateDetail),
    /** 2D depictions as SVG, one for each canonical SMILES, in order. */
    depict: oc
      .input(z.strictObject({ smiles: z.array(z.string().max(MAX_DEPICTED_SMILES)).max(200) }))
      .output(z.array(z.string())),
    review: oc.input(Review.omit({ at: true })).output(Review),
  },
  exports: {
    create: oc.input(ExportRequest).output(ExportedFile),
  },
  notebook: {
    /** Checks the file, every record, the chain, the signatures and the tables. */
    verify: oc.output(Verification),
    /** Everything that led to a candidate's numbers and verdicts. */
    candidateProvenance: oc.input(z.strictObject({ id: CandidateId })).output(ProvenanceGraph),
    /** What a record was made from, or what was made from it. */
    provenance: oc
      .input(z.strictObject({ record: Sha256, direction: z.enum(["origins", "consequences"]) }))
      .output(ProvenanceGraph),
    /** Computes a candidate's steps again and compares; writes nothing. */
    replay: oc.input(z.strictObject({ id: CandidateId })).output(z.array(ReplayedStep)),
  },
};
export type Contract = typeof contract;
