/**
 * A campaign over a large file of molecules, until each is a candidate with its identity or the reason why it is left out: how long
 * that takes, how soon rows are seen, how fast the engine answers and cancels meanwhile.
 *
 *     npm run bench -- library --data molecules.smi.gz [--rows 100000] [--threads 2] [--cancel] [--keep NOTEBOOK]
 *
 * --data: a CSV or SMILES file, gzipped or not, of which the first column is taken.
 * --cancel: stops and resumes the campaign every two seconds.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import type { CampaignId } from "#shared/ids.ts";
import { number, print } from "./notebook/report.ts";
import { readSmiles } from "./problems/library.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));
const BETWEEN_ASKING_MS = 500;
const BETWEEN_CANCELS_MS = 2000;
const PAGE = 50;

interface Asked {
  rows: number;
  cancels: boolean;
}

/** What a person saw of the campaign; in ms since it was started. */
interface Seen {
  firstRows: number;
  allRows: number;
  allJudged: number;
  /** How long each answer took, ascending. */
  answers: number[];
  cancels: number[];
}

const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const seconds = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1e6;

const ascending = (times: readonly number[]): number[] => times.toSorted((a, b) => a - b);

/** Asks what the app asks until every row is judged. */
async function watch(engine: Engine, id: CampaignId, { rows, cancels }: Asked): Promise<Seen> {
  const began = performance.now();
  const since = () => performance.now() - began;
  const seen = { firstRows: Number.NaN, allRows: Number.NaN };
  const [answers, stops]: [number[], number[]] = [[], []];
  const order = { view: "all", text: "", by: "rank", descending: false } as const;
  for (let nextStop = BETWEEN_CANCELS_MS; ; ) {
    await delay(BETWEEN_ASKING_MS);
    const ask = async <T>(call: () => Promise<T>): Promise<T> => {
      const asked = performance.now();
      const answer = await call();
      answers.push(performance.now() - asked);
      return answer;
    };
    const page = await ask(() => engine.candidates.page({ campaignId: id, ...order, first: 0, count: PAGE }));
    await ask(() => engine.candidates.counts({ campaignId: id }));
    const { counts, state, error } = await ask(() => engine.campaigns.get({ id }));
    if (state === "failed") throw new Error(`the campaign failed: ${error}`);
    if (page.rows.length > 0 && Number.isNaN(seen.firstRows)) seen.firstRows = since();
    if (page.total === rows && Number.isNaN(seen.allRows)) seen.allRows = since();
    const isJudged = counts.passed + counts.rejected === rows;
    if (isJudged)
      return { ...seen, allJudged: since(), answers: ascending(answers), cancels: ascending(stops) };
    if (!cancels || since() < nextStop) continue;
    stops.push(await timed(() => engine.campaigns.cancel({ id })));
    await engine.campaigns.resume({ id });
    nextStop = since() + BETWEEN_CANCELS_MS;
  }
}

const spread = (times: readonly number[]): string => {
  const middle = times[times.length >> 1] ?? Number.NaN;
  return `median ${middle.toFixed(1)} ms, longest ${times.at(-1)?.toFixed(1)} ms of ${times.length}`;
};

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      data: { type: "string" },
      rows: { type: "string", default: "100000" },
      threads: { type: "string", default: String(availableParallelism()) },
      cancel: { type: "boolean", default: false },
      keep: { type: "string" },
    },
  });
  if (values.data === undefined) throw new Error("expected --data FILE, a file of molecules");
  const smiles = readSmiles(readFileSync(values.data), values.data).slice(0, Number(values.rows));
  const file = new File([`${smiles.join("\n")}\n`], "library.smi");
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  const path = values.keep ?? join(folder, "notebook.sqlite");
  try {
    await measure(path, file, {
      threads: Number(values.threads),
      asked: { rows: smiles.length, cancels: values.cancel },
    });
    print("  size", `${number(statSync(path).size / smiles.length)} bytes a candidate`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  path: string,
  file: File,
  { threads, asked }: { threads: number; asked: Asked },
): Promise<void> {
  await using engine = await createEngine({
    paths: { notebook: path, resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: () => {}, error: console.error },
    threads,
  });
  const began = performance.now();
  const { hash, name, rows } = await engine.libraries.read({ files: [file] });
  print(`${rows} rows read, ${threads} threads`, `${number((performance.now() - began) / 1000)} s`);
  const held = monitorEventLoopDelay({ resolution: 5 });
  held.enable();
  const [cpu, own] = [process.cpuUsage(), process.threadCpuUsage()];
  const took = await timed(async () => {
    const { id } = await engine.campaigns.start({
      name: "bench",
      generation: { source: "library", library: hash, name, count: rows },
      filter: OWN_MOLECULES,
      evaluation: { maxEvaluations: 1 },
    });
    const { firstRows, allRows, allJudged, answers, cancels } = await watch(engine, id, asked);
    print("  first rows", `${number(firstRows / 1000)} s`);
    print("  all rows", `${number(allRows / 1000)} s`);
    print("  all judged", `${number(allJudged / 1000)} s`);
    print("  answers", spread(answers));
    if (cancels.length > 0) print("  cancelled in", spread(cancels));
    const { state, counts } = await engine.campaigns.get({ id });
    print("  then", `${state}: ${JSON.stringify(counts)}`);
  });
  const all = seconds(process.cpuUsage(cpu));
  print("  processor", `${number(all)} s, ${number((1000 * all) / took)} cores`);
  print("    of it the engine's own thread", `${number(seconds(process.threadCpuUsage(own)))} s`);
  print("  engine's loop held", `${(held.max / 1e6).toFixed(0)} ms at most`);
}
