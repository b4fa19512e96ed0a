import { describe, expect, it } from "vitest";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles } from "#core/chemistry/toolkit/rdkit.ts";
import { BEGIN, END } from "#core/generation/language/vocabulary.ts";
import { openModel } from "#core/generation/network/model.ts";
import type { Sample } from "#core/generation/sampling/batch-sampler.ts";
import { type SampleOptions, sampleMolecules } from "#core/generation/sampling/sample.ts";
import { referenceLogits } from "../unit/core/generation/reference-gru.ts";

const model = await openModel("resources/models/small-organics");
const OPTIONS: SampleOptions = { count: 40, seed: 11, temperature: 1 };
/** Sums of some twenty float32 log-likelihoods. */
const NLL_TOLERANCE = 1e-4;

async function collect(options: Partial<SampleOptions> = {}): Promise<Sample[]> {
  const samples: Sample[] = [];
  for await (const sample of sampleMolecules(model, { ...OPTIONS, ...options })) samples.push(sample);
  return samples;
}

/** −log p of a whole molecule by the network's definition. */
function referenceNll({ smiles }: Sample): number {
  const encoded = model.vocabulary.encode(smiles);
  if (!("ids" in encoded)) throw new Error(`unknown token ${encoded.unknown}`);
  const logits = referenceLogits(model.weights, [BEGIN, ...encoded.ids]);
  return [...encoded.ids, END].reduce((nll, token, step) => {
    const row = logits[step]!;
    return nll + Math.log(row.reduce((sum, x) => sum + Math.exp(x), 0)) - row[token]!;
  }, 0);
}

it("the card of a shipped model says how large its molecules are, but for two in a hundred", async () => {
  const rdkit = await loadRdkit();
  const samples = await collect({ count: 400, seed: 29 });
  const sizes = samples.flatMap(({ smiles }) => {
    const molecule = parseSmiles(rdkit, smiles);
    if (isInvalid(molecule)) return [];
    using parsed = molecule;
    return [JSON.parse(parsed.get_descriptors()).NumHeavyAtoms as number];
  });
  const { least, greatest } = model.card.heavyAtoms!;
  const outside = sizes.filter((atoms) => atoms < least || atoms > greatest).length;
  // 2 % of 390 are 8; three standard deviations more are 16.
  expect(outside).toBeLessThanOrEqual(16);
  expect(Math.min(...sizes)).toBeLessThanOrEqual(least + 1);
  expect(Math.max(...sizes)).toBeGreaterThanOrEqual(greatest);
});

describe("sampleMolecules", () => {
  it("gives the same molecules for the same seed, whatever the batch size, the number of workers and the count", async () => {
    const samples = await collect();
    expect(samples.map((s) => s.index)).toEqual(Array.from({ length: OPTIONS.count }, (_, i) => i));
    for (const other of [{ batchSize: 7 }, { workers: 2, batchSize: 5 }, { count: 60 }]) {
      const again = await collect(other);
      expect(again.slice(0, OPTIONS.count).map((s) => s.smiles)).toEqual(samples.map((s) => s.smiles));
    }
  });

  it("gives the same molecules when it is taken in pieces", async () => {
    const whole = await collect();
    const pieces = [
      await collect({ count: 7 }),
      await collect({ first: 7, count: 1 }),
      await collect({ first: 8, count: 32, workers: 2, batchSize: 5 }),
    ];
    expect(pieces.flat()).toEqual(whole);
  });

  it("gives other molecules for another seed", async () => {
    const [first, second] = [await collect(), await collect({ seed: 12 })];
    const same = first.filter((s, i) => s.smiles === second[i]!.smiles);
    expect(same.length).toBeLessThan(OPTIONS.count / 4);
  });

  it("reports each molecule's likelihood under the model", async () => {
    for (const sample of await collect({ count: 8, temperature: 0.7, topP: 0.95 }))
      expect(Math.abs(sample.nll - referenceNll(sample))).toBeLessThan(NLL_TOLERANCE);
  });

  it("gives valid molecules only when constrained, where the model alone often fails", async () => {
    const rdkit = await loadRdkit();
    const share = (samples: Sample[]) => {
      const valid = samples.filter(({ smiles }) => {
        const mol = parseSmiles(rdkit, smiles);
        if (isInvalid(mol)) return false;
        mol.delete();
        return true;
      });
      return valid.length / samples.length;
    };
    const hot = { count: 200, temperature: 2 };
    expect(share(await collect(hot))).toBeLessThan(0.9);
    expect(share(await collect({ ...hot, constrained: true }))).toBeGreaterThanOrEqual(0.985);
  });

  it("gives nothing for a count of 0", async () => {
    expect(await collect({ count: 0 })).toEqual([]);
  });

  it("says which backend computes", async () => {
    let backend: string | undefined;
    for await (const _ of sampleMolecules(
      model,
      { ...OPTIONS, count: 1 },
      { onBackend: (name) => (backend = name) },
    ));
    expect(backend).toBe("wasm");
  });

  it("stops with AbortError when cancelled, even in the middle of a long run", async () => {
    const controller = new AbortController();
    let seen = 0;
    const run = async () => {
      for await (const _ of sampleMolecules(
        model,
        { ...OPTIONS, count: 100_000 },
        { signal: controller.signal },
      ))
        if (++seen === 10) controller.abort();
    };
    await expect(run()).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
    expect(seen).toBe(10);
  });

  it("does not begin when it is already cancelled", async () => {
    const samples = sampleMolecules(model, OPTIONS, { signal: AbortSignal.abort() });
    await expect(samples.next()).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
  });
});
