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

const report = (what: string, value: number, unit: string): void => {
  const digits = value < 10 ? 2 : value < 100 ? 1 : 0;
  process.stdout.write(`${what.padEnd(58)} ${value.toFixed(digits).padStart(10)} ${unit}\n`);
};

/** The median of several runs, in milliseconds. */
async function median(runs: number, work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i < runs; i++) {
    const began = performance.now();
    await work();
    times.push(performance.now() - began);
  }
  return times.sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

function eventRates(folder: string): void {
  using notebook = openNotebook({
    path: join(folder, "events.sqlite"),
    mode: "create",
    clock,
    program: "bench",
  });
  const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  notebook.append({
    kind: "campaign-created",
    campaign,
    settings: CampaignSettings.parse({ name: "events" }),
  });
  const one = (): void =>
    notebook.append({ kind: "campaign-state", campaign, state: "running", error: null });
  const rate = (count: number, work: () => void): number => {
    const began = performance.now();
    work();
    return (1000 * count) / (performance.now() - began);
  };
  const durable = rate(500, () => {
    for (let i = 0; i < 500; i++) one();
  });
  report("events, each durable by itself", durable, "events/s");
  const batched = rate(50_000, () => {
    for (let batch = 0; batch < 50; batch++) {
      notebook.transaction(() => {
        for (let i = 0; i < 1000; i++) one();
      });
    }
  });
  report("events, 1000 a transaction", batched, "events/s");
}

async function fingerprintAll(path: string): Promise<void> {
  using notebook = openNotebook({ path, mode: "existing", clock, program: "bench" });
  const chemistry = await threadChemistry(resources);
  let count = 0;
  const began = performance.now();
  for (;;) {
    const missing = withoutFingerprint(notebook.db, 2000);
    if (missing.length === 0) break;
    count += missing.length;
    storeFingerprints(
      notebook.db,
      missing.map(({ molecule, smiles }) => {
        const found = chemistry.fingerprints(smiles);
        if (found.outcome === "invalid") throw new Error(`${smiles}: ${found.reason}`);
        return { molecule, ...found };
      }),
    );
  }
  report("  fingerprints, one thread", (1000 * count) / (performance.now() - began), "molecules/s");
}

async function measure(folder: string, candidates: number): Promise<void> {
  process.stdout.write(`${candidates} candidates\n`);
  const path = join(folder, `${candidates}.sqlite`);
  const wrote = performance.now();
  await writeLargeNotebook(path, candidates);
  report(
    "  proposing and judging, stored",
    (1000 * candidates) / (performance.now() - wrote),
    "candidates/s",
  );
  await fingerprintAll(path);
  report("  size", statSync(path).size / candidates, "bytes a candidate");
  const open = await median(5, () => {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    listCampaigns(notebook.db);
  });
  report("  open and list campaigns", open, "ms");
  {
    using notebook = openNotebook({ path, mode: "read-only", clock, program: "bench" });
    report("  events", chainHead(notebook.db).seq, "");
    const scored = notebook.db.one(
      notebook.db.sql
        .selectFrom("record")
        .select("hash")
        .where("kind", "=", "score")
        .orderBy("id", "desc")
        .limit(1),
    )!;
    const of = [toHex(scored.hash)];
    const origins = await median(20, () => provenanceGraph(notebook.db, { of, direction: "origins" }));
    report("  provenance of a score", origins, "ms");
  }
  await measureEngine(path);
}

async function measureEngine(path: string): Promise<void> {
  await using engine = await createEngine({
    paths: { notebook: path, resources },
    ...{ clock, logger: quiet, threads: 1, mode: "read-only" as const },
  });
  const first = await median(1, () => engine.search({ similarTo: "CCOC(=O)c1ccccc1", minSimilarity: 0.4 }));
  report("  similarity, first time (loads the fingerprints)", first, "ms");
  const timed = async (what: string, query: Parameters<typeof engine.search>[0]): Promise<void> => {
    report(`  ${what}`, await median(5, () => engine.search(query)), "ms");
  };
  await timed("similarity", { similarTo: "CCOC(=O)c1ccccc1", minSimilarity: 0.4 });
  await timed("substructure, common, first 50", { contains: "c1ccccc1", limit: 50 });
  await timed("substructure, rare, first 50", { contains: "C#CCN1CCOCC1", limit: 50 });
  await timed("property ranges, first 200", {
    ranges: [
      { property: "logP", min: 1, max: 2 },
      { property: "qed", min: 0.5 },
    ],
  });
  await timed("words in comments", { text: "stable" });
  const [campaign] = await engine.campaigns.list();
  report(
    "  candidate table of a campaign",
    await median(3, () => engine.candidates.list(campaign!.id)),
    "ms",
  );
  const csv = await median(1, () =>
    engine.exports.create({ campaignId: campaign!.id, format: "csv", selection: "ranked" }),
  );
  report("  export of the ranked ones, CSV", csv, "ms");
  report("  verification", await median(1, () => engine.notebook.verify()), "ms");
}

export async function run(args: string[]): Promise<void> {
  const sizes = args.map(Number).filter((size) => size > 0);
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    eventRates(folder);
    for (const size of sizes.length > 0 ? sizes : [10_000, 100_000]) await measure(folder, size);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
