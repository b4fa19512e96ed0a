/**
 * A campaign over a file of molecules: what it said it would take and what it took, by stage; how busy the machine was; how fast
 * the engine answered meanwhile.
 *
 *     npm run bench -- screen --library FILE [--objective vertical-ionisation-energy] [--keep NOTEBOOK]
 *
 * Busy: of all cores, whoever uses them, so that nothing else should run. Answers: the table's first page and the campaign, as the
 * app asks for them, every half second.
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, cpus, tmpdir } from "node:os";
import { basename, join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { isActive } from "#shared/campaign/campaign.ts";
import { forecastSentence } from "#shared/campaign/forecast.ts";
import { OWN_MOLECULES } from "#shared/campaign/sources/library.ts";
import type { CampaignId } from "#shared/ids.ts";
import { PropertyId } from "#shared/properties/find.ts";
import { number, print } from "./notebook/report.ts";

const resources = fileURLToPath(new URL("../resources", import.meta.url));
const BETWEEN_ASKING_MS = 500;
const BUSY_INTERVAL_S = 150;

/** Seconds of all cores since the machine began, and those of them that were not idle. */
function processorTime(): { all: number; busy: number } {
  const times = cpus().map((core) => core.times);
  const idle = times.reduce((sum, time) => sum + time.idle, 0);
  const all = times.reduce((sum, time) => sum + time.user + time.nice + time.sys + time.irq + time.idle, 0);
  return { all, busy: all - idle };
}

interface Watched {
  readonly seconds: number;
  /** In ms, ascending. */
  readonly answers: number[];
  /** Shares from 0 to 1, of intervals of BUSY_INTERVAL_S. */
  readonly busy: number[];
}

/** Asks what the app asks until the campaign has ended. */
async function watch(engine: Engine, id: CampaignId): Promise<Watched> {
  const began = performance.now();
  const answers: number[] = [];
  const busy: number[] = [];
  let since = processorTime();
  for (let active = true; active; ) {
    await delay(BETWEEN_ASKING_MS);
    const asked = performance.now();
    const order = { view: "all", text: "", by: "rank", descending: false } as const;
    await engine.candidates.page({ campaignId: id, ...order, first: 0, count: 50 });
    active = isActive(await engine.campaigns.get({ id }));
    answers.push(performance.now() - asked);
    if (!active || performance.now() - began < BUSY_INTERVAL_S * 1000 * (busy.length + 1)) continue;
    const now = processorTime();
    busy.push((now.busy - since.busy) / (now.all - since.all));
    since = now;
  }
  return {
    seconds: (performance.now() - began) / 1000,
    answers: answers.toSorted((a, b) => a - b),
    busy,
  };
}

/** Seconds of a thread by what they were for, as the records say. */
function stageSeconds(path: string): Map<string, number> {
  using notebook = openNotebook({ path, mode: "read-only", clock: () => new Date(), program: "bench" });
  const sums = new Map<string, number>();
  const { db } = notebook;
  for (const { kind, body } of db.all(db.sql.selectFrom("event").select(["kind", "body"]))) {
    const { timings_ms = {} } = JSON.parse(body) as { timings_ms?: Record<string, number> };
    for (const [what, time] of Object.entries(timings_ms)) {
      // A candidate's evaluation repeats the times of its states.
      if (kind === "state-finished" ? !what.endsWith("-processor") : what !== "total") continue;
      const key = `${kind} ${what}`;
      sums.set(key, (sums.get(key) ?? 0) + time / 1000);
    }
  }
  return sums;
}

export async function run(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      library: { type: "string" },
      objective: { type: "string", default: "vertical-ionisation-energy" },
      keep: { type: "string" },
    },
  });
  if (values.library === undefined) throw new Error("expected --library FILE, a file of molecules");
  const folder = mkdtempSync(join(tmpdir(), "ansatz-bench-"));
  const path = values.keep ?? join(folder, "notebook.sqlite");
  try {
    await measure(path, { file: values.library, property: PropertyId.parse(values.objective) });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function measure(
  path: string,
  { file, property }: { file: string; property: PropertyId },
): Promise<void> {
  {
    await using engine = await createEngine({
      paths: { notebook: path, resources },
      clock: () => new Date(),
      logger: { info: () => {}, warn: () => {}, error: console.error },
      threads: availableParallelism(),
    });
    const files = [new File([readFileSync(file)], basename(file))];
    const { hash, name, rows } = await engine.libraries.read({ files });
    const settings = {
      name: "bench",
      generation: { source: "library" as const, library: hash, name, count: rows },
      filter: OWN_MOLECULES,
      evaluation: { property, maxEvaluations: rows },
    };
    const forecast = await engine.campaigns.forecast(settings);
    print(forecastSentence(forecast));
    const { id } = await engine.campaigns.start(settings);
    const held = monitorEventLoopDelay({ resolution: 5 });
    held.enable();
    const { seconds, answers, busy } = await watch(engine, id);
    const { state, counts } = await engine.campaigns.get({ id });
    print("  ended", `${state}: ${JSON.stringify(counts)}`);
    print(
      "  by the clock",
      `${number(seconds)} s, ${number(seconds / forecast.seconds)} of what was foretold`,
    );
    print("  cores busy", busy.map((share) => `${(100 * share).toFixed(0)} %`).join(" "));
    const middle = answers[answers.length >> 1] ?? Number.NaN;
    print(
      "  answers",
      `median ${middle.toFixed(1)} ms, longest ${answers.at(-1)?.toFixed(1)} ms of ${answers.length}`,
    );
    print("  engine's loop held", `${(held.max / 1e6).toFixed(0)} ms at most`);
  }
  for (const [what, spent] of [...stageSeconds(path)].sort(([, a], [, b]) => b - a))
    print(`    ${what}`, `${number(spent)} s of a thread`);
}
