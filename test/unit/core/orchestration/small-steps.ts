/** A campaign of three small stages on a real notebook: what the runner does is seen without chemistry. */
import { openNotebook } from "#core/notebook/notebook.ts";
import { seal } from "#core/notebook/proof/record.ts";
import type { CampaignServices } from "#core/orchestration/campaign/campaigns.ts";
import { createCampaignEvents } from "#core/orchestration/campaign/events.ts";
import { createRunner } from "#core/orchestration/campaign/runner.ts";
import type { Plan, Step, StepContext } from "#core/orchestration/stages/step.ts";

const program = "test 1";

export const CANDIDATES = 5;

/** Proposes five candidates; the first three go on to be embedded. */
export const proposeStep = (run: (context: StepContext) => Promise<void> = async () => {}): Step => ({
  stage: "propose",
  plan: async (context): Promise<Plan> => ({
    stageVersion: 1,
    input: { of: "propose" },
    run: async () => {
      await run(context);
      const content = { stage: "propose", stageVersion: 1, program, input: { of: "propose" } };
      const result = seal({ kind: "sampling-run", content });
      const links = [{ role: "sampled-in", target: result.hash }];
      const candidates = Array.from({ length: CANDIDATES }, (_, index) =>
        seal({ kind: "candidate", content: { index, smiles: "C".repeat(index + 1), nll: index / 2 }, links }),
      );
      return { records: [result, ...candidates], result, timings_ms: { total: 1 } };
    },
    next: () => [0, 1, 2].map((ordinal) => ({ stage: "embed", ordinal })),
  }),
});

export const embedStep = (run: (context: StepContext) => Promise<void> = async () => {}): Step => ({
  stage: "embed",
  plan: async (context): Promise<Plan> => ({
    stageVersion: 1,
    input: { of: "embed", ordinal: context.job.ordinal },
    run: async () => {
      await run(context);
      const input = { of: "embed", ordinal: context.job.ordinal };
      const content = { stage: "embed", stageVersion: 1, program, input };
      const result = seal({ kind: "conformer", content });
      return { records: [result], result, timings_ms: {} };
    },
    next: () => [],
  }),
});

export interface Bench extends AsyncDisposable, CampaignServices {
  log: string[];
}

export function openBench(path: string, steps: readonly Step[], { threads = 2 } = {}): Bench {
  const clock = () => new Date("2026-11-22T12:00:00Z");
  const notebook = openNotebook({ path, mode: "create", clock, program });
  const events = createCampaignEvents();
  const log: string[] = [];
  const write = (_: object, message: string) => void log.push(message);
  const unused = (): never => {
    throw new Error("not used by these steps");
  };
  const runner = createRunner({
    services: {
      notebook,
      resources: "",
      program,
      logger: { info: write, warn: write, error: write },
      openModel: unused,
      lineageOf: unused,
      dispatcher: { run: unused, [Symbol.asyncDispose]: async () => {} },
    },
    events,
    steps,
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
