import { beforeEach, describe, expect, it, vi } from "vitest";
import { energyTask, evaluateStage } from "#core/orchestration/stages/evaluate/run.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";

vi.mock("#core/quantum/evaluate/evaluator.ts", () => ({ evaluateEnergy: vi.fn() }));
beforeEach(() => vi.clearAllMocks());

const stage = { resources: "", threads: 6 };

describe("threads of an evaluation", () => {
  it("are all of them for one molecule's energy", async () => {
    await energyTask({} as never, stage);
    expect(vi.mocked(evaluateEnergy).mock.lastCall![1]).toMatchObject({ threads: 6 });
  });

  it("are one each in a campaign, which evaluates as many molecules at once", async () => {
    await evaluateStage.run({} as never, stage);
    expect(vi.mocked(evaluateEnergy).mock.lastCall![1]).toMatchObject({ threads: 1 });
  });
});
