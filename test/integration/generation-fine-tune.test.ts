import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { likelihoodAndGradient } from "#core/generation/network/backpropagation.ts";
import { openModel } from "#core/generation/network/model.ts";
import { parametersOf } from "#core/generation/network/parameters.ts";
import { readyBackend } from "#core/generation/network/tensor-backend.ts";
import { sampleMolecules } from "#core/generation/sampling/sample.ts";
import { fineTune, saveFineTuned } from "#core/generation/tuning/fine-tune.ts";

await readyBackend();
const model = await openModel("resources/models/small-organics");
/** A series: esters, amides and ethers of thiophene, which neither QM9 nor the battery solvents have much of. */
const SERIES = ["C", "CC", "CCC", "C(C)C", "CCO", "CCN", "CF", "C#N"].flatMap((tail) =>
  ["C(=O)O", "C(=O)N", "O", "N", "CO"].map(
    (link) => `${tail === "C#N" ? "N#C" : reversed(tail)}${reversed(link)}c1cccs1`,
  ),
);

/** A chain written from its other end, for the tails above. */
function reversed(chain: string): string {
  const written: Record<string, string> = {
    "C(C)C": "CC(C)",
    CCO: "OCC",
    CCN: "NCC",
    CF: "FC",
    "C(=O)O": "OC(=O)",
    "C(=O)N": "NC(=O)",
    CO: "OC",
  };
  return written[chain] ?? chain;
}

async function share(of: typeof model, count: number): Promise<number> {
  let hits = 0;
  for await (const { smiles } of sampleMolecules(of, { count, seed: 3, temperature: 1 }))
    if (/c1cccs1|c1ccsc1/.test(smiles)) hits++;
  return hits / count;
}

describe("fineTune", () => {
  it("learns a series and becomes a model of its own that names its parent", async () => {
    const points: number[] = [];
    const tuned = await fineTune(
      model,
      SERIES,
      { epochs: 12, rate: 1e-3, rehearsal: 0.5 },
      { onPoint: (p) => points.push(p.validation) },
    );
    expect(tuned.trainingMolecules + tuned.validationMolecules).toBe(SERIES.length);
    expect(points.length).toBe(tuned.curve.length);
    expect(Math.min(...points)).toBe(tuned.curve[tuned.bestEpoch]!.validation);
    expect(Math.min(...points)).toBeLessThan(0.7 * points[0]!);
    const folder = await mkdtemp(join(tmpdir(), "ansatz-tuned-"));
    try {
      const names = {
        name: "thiophenes",
        title: "Thiophenes",
        description: "A series.",
        source: { name: "series.smi", licence: "own", sha256: null },
      };
      await saveFineTuned(join(folder, "thiophenes"), { parent: model, tuned, names });
      const child = await openModel(join(folder, "thiophenes"));
      expect(child.card.parent).toBe(model.hash);
      expect(child.hash).not.toBe(model.hash);
      const [before, after] = [await share(model, 300), await share(child, 300)];
      expect(after).toBeGreaterThan(0.3);
      expect(after).toBeGreaterThan(10 * before);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("forgets less of what it wrote before when it rehearses", async () => {
    const before: string[] = [];
    for await (const { smiles } of sampleMolecules(model, {
      count: 200,
      seed: 9,
      temperature: 1,
      constrained: true,
    }))
      before.push(smiles);
    const unlikelihood = async (rehearsal: number) => {
      const tuned = await fineTune(model, SERIES, { epochs: 6, patience: 6, rate: 1e-3, rehearsal });
      const sequences = before.flatMap((smiles) => {
        const encoded = model.vocabulary.encode(smiles);
        return "ids" in encoded ? [encoded.ids] : [];
      });
      const { nll } = likelihoodAndGradient(parametersOf(tuned.weights), sequences);
      return nll.reduce((a, b) => a + b, 0) / nll.length;
    };
    // Whole nats a molecule; both start from the same model.
    expect(await unlikelihood(1)).toBeLessThan((await unlikelihood(0)) - 1);
  });

  it("keeps the best weights when stopped", async () => {
    const stop = new AbortController();
    const tuned = await fineTune(
      model,
      SERIES,
      { epochs: 500, patience: 500 },
      {
        stop: stop.signal,
        onPoint: ({ epoch }) => {
          if (epoch === 2) stop.abort();
        },
      },
    );
    expect(tuned.ending).toBe("stopped");
    expect(tuned.bestEpoch).toBeGreaterThan(0);
    expect(tuned.curve.length).toBeLessThan(50);
  });

  it("keeps nothing when cancelled", async () => {
    const controller = new AbortController();
    const run = fineTune(
      model,
      SERIES,
      { epochs: 500, patience: 500 },
      { signal: controller.signal, onPoint: () => controller.abort() },
    );
    await expect(run).rejects.toThrowError(expect.objectContaining({ name: "AbortError" }));
  });

  it("says before training that there are too few molecules, and which the model cannot read", async () => {
    await expect(fineTune(model, [...SERIES.slice(0, 19), "C[Se]C"])).rejects.toThrowError(
      expect.objectContaining({ code: "invalid-input", message: expect.stringContaining("got 19 of 20") }),
    );
  });
});
