import { describe, expect, it } from "vitest";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { openModel } from "#core/generation/network/model.ts";
import { decoratePrompts } from "#core/generation/sampling/prompts.ts";
import { type SampleOptions, sampleMolecules } from "#core/generation/sampling/sample.ts";

const model = await openModel("resources/models/small-organics");

async function countOf(options: Partial<SampleOptions>): Promise<number> {
  let count = 0;
  for await (const _ of sampleMolecules(model, { count: 0, seed: 1, temperature: 1, ...options })) count++;
  return count;
}

const HIGHEST_SEED = 4294967295;

describe("Options of sampling", () => {
  it.each([
    { count: -1 },
    { count: 1.5 },
    { first: -1 },
    { first: 0.5 },
    { seed: -1 },
    { seed: 1.5 },
    { seed: HIGHEST_SEED + 1 },
    { temperature: 0 },
    { temperature: 100 },
    { temperature: Number.NaN },
    { topP: 0 },
    { topP: 1.01 },
    { topK: 0 },
    { topK: 1.5 },
    { batchSize: 0 },
    { batchSize: 1.5 },
    { batchSize: 8193 },
    { workers: 0 },
    { workers: 1.5 },
    { workers: 65 },
  ])("that are out of range are refused with what was expected: %o", async (options) => {
    const [[name, value]] = Object.entries(options) as [[string, number]];
    await expect(countOf(options)).rejects.toThrowError(
      expect.objectContaining({
        code: "invalid-input",
        message: expect.stringMatching(new RegExp(`^${name}: expected .+, got ${value}\\.$`)),
      }),
    );
  });

  it("refuses a template with a hole without the grammar", async () => {
    const prompts = decoratePrompts(await loadRdkit(), model, "*c1ccccc1");
    await expect(countOf({ prompts })).rejects.toThrow("prompts: expected constrained sampling");
  });

  it.each([
    { seed: 0, temperature: 1e-3, topP: 1e-3, topK: 1, batchSize: 1, workers: 1, first: 0 },
    { seed: HIGHEST_SEED, temperature: 99, topP: 1, topK: 1000, batchSize: 8192, workers: 2, first: 7 },
  ])("at the ends of their ranges are taken: %o", async (options) => {
    expect(await countOf({ ...options, count: 1 })).toBe(1);
  });
});
