/** `npm run bench -- notebook [candidates …]`: how fast the notebook is. Molecules are put together from fragments, all distinct. */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEngine } from "#core/engine.ts";
import { listCampaigns } from "#core/notebook/campaigns.ts";
import { chainHead } from "#core/notebook/events.ts";
import { storeFingerprints, withoutFingerprint } from "#core/notebook/fingerprints.ts";
import { toHex } from "#core/notebook/hash.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { provenanceGraph } from "#core/notebook/provenance.ts";
import { threadChemistry } from "#core/orchestration/thread-chemistry.ts";
import { CampaignSettings } from "#shared/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import { writeLargeNotebook } from "./problems/large-notebook.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));
const clock = () => new Date();
const quiet = { info: () => {}, warn: () => {}, error: console.error };

/** Time on the clock and of the processor, in milliseconds: on a busy machine only the second says something. */
interface Spent {
  wall: number;
  cpu: number;
}

async function spent(work: () => unknown): Promise<Spent> {
  const cpu = process.cpuUsage();
  const began = performance.now();
  await work();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

/** The run of median duration. */
async function median(runs: number, work: () => unknown): Promise<Spent> {
  const all: Spent[] = [];
  for (let i = 0; i < runs; i++) all.push(await spent(work));
  return all.sort((a, b) => a.wall - b.wall)[Math.floor(runs / 2)]!;
}

const number = (value: number): string => value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0).padStart(10);

const print = (what: string, ...values: string[]): void =>
  void process.stdout.write(`${what.padEnd(52)} ${values.join("  ")}\n`);

/** Goals for 100,000 candidates and a batch of events. */
const GOALS = { events: 20_000, open: 300, provenance: 20, similarity: 200, substructure: 300 } as const;

const reportTime = (what: string, { wall, cpu }: Spent, goal?: number): void =>
  print(what, `${number(wall)} ms`, `${number(cpu)} CPU ms`, goal ? `goal < ${goal} ms` : "");

const reportRate = (what: string, count: number, { wall, cpu }: Spent, goal?: number): void =>
  print(
    what,
    `${number((1000 * count) / wall)} /s`,
    `${number((1000 * count) / cpu)} /CPU s`,
    goal ? `goal ≥ ${goal} /s` : "",
  );

const BATCH = 1000;
const MILLION = 1_000_000;

/** Rates of writing, then a log of a million events opened. */
async function eventRates(folder: string): Promise<void> {
  const path = join(folder, "events.sqlite");
  await writeEvents(path);
  const open = await median(5, () => {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    listCampaigns(notebook.db);
  });
  reportTime("open with a million events", open, GOALS.open);
  print("size with a million events", `${number(statSync(path).size / MILLION)} bytes an event`);
}

async function writeEvents(path: string): Promise<void> {
  using notebook = openNotebook({ path, mode: "create", clock, program: "bench" });
  const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  notebook.append({
    kind: "campaign-created",
    campaign,
    settings: CampaignSettings.parse({ name: "events" }),
  });
  const write = (count: number): void => {
    for (let i = 0; i < count; i++) {
      notebook.append({ kind: "campaign-state", campaign, state: "running", error: null });
    }
  };
  reportRate("events, each durable by itself", 500, await spent(() => write(500)));
  const batches = (): void => {
    while (chainHead(notebook.db).seq < MILLION) notebook.transaction(() => write(BATCH));
  };
  reportRate(`events, ${BATCH} a transaction, to a million`, MILLION, await spent(batches), GOALS.events);
}

async function fingerprintAll(path: string, candidates: number): Promise<void> {
  using notebook = openNotebook({ path, mode: "existing", clock, program: "bench" });
  const chemistry = await threadChemistry(resources);
  const all = (): void => {
    for (let missing = withoutFingerprint(notebook.db, 2000); missing.length > 0; ) {
      const found = missing.map(({ molecule, smiles }) => {
        const made = chemistry.fingerprints(smiles);
        if (made.outcome === "invalid") throw new Error(`${smiles}: ${made.reason}`);
        return { molecule, ...made };
      });
      storeFingerprints(notebook.db, found);
      missing = withoutFingerprint(notebook.db, 2000);
    }
  };
  reportRate("  fingerprints, one thread", candidates, await spent(all));
}

async function measure(folder: string, candidates: number): Promise<void> {
  print(`${candidates} candidates`);
  const path = join(folder, `${candidates}.sqlite`);
  reportRate("  candidates stored", candidates, await spent(() => writeLargeNotebook(path, candidates)));
  await fingerprintAll(path, candidates);
  print("  size", `${number(statSync(path).size / candidates)} bytes a candidate`);
  const open = await median(5, () => {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    listCampaigns(notebook.db);
  });
  reportTime("  open and list campaigns", open, GOALS.open);
  {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    const { db } = notebook;
    print("  events", number(chainHead(db).seq));
    const scores = db.sql.selectFrom("record").select("hash").where("kind", "=", "score");
    const of = [toHex(db.one(scores.orderBy("id", "desc").limit(1))!.hash)];
    reportTime(
      "  provenance of a score",
      await median(20, () => provenanceGraph(db, { of, direction: "origins" })),
      GOALS.provenance,
    );
  }
  await measureEngine(path);
}

async function measureEngine(path: string): Promise<void> {
  await using engine = await createEngine({
    paths: { notebook: path, resources },
    ...{ clock, logger: quiet, threads: 1, mode: "read-only" as const },
  });
  const first = await median(1, () => engine.search({ similarTo: "CCOC(=O)c1ccccc1", minSimilarity: 0.4 }));
  reportTime("  similarity, first time (loads the fingerprints)", first);
  type Query = Parameters<typeof engine.search>[0];
  const timed = async (what: string, query: Query, goal?: number): Promise<void> => {
    reportTime(`  ${what}`, await median(5, () => engine.search(query)), goal);
  };
  const { similarity, substructure } = GOALS;
  await timed("similarity", { similarTo: "CCOC(=O)c1ccccc1", minSimilarity: 0.4 }, similarity);
  await timed("substructure, common, first 50", { contains: "c1ccccc1", limit: 50 }, substructure);
  await timed("substructure, rare, first 50", { contains: "C#CCN1CCOCC1", limit: 50 }, substructure);
  await timed("property ranges, first 200", {
    ranges: [
      { property: "logP", min: 1, max: 2 },
      { property: "qed", min: 0.5 },
    ],
  });
  await timed("words in comments", { text: "stable" });
  const [campaign] = await engine.campaigns.list();
  reportTime("  candidate table of a campaign", await median(3, () => engine.candidates.list(campaign!.id)));
  const csv = await median(1, () =>
    engine.exports.create({ campaignId: campaign!.id, format: "csv", selection: "ranked" }),
  );
  reportTime("  export of the ranked ones, CSV", csv);
  reportTime("  verification", await median(1, () => engine.notebook.verify()));
}

export async function run(args: string[]): Promise<void> {
  const sizes = args.map(Number).filter((size) => size > 0);
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    await eventRates(folder);
    for (const size of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(folder, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
