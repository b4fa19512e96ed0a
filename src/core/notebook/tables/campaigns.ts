/** Campaigns as people see them. */
import type { Selectable } from "kysely";
import {
  type Campaign,
  type CampaignCounts,
  type CampaignSettings,
  type CampaignState,
  StoredCampaignSettings,
} from "#shared/campaign/campaign.ts";
import { isSameDefinition, ownProperties, ownProperty } from "#shared/campaign/own-properties.ts";
import { levelOf, type RungOrder, rungOrders } from "#shared/campaign/rungs.ts";
import { DomainError } from "#shared/errors.ts";
import type { CampaignId, Sha256 } from "#shared/ids.ts";
import { type Database, only, template } from "../file/database.ts";
import type { CampaignTable } from "../file/schema.ts";
import { countAgreed, latestVerdicts, policyOf } from "./review-process.ts";

type Row = Selectable<CampaignTable>;

const counted = template((sql, campaign: number) =>
  sql
    .selectFrom("candidate")
    .where("candidate.campaign", "=", campaign)
    .select(({ fn }) => [
      fn.countAll<number>().as("proposed"),
      fn.count<number>("candidate.rejection_rule").as("rejected"),
      fn.count<number>("candidate.verdict").filterWhere("candidate.rejection_rule", "is", null).as("passed"),
      fn.count<number>("candidate.conformer").as("embedded"),
      fn
        .count<number>("candidate.evaluation")
        .filterWhere("candidate.failure_stage", "is", null)
        .as("evaluated"),
      fn.count<number>("candidate.failure_stage").as("failed"),
      latestVerdicts.as("verdicts"),
    ]),
);

function counts(db: Database, row: Row): CampaignCounts {
  const { verdicts, ...counts } = only(db, counted(row.id));
  return { ...counts, shortlisted: countAgreed(verdicts, "shortlist", policyOf(row)) };
}

const settingsOf = (row: Row): CampaignSettings => StoredCampaignSettings.parse(JSON.parse(row.settings));

function campaign(db: Database, row: Row): Campaign {
  const settings = settingsOf(row);
  return {
    id: row.uuid as CampaignId,
    settings,
    state: row.state as CampaignState,
    error: row.error,
    modelHash: row.model_hash as Sha256 | null,
    createdAt: row.created_at,
    finishedAt: row.finished_at,
    counts: counts(db, row),
  };
}

/** Every campaign, newest first. */
export function listCampaigns(db: Database): Campaign[] {
  return db
    .all(db.sql.selectFrom("campaign").selectAll().orderBy("id", "desc"))
    .map((row) => campaign(db, row));
}

function campaignRow(db: Database, id: CampaignId): Row {
  const row = db.one(db.sql.selectFrom("campaign").selectAll().where("uuid", "=", id));
  if (row) return row;
  const message = `This notebook holds no campaign ${id}. Look at the list of campaigns, or open another notebook.`;
  throw new DomainError("not-found", message, { campaign: id });
}

/** Counts the candidates, which takes tens of milliseconds for 100,000. @throws DomainError not-found */
export const getCampaign = (db: Database, id: CampaignId): Campaign => campaign(db, campaignRow(db, id));

/** What a campaign was asked to do, without counting its candidates. @throws DomainError not-found */
export const campaignSettings = (db: Database, id: CampaignId): CampaignSettings =>
  settingsOf(campaignRow(db, id));

/** What each campaign was asked to do, oldest first, without counting. */
export const listSettings = (db: Database): CampaignSettings[] =>
  db.all(db.sql.selectFrom("campaign").selectAll().orderBy("id")).map(settingsOf);

/** Of each campaign, oldest first. */
export const campaignIds = (db: Database): CampaignId[] =>
  db.all(db.sql.selectFrom("campaign").select("uuid").orderBy("id")).map(({ uuid }) => uuid as CampaignId);

/** How far a campaign is, without counting its candidates. @throws DomainError not-found */
export const stateOfCampaign = (db: Database, id: CampaignId): CampaignState =>
  campaignRow(db, id).state as CampaignState;

/** What the candidates of a campaign are ranked by. */
export interface RankingOrder {
  /** Row of the table. */
  campaign: number;
  /** The dearest rung first. */
  rungs: readonly RungOrder[];
}

/** Of every campaign or of the one named, but for those left out, oldest first. */
export function listOrders(
  db: Database,
  { id, without }: { id?: CampaignId | undefined; without?: ReadonlySet<CampaignId> | undefined } = {},
): RankingOrder[] {
  const query = db.sql.selectFrom("campaign").selectAll().orderBy("id");
  return db
    .all(id === undefined ? query : query.where("uuid", "=", id))
    .filter(({ uuid }) => !without?.has(uuid as CampaignId))
    .map((row) => ({ campaign: row.id, rungs: rungOrders(settingsOf(row)) }));
}

/** Rungs of a campaign, by the row of its table. */
interface CampaignRungs {
  campaign: number;
  rungs: number[];
}

/** The rungs of every campaign whose numbers are of a person's own property with that id, in the newest version unless one is named. */
export function rungsThatDefine(
  db: Database,
  asked: { id: string; version?: number | undefined },
): CampaignRungs[] {
  const campaigns = db
    .all(db.sql.selectFrom("campaign").selectAll().orderBy("id"))
    .map((row) => ({ campaign: row.id, settings: settingsOf(row) }));
  const wanted = ownProperty(ownProperties(campaigns.map(({ settings }) => settings)), asked)?.definition;
  const isWanted = (settings: CampaignSettings, rung: number): boolean => {
    const { definition } = levelOf(settings, rung);
    return wanted !== undefined && definition !== undefined && isSameDefinition(definition, wanted);
  };
  return campaigns.map(({ campaign, settings }) => ({
    campaign,
    rungs: rungOrders(settings)
      .map(({ rung }) => rung)
      .filter((rung) => isWanted(settings, rung)),
  }));
}

/** The ids of the campaigns in a state, oldest first. */
export function campaignsInState(db: Database, state: CampaignState): CampaignId[] {
  const query = db.sql.selectFrom("campaign").select("uuid").where("state", "=", state).orderBy("id");
  return db.all(query).map(({ uuid }) => uuid as CampaignId);
}
