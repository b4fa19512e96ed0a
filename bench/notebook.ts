/**
 * How fast the notebook is: writing, opening, searching, provenance, exports, and the size of its file.
 *
 *     npm run bench -- notebook [candidates …] [--data molecules.smi.gz] [--peers]
 *     npm run bench -- notebook --devices 5000
 *
 * candidates: 10000 and 100000 by default. The last notebook is then filled up to a million events and searched again.
 * --data: a CSV or SMILES file whose first column is SMILES; without it molecules are put together from fragments.
 * --devices: nothing but so many jobs on devices in the cloud.
 * --peers: the same rows by SQLite alone, in the same run.
 */
import { mkdtempSync, rmSync, statSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { storeFingerprints, withoutFingerprint } from "#core/notebook/tables/fingerprints.ts";
import { threadChemistry } from "#core/orchestration/threads/thread-chemistry.ts";
import { measureDeviceJobs } from "./notebook/devices.ts";
import { fillLog, measureEvents } from "./notebook/events.ts";
import { emptyCopy, insertAll } from "./notebook/peers.ts";
import { number, print, reportRate, reportRatio, reportTime, spent } from "./notebook/report.ts";
import { measureEngine, measureNotebook } from "./notebook/searches.ts";
import { writeLargeNotebook } from "./problems/large-notebook.ts";
import { canonicalMolecules } from "./problems/molecules.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));
const clock = () => new Date();

interface Options {
  folder: string;
  peers: boolean;
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

async function measure(molecules: readonly string[], { folder, peers }: Options): Promise<string> {
  const candidates = molecules.length;
  print(`${candidates} candidates`);
  const path = join(folder, `${candidates}.sqlite`);
  const stored = await spent(() => writeLargeNotebook(path, molecules));
  reportRate("  candidates stored", candidates, stored);
  if (peers) {
    const [target, tables] = emptyCopy(path, join(folder, `${candidates}-peer.sqlite`));
    const plain = await spent(() => {
      for (const table of tables) insertAll(target, table, table.rows.length);
    });
    target.close();
    reportRate("    SQLite alone, the same rows of all tables", candidates, plain);
    reportRatio("    ratio", stored, plain);
  }
  await fingerprintAll(path, candidates);
  print("  size", `${number(statSync(path).size / candidates)} bytes a candidate`);
  await measureNotebook(path);
  await measureEngine(path, { resources, peers, exports: true });
  return path;
}

/** The last notebook again, with a million events. */
async function measureFull(path: string, candidates: number): Promise<void> {
  print(`${candidates} candidates and a million events`);
  {
    using notebook = openNotebook({ path, mode: "existing", clock, program: "bench" });
    const [campaign] = listCampaigns(notebook.db);
    fillLog(notebook, campaign!.id);
    reportTime("  closing, with the hash of every page", await spent(() => notebook[Symbol.dispose]()));
  }
  print("  size", `${number(statSync(path).size / 2 ** 20)} MiB`);
  await measureNotebook(path);
  await measureEngine(path, { resources, peers: false, exports: false });
}

export async function run(args: string[]): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      data: { type: "string" },
      devices: { type: "string" },
      peers: { type: "boolean", default: false },
    },
  });
  const sizes = positionals.length > 0 ? positionals.map(Number) : [10_000, 100_000];
  const { peers } = values;
  print(
    `${cpus()[0]?.model.trim()}, ${cpus().length} cores, Node ${process.version}, ${clock().toISOString().slice(0, 10)}`,
  );
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  try {
    if (values.devices !== undefined) return await measureDeviceJobs(folder, Number(values.devices));
    const molecules = await canonicalMolecules(Math.max(...sizes), values.data);
    await measureEvents(folder, { peers });
    let path = "";
    for (const size of sizes) path = await measure(molecules.slice(0, size), { folder, peers });
    await measureFull(path, sizes.at(-1)!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
