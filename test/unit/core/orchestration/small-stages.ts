/** A campaign of three small stages on a real notebook: what the runner does is seen without chemistry. */
import { openNotebook } from "#core/notebook/notebook.ts";
import { seal } from "#core/notebook/proof/record.ts";
import type { CampaignServices } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { type JobContext, type JobPlan, originOf, type Planner } from "#core/orchestration/stages/plan.ts";
import type { Stages } from "#core/orchestration/stages/stages.ts";

const program = "test 1";

export const CANDIDATES = 5;

type Run = (context: JobContext) => Promise<void>;
const nothing: Run = async () => {};

/** Proposes five candidates. */
export const proposing =
  (run: Run = nothing): Planner =>
  async (context): Promise<JobPlan> => {
    const origin = originOf({ name: "propose", version: 1 }, context, { of: "propose" });
    return {
      origin,
      run: async () => {
        await run(context);
        const result = seal({ kind: "sampling-run", content: { ...origin } });
        const links = [{ role: "sampled-in", target: result.hash }];
        const candidates = Array.from({ length: CANDIDATES }, (_, index) => {
          const content = { index, smiles: "C".repeat(index + 1), nll: index / 2 };
          return seal({ kind: "candidate", content, links });
        });
        return { records: [result, ...candidates], result, timings_ms: { total: 1 } };
      },
    };
  };

export const embedding =
  (run: Run = nothing): Planner =>
  async (context): Promise<JobPlan> => {
    const input = { of: "embed", ordinal: context.job.ordinal };
    const origin = originOf({ name: "embed", version: 1 }, context, input);
    return {
      origin,
      run: async () => {
        await run(context);
        const result = seal({ kind: "conformer", content: { ...origin } });
        return { records: [result], result, timings_ms: {} };
      },
    };
  };

/** The first three proposals go on to be embedded. */
export const smallStages = (planners: Stages["planners"]): Stages => ({
  planners,
  nextJobs: ({ job }) =>
    job.stage === "propose" ? [0, 1, 2].map((ordinal) => ({ stage: "embed", ordinal })) : [],
});

export interface Bench extends AsyncDisposable, CampaignServices {
  log: string[];
}

const unused = (): never => {
  throw new Error("not used by these stages");
};

export function openBench(
  path: string,
  stages: Stages,
  { threads = 2, run = unused }: { threads?: number; run?: Dispatcher["run"] } = {},
): Bench {
  const clock = () => new Date("2026-11-22T12:00:00Z");
  const notebook = openNotebook({ path, mode: "create", clock, program });
  const events = createCampaignEvents();
  const log: string[] = [];
  const write = (_: object, message: string) => void log.push(message);
  const runner = createRunner({
    services: {
      notebook,
      program,
      logger: { info: write, warn: write, error: write },
      openSource: unused,
      dispatcher: { run, [Symbol.asyncDispose]: async () => {} },
    },
    events,
    stages,
    threads,
  });
  return {
    notebook,
    runner,
    events,
    log,
    async [Symbol.asyncDispose]() {
      await runner[Symbol.asyncDispose]();
      events.close();
      notebook[Symbol.dispose]();
    },
  };
}
