/** Rates of writing events, and a log of a million of them. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { emptyCopy, insertAll } from "./peers.ts";
import {
  GOALS,
  median,
  number,
  print,
  reportRate,
  reportRatio,
  reportTime,
  type Spent,
  spent,
} from "./report.ts";

const BATCH = 1000;
const SINGLE = 500;
export const MILLION = 1_000_000;

const clock = () => new Date();

function write(notebook: Notebook, campaign: CampaignId, count: number): void {
  for (let i = 0; i < count; i++)
    notebook.append({ kind: "campaign-state", campaign, state: "running", error: null });
}

/** Writes events of a campaign until the log has a million. */
export function fillLog(notebook: Notebook, campaign: CampaignId): void {
  while (chainHead(notebook.db).seq < MILLION)
    notebook.transaction(() =>
      write(notebook, campaign, Math.min(BATCH, MILLION - chainHead(notebook.db).seq)),
    );
}

async function writeEvents(path: string): Promise<Record<"single" | "batched", Spent>> {
  using notebook = openNotebook({ path, mode: "create", clock, program: "bench" });
  const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  const settings = CampaignSettings.parse({ name: "events" });
  notebook.append({ kind: "campaign-created", campaign, settings });
  const single = await spent(() => write(notebook, campaign, SINGLE));
  reportRate("events, each durable by itself", SINGLE, single);
  const batched = await spent(() => fillLog(notebook, campaign));
  reportRate(`events, ${BATCH} a transaction, to a million`, MILLION, batched, GOALS.events);
  return { single, batched };
}

/** The same rows by SQLite alone. */
async function comparePeer(
  path: string,
  folder: string,
  ours: Record<"single" | "batched", Spent>,
): Promise<void> {
  const [target, [events]] = emptyCopy(path, join(folder, "events-peer.sqlite"), "event");
  try {
    const first = { insert: events!.insert, rows: events!.rows.slice(0, SINGLE) };
    const single = await spent(() => insertAll(target, first, 1));
    const rest = { insert: events!.insert, rows: events!.rows.slice(SINGLE) };
    const batched = await spent(() => insertAll(target, rest, BATCH));
    reportRate("  SQLite alone, each durable by itself", SINGLE, single);
    reportRate(`  SQLite alone, ${BATCH} a transaction`, rest.rows.length, batched);
    reportRatio("  ratio, each by itself", ours.single, single);
    reportRatio("  ratio, batched", ours.batched, batched);
  } finally {
    target.close();
  }
}

export async function measureEvents(folder: string, { peers }: { peers: boolean }): Promise<void> {
  const path = join(folder, "events.sqlite");
  const ours = await writeEvents(path);
  if (peers) await comparePeer(path, folder, ours);
  const open = await median(5, () => {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    listCampaigns(notebook.db);
  });
  reportTime("open with a million events", open, GOALS.open);
  print("size with a million events", `${number(statSync(path).size / MILLION)} bytes an event`);
}
