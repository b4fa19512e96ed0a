import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { substructureQuery } from "#core/chemistry/patterns/substructure.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { ansatz } from "../fixtures/ansatz.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-generate-"));
afterAll(() => rmSync(folder, { recursive: true }));
const rdkit = await loadRdkit();

const notebook = join(folder, "notebook.sqlite");

async function generate(...args: string[]) {
  const { status, stdout, stderr } = await ansatz("generate", "--json", "--notebook", notebook, ...args);
  return { status, stderr, json: JSON.parse(stdout) };
}

const contains = (smarts: string, smiles: string): boolean => {
  using query = substructureQuery(rdkit, smarts);
  return query.isIn(smiles);
};

describe("ansatz generate --json", () => {
  it("gives the same molecules for the same seed whatever the batch size, and names the backend that computed", async () => {
    const [a, b] = [
      await generate("--count", "8", "--seed", "5"),
      await generate("--count", "8", "--seed", "5", "--batch-size", "3"),
    ];
    expect(a.status).toBe(0);
    expect(a.json.samples).toEqual(b.json.samples);
    expect(Object.keys(a.json.samples[0])).toEqual(["smiles", "canonicalSmiles", "nll"]);
    expect(a.json).toMatchObject({ model: "small-organics", seed: 5, backend: "wasm", sampled: 8 });
    expect(a.json.metrics).toMatchObject({ decoding: "raw", samples: 8 });
  });

  it("keeps the scaffold, both fragments and the beginning that were asked for, written with the grammar", async () => {
    const decorated = await generate("--count", "6", "--decorate", "*c1ccc(*)cc1");
    const linked = await generate("--count", "6", "--link", "*C1CC1.*C#N");
    for (const { canonicalSmiles } of decorated.json.samples)
      expect(contains("c1ccc(*)cc1*", canonicalSmiles) || contains("c1cc(*)ccc1*", canonicalSmiles)).toBe(
        true,
      );
    for (const { canonicalSmiles } of linked.json.samples) {
      expect(contains("C1CC1", canonicalSmiles)).toBe(true);
      expect(contains("C#N", canonicalSmiles)).toBe(true);
    }
    expect([decorated, linked].map(({ json }) => json.metrics.decoding)).toEqual([
      "constrained",
      "constrained",
    ]);
    expect(decorated.json.metrics.validity).toBe(1);
    expect(decorated.json.givenUp).toBe(0);
  });

  it("says which isotopes and stereo marks of a template it leaves out", async () => {
    const { status, stderr, json } = await generate(
      "--count",
      "2",
      "--decorate",
      "[2H]c1ccc(*)cc1[C@H](F)[13CH3]",
    );
    expect(status).toBe(0);
    expect(stderr).toContain("isotopes ([2H] [13CH3]) and stereo marks (@)");
    for (const { canonicalSmiles } of json.samples)
      expect(contains("c1ccc(*)cc1C(F)C", canonicalSmiles)).toBe(true);
  });

  it("samples on until as many different molecules have come as asked for", async () => {
    const { json } = await generate(
      "--count",
      "12",
      "--unique",
      "--top-k",
      "3",
      "--top-p",
      "0.9",
      "--temperature",
      "0.7",
    );
    const smiles = json.samples.map((sample: { canonicalSmiles: string }) => sample.canonicalSmiles);
    expect(smiles).toHaveLength(12);
    expect(new Set(smiles).size).toBe(12);
    expect(json.sampled).toBeGreaterThanOrEqual(12);
  });

  it("measures samples against the held-back molecules, saying how they were decoded", async () => {
    const { json } = await generate("--count", "40", "--constrained", "--metrics");
    expect(json.metrics).toMatchObject({ decoding: "constrained", samples: 40, uniquenessAt1k: null });
    expect(Object.keys(json.metrics.distances)).toEqual(["logP", "saScore", "qed", "molecularWeight_dalton"]);
    for (const name of [
      "validity",
      "novelty",
      "internalDiversity",
      "nearestNeighbour",
      "scaffoldSimilarity",
    ]) {
      expect(json.metrics[name]).toBeGreaterThanOrEqual(0);
      expect(json.metrics[name]).toBeLessThanOrEqual(1);
    }
  });

  it("steers towards an objective: all calls are answered, scores are those of the molecules", async () => {
    const { json, status } = await generate(
      "--steer",
      "logp:1..2",
      "--steer",
      "substructure:[#8]",
      "--calls",
      "64",
      "--constrained",
    );
    expect(status).toBe(0);
    expect(json.samples.map(({ call }: { call: number }) => call)).toEqual(
      Array.from({ length: 64 }, (_, i) => i + 1),
    );
    for (const { canonicalSmiles, score } of json.samples)
      expect(score > 0).toBe(contains("[#8]", canonicalSmiles));
    expect(json.metrics.failed).toBe(0);
  });

  it("tells beside the score of an energy the energy that it was made from", async () => {
    // The first molecule of this seed has eight heavy atoms.
    const options = ["--calls", "1", "--threads", "1", "--seed", "11"];
    const { json, status } = await generate("--steer", "ionisation:4..16", ...options);
    expect(status).toBe(0);
    const [{ score, energy_eV }] = json.samples;
    expect(score).toBeGreaterThan(0);
    expect(score).toBeLessThan(1);
    expect(energy_eV).toBeCloseTo(4 + 12 * score, 9);
  });

  it("refuses a scaffold without an attachment point and options that steering does not follow", async () => {
    for (const [args, message] of [
      [["--decorate", "c1ccccc1"], /at least one attachment point/],
      [["--steer", "qed", "--top-k", "3"], /--top-k does not go with --steer/],
      [["--steer", "qed", "--count", "3"], /--count does not go with --steer.*--calls/],
    ] as const) {
      const { status, json } = await generate(...args);
      expect(status).toBe(2);
      expect(json.error.message).toMatch(message);
    }
  });
});
