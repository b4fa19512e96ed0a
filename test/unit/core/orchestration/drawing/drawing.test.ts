import { expect, it } from "vitest";
import { checkSteering } from "#core/orchestration/drawing/drawing.ts";

type ModelSource = Parameters<typeof checkSteering>[0];

const source = (changes: Partial<ModelSource>): ModelSource =>
  ({
    steering: null,
    count: 10,
    temperature: 1,
    topP: null,
    topK: null,
    prompt: null,
    ...changes,
  }) as ModelSource;
const steering = {} as NonNullable<ModelSource["steering"]>;
const prompt = {} as NonNullable<ModelSource["prompt"]>;

it.each([{ temperature: 0.9 }, { topP: 0.9 }, { topK: 5 }, { prompt }])("steering refuses %o", (changes) => {
  expect(() => checkSteering(source({ steering, ...changes }))).toThrow(
    "expected temperature 1 and no topP, topK or prompt",
  );
  expect(() => checkSteering(source(changes))).not.toThrow();
});

it("steering takes 10,000 molecules at most", () => {
  expect(() => checkSteering(source({ steering, count: 10_000 }))).not.toThrow();
  expect(() => checkSteering(source({ steering, count: 10_001 }))).toThrow(
    "generation.count: expected at most 10000 molecules with steering, got 10001.",
  );
  expect(() => checkSteering(source({ count: 10_001 }))).not.toThrow();
});
