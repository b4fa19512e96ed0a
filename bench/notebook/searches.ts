/** What the app asks a notebook: searches, lists, provenance, exports, verification. */
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { toHex } from "#core/notebook/proof/hash.ts";
import type { RecordKind } from "#core/notebook/proof/record.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { chainHead } from "#core/notebook/tables/events.ts";
import { type Direction, provenanceGraph } from "#core/notebook/tables/provenance.ts";
import type { CampaignId } from "#shared/ids.ts";
import { selectCandidates } from "./peers.ts";
import { GOALS, median, number, print, reportRatio, reportTime, spent } from "./report.ts";

const clock = () => new Date();
const quiet = { info: () => {}, warn: () => {}, error: console.error };

/** What a SMARTS is like, and the SMARTS. */
const SUBSTRUCTURES = [
  ["common", "c1ccccc1"],
  ["less common", "O=C1CSC(=S)N1"],
  ["rare", "C#CCN1CCOCC1"],
  ["rare, rings asked for", "C#CC[N;R]1CCOCC1"],
  ["rare, hardly screened", "[NX3;H2]c1ccc(C#C)cc1"],
  ["in none", "C#CC(F)(F)c1ccncc1"],
] as const;

/** Opening and provenance, without the engine. */
export async function measureNotebook(path: string): Promise<void> {
  const open = await median(5, () => {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    listCampaigns(notebook.db);
  });
  reportTime("  open and list campaigns", open, GOALS.open);
  using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
  const { db } = notebook;
  print("  events", number(chainHead(db).seq));
  const graph = (kind: RecordKind, direction: Direction) => {
    const records = db.sql.selectFrom("record").select("hash").where("kind", "=", kind);
    const of = [toHex(db.one(records.orderBy("id", "desc").limit(1))!.hash)];
    return () => provenanceGraph(db, { of, direction });
  };
  reportTime("  what a score came from", await median(20, graph("score", "origins")), GOALS.provenance);
  const touched = graph("model", "consequences");
  reportTime(`  what the model led to (first ${touched().nodes.length})`, await median(5, touched));
}

type Query = Parameters<Engine["search"]>[0];

async function measureSearches(engine: Engine): Promise<void> {
  // RDKit is loaded by then.
  await engine.search({ inchiKey: "none" });
  await engine.candidates.depict({ smiles: ["C"] });
  const similar = { similarTo: "CCOC(=O)c1ccccc1", minSimilarity: 0.4 };
  const firstly = async (what: string, query: Query) =>
    reportTime(`  ${what}, first time (reads the fingerprints)`, await spent(() => engine.search(query)));
  await firstly("similarity", similar);
  await firstly("substructure", { contains: "c1ccccc1", limit: 50 });
  const timed = async (what: string, query: Query, goal?: number): Promise<void> => {
    const { length } = await engine.search(query);
    reportTime(`  ${what}: ${length}`, await median(5, () => engine.search(query)), goal);
  };
  await timed("similarity", similar, GOALS.similarity);
  for (const [what, contains] of SUBSTRUCTURES) {
    await timed(`substructure, ${what}, first 50`, { contains, limit: 50 }, GOALS.substructure);
  }
  const ranges = [
    { property: "logP" as const, min: 1, max: 2 },
    { property: "qed" as const, min: 0.5 },
  ];
  await timed("property ranges, first 200", { ranges });
  await timed("words in comments", { text: "stable" });
  await timed("verdict", { verdict: "shortlist" });
  const [campaign] = await engine.campaigns.list();
  await timed("verdict, property range and campaign", {
    ...{ campaignId: campaign!.id, verdict: "maybe", ranges },
  });
}

export interface EngineOptions {
  resources: string;
  peers: boolean;
  /** Exports, which take a while; the searches alone without. */
  exports: boolean;
}

export async function measureEngine(
  path: string,
  { resources, peers, exports }: EngineOptions,
): Promise<void> {
  await using engine = await createEngine({
    paths: { notebook: path, resources },
    ...{ clock, logger: quiet, threads: 1, mode: "read-only" as const },
  });
  await measureSearches(engine);
  const [campaign] = await engine.campaigns.list();
  const table = await median(3, () => engine.candidates.list({ campaignId: campaign!.id }));
  reportTime("  candidate table of a campaign", table);
  if (peers) {
    const plain = await median(3, () => selectCandidates(path));
    reportTime("    SQLite alone, the same rows", plain);
    reportRatio("    ratio", table, plain);
  }
  const last = (await engine.candidates.list({ campaignId: campaign!.id })).findLast(
    ({ rank }) => rank !== null,
  )!.id;
  reportTime(
    "  one candidate with all its results",
    await median(20, () => engine.candidates.get({ id: last })),
  );
  if (exports) await measureExports(engine, campaign!.id);
  reportTime("  verification", await median(1, () => engine.notebook.verify()));
}

async function measureExports(engine: Engine, campaignId: CampaignId): Promise<void> {
  for (const format of ["csv", "sdf"] as const) {
    const asked = { campaignId, format, selection: "ranked" as const };
    const { rows } = await engine.exports.create(asked);
    const made = await median(3, () => engine.exports.create(asked));
    reportTime(`  export of the ${rows} ranked ones, ${format.toUpperCase()}`, made);
  }
  let bytes = 0;
  const made = await median(1, async () => {
    bytes = (await engine.notebook.exportArchive({ name: "bench" })).size;
  });
  reportTime("  export of everything, .eln", made);
  print("  size of the .eln", `${number(bytes / 2 ** 20)} MiB`);
}
