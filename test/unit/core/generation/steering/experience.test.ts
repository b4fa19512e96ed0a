import { describe, expect, it } from "vitest";
import { randomStream } from "#core/generation/random-stream.ts";
import { createReplayMemory, createScaffoldMemory } from "#core/generation/steering/experience.ts";

const entry = (name: string, score: number) => ({ smiles: name, canonicalSmiles: name, priorNll: 10, score });

describe("createReplayMemory", () => {
  it("keeps the best, each molecule once", () => {
    const memory = createReplayMemory(3);
    for (const [name, score] of [
      ["a", 0.1],
      ["b", 0.9],
      ["c", 0.5],
      ["b", 0.9],
      ["d", 0.7],
    ] as const)
      memory.add(entry(name, score));
    expect(memory.entries.map((e) => e.canonicalSmiles)).toEqual(["b", "d", "c"]);
  });

  it("draws different entries, the best most often", () => {
    const memory = createReplayMemory(10);
    for (let i = 0; i < 10; i++) memory.add(entry(String(i), 1 - i / 10));
    const random = randomStream(1, 0);
    const counts = new Map<string, number>();
    for (let i = 0; i < 2000; i++) {
      const drawn = memory.draw(3, random).map((e) => e.canonicalSmiles);
      expect(new Set(drawn).size).toBe(3);
      for (const name of drawn) counts.set(name, (counts.get(name) ?? 0) + 1);
    }
    const ordered = Array.from({ length: 10 }, (_, i) => counts.get(String(i)) ?? 0);
    expect(ordered[0]).toBeGreaterThan(1.5 * ordered[3]!);
    expect(ordered[3]).toBeGreaterThan(ordered[9]!);
    expect(ordered[9]).toBeGreaterThan(0);
  });

  it("gives what it has when more is asked for, and forgets on demand", () => {
    const memory = createReplayMemory(5);
    memory.add(entry("a", 1));
    memory.add(entry("b", 0.5));
    expect(memory.draw(9, randomStream(1, 0)).length).toBe(2);
    memory.forget((e) => e.canonicalSmiles === "a");
    expect(memory.entries.map((e) => e.canonicalSmiles)).toEqual(["b"]);
  });
});

describe("createScaffoldMemory", () => {
  it("calls a scaffold full after its bucket of good molecules, and no other", () => {
    const memory = createScaffoldMemory(2);
    memory.add("c1ccccc1");
    expect(memory.isFull("c1ccccc1")).toBe(false);
    memory.add("c1ccccc1");
    expect(memory.isFull("c1ccccc1")).toBe(true);
    expect(memory.isFull("C1CC1")).toBe(false);
  });
});
