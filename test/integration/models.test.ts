import { cpSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { isTraining, type Training } from "#shared/model/training.ts";

const resources = fileURLToPath(new URL("../../resources", import.meta.url));
/** Training for some passes and two small campaigns on a busy machine. */
const TIME_LIMIT_MS = 120_000;

/** Thiophenes with a heteroatom or carbonyl at the ring: a series that the shipped model hardly writes. */
const SERIES = ["C", "CC", "CCC", "CC(C)", "OCC", "NCC", "FC", "N#C"].flatMap((tail) =>
  ["OC(=O)", "NC(=O)", "O", "N", "OC"].map((link) => `${tail}${link}c1cccs1`),
);
const FILE = [...SERIES, "CC(", "[Na+].CCCC(=O)[O-]", SERIES[0], "C".repeat(120), "CC[Se]C"].join("\n");

let folder: string;
let engine: Engine;

const open = (): Promise<Engine> =>
  createEngine({
    paths: { notebook: join(folder, "notebook.sqlite"), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: () => {}, error: console.error },
    threads: 2,
  });

const request = (name: string, text = FILE) => ({
  parent: "small-organics",
  name,
  file: new File([text], "series.smi"),
  epochs: 3,
  rate: 1e-3,
});

async function ended(onChange: (training: Training) => void = () => {}): Promise<Training> {
  let last: Training | undefined;
  for await (const training of engine.models.followTraining()) {
    onChange(training);
    last = training;
  }
  return last!;
}

/** Stops the training, once, when its curve has so many points. */
function stopAt(points: number, options: { keepBest: boolean }) {
  let asked = false;
  return ({ curve }: Training) => {
    if (asked || curve.length < points) return;
    asked = true;
    void engine.models.stopTraining(options);
  };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-models-"));
  engine = await open();
});
afterAll(async () => {
  await engine[Symbol.asyncDispose]();
  rmSync(folder, { recursive: true });
});

describe("training on a person's file", { timeout: TIME_LIMIT_MS }, () => {
  it("makes a model beside the notebook whose card says what was used and what was dropped", async () => {
    const curves: number[] = [];
    await engine.models.train(request("thiophenes"));
    const training = await ended(({ curve }) => curves.push(curve.length));
    expect(training).toMatchObject({ state: "succeeded", error: null, ending: "epochs" });
    expect(training.reading).toMatchObject({
      entries: SERIES.length + 5,
      used: SERIES.length + 2,
      duplicates: 1,
      saltsRemoved: 1,
      dropped: { "not a SMILES": 1, "more than 100 heavy atoms": 1 },
    });
    expect(training.reading!.examples.map(({ line }) => line)).toEqual([41, 44]);
    // Each point of the curve was told when it came, not all at the end.
    expect(curves).toEqual(expect.arrayContaining([1, 2, 3, 4]));
    const [parent] = (await engine.models.list()).filter(({ name }) => name === "small-organics");
    expect(training.model).toMatchObject({ name: "thiophenes", parent: parent!.hash, origin: "own" });
    const card = await engine.models.card({ name: "thiophenes" });
    expect(card.data.sources[0]).toMatchObject({
      name: "series.smi",
      reading: { used: SERIES.length + 2, leftOutForTokens: { "[Se]": 1 }, leftOutAsTooLong: 0 },
    });
    expect(card.metrics["validation loss, nats/token"]).toBeLessThan(
      Number(card.metrics["validation loss before, nats/token"]),
    );
  });

  it("makes the model that campaigns propose with, and the notebook knows what it learned from", async () => {
    const settings = CampaignSettings.parse({
      name: "own model",
      generation: { model: "thiophenes", count: 30, prompt: { kind: "near", smiles: "CCOC(=O)c1cccs1" } },
      filter: { maxHeavyAtoms: 2, minHeavyAtoms: 2 },
    });
    const { id } = await engine.campaigns.start(settings);
    const campaign = await engine.campaigns.finished({ id });
    expect(campaign.state).toBe("succeeded");
    const [model] = (await engine.models.list()).filter(({ name }) => name === "thiophenes");
    expect(campaign.modelHash).toBe(model!.hash);
    const [row] = await engine.candidates.list({ campaignId: id });
    const graph = await engine.notebook.candidateProvenance({ id: row!.id });
    const labels = graph.nodes.map(({ kind, label }) => `${kind} ${label}`);
    expect(labels).toEqual(
      expect.arrayContaining(["model thiophenes", "data-set series.smi", "model small-organics"]),
    );
    const steps = await engine.notebook.replay({ id: row!.id });
    expect(steps[0]).toMatchObject({ step: "propose", outcome: "identical" });
    expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  });

  it("names the model it made also where another has the same weights", async () => {
    await engine.models.train(request("twin"));
    const { model } = await ended();
    expect(model!.name).toBe("twin");
    const twins = (await engine.models.list()).filter(({ hash }) => hash === model!.hash);
    expect(twins.map(({ name }) => name)).toEqual(["thiophenes", "twin"]);
  });

  it("keeps the best weights when stopped, and nothing when cancelled", async () => {
    await engine.models.train({ ...request("stopped"), epochs: 1000, patience: 1000, rehearsal: 0 });
    const stopped = await ended(stopAt(3, { keepBest: true }));
    expect(stopped).toMatchObject({ state: "succeeded", ending: "stopped", model: { name: "stopped" } });
    expect((await engine.models.card({ name: "stopped" })).training).toMatchObject({
      epochs: 1000,
      rehearsal: 0,
    });
    await engine.models.train({ ...request("cancelled"), epochs: 1000, patience: 1000 });
    const cancelled = await ended(stopAt(2, { keepBest: false }));
    expect(cancelled).toMatchObject({ state: "cancelled", model: null });
    expect((await engine.models.list()).map(({ name }) => name)).not.toContain("cancelled");
  });

  it("says before training that there are too few molecules", async () => {
    await engine.models.train(request("few", SERIES.slice(0, 12).join("\n")));
    const training = await ended();
    expect(training).toMatchObject({ state: "failed", curve: [], model: null });
    expect(training.error).toMatch(/at least 20 .* got 12 of 12/);
  });

  it("refuses a second training, a taken name and an unknown parent", async () => {
    await engine.models.train({ ...request("first"), epochs: 1000, patience: 1000 });
    await expect(engine.models.train(request("second"))).rejects.toMatchObject({ code: "conflict" });
    await engine.models.stopTraining({ keepBest: false });
    expect(isTraining(await ended())).toBe(false);
    await expect(engine.models.train(request("drug-like"))).rejects.toMatchObject({ code: "conflict" });
    await expect(engine.models.train({ ...request("orphan"), parent: "nowhere" })).rejects.toMatchObject({
      code: "not-found",
    });
    await expect(engine.models.stopTraining({ keepBest: true })).rejects.toMatchObject({ code: "conflict" });
  });
});

describe("taking over a model", () => {
  const shipped = join(resources, "models/small-organics");
  const files = (card: (text: string) => string, weights = readFileSync(join(shipped, "weights.bin"))) => ({
    "some/folder/model.json": Buffer.from(card(readFileSync(join(shipped, "model.json"), "utf8"))),
    "some/folder/weights.bin": weights,
  });
  const named = (files: Record<string, Uint8Array>) => ({
    files: Object.entries(files).map(([name, bytes]) => new File([new Uint8Array(bytes)], name)),
  });
  const renamed = (name: string) => (text: string) =>
    text.replace('"name": "small-organics"', `"name": "${name}"`);

  it("puts a whole one beside the notebook and records it", async () => {
    const model = await engine.models.import(named(files(renamed("taken-over"))));
    expect(model).toMatchObject({ name: "taken-over", origin: "own" });
    for await (const { nll } of engine.molecules.sample({ model: "taken-over", count: 3 }))
      expect(nll).toBeGreaterThan(0);
    await expect(engine.models.import(named(files(renamed("taken-over"))))).rejects.toMatchObject({
      code: "conflict",
      message: expect.stringContaining('"name" in its model.json'),
    });
  });

  it.each([
    ["one changed byte", (bytes: Buffer) => void bytes.writeUInt8(bytes.readUInt8(1000) ^ 1, 1000), /hash/],
    ["a weight that is no number", (bytes: Buffer) => void bytes.writeFloatLE(Number.NaN, 400), /hash/],
  ])("refuses %s", async (_, damage, reason) => {
    const weights = readFileSync(join(shipped, "weights.bin"));
    damage(weights);
    const importing = engine.models.import(named(files(renamed("damaged"), weights)));
    await expect(importing).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringMatching(reason),
    });
  });

  it("takes the folder as one ZIP archive too, and nothing else that is one file", async () => {
    const archive = zipSync(files(renamed("unpacked")), { level: 1 });
    expect(await engine.models.import(named({ "downloaded.bin": archive }))).toMatchObject({
      name: "unpacked",
    });
    const card = files(renamed("alone"))["some/folder/model.json"]!;
    await expect(engine.models.import(named({ "model.json": card }))).rejects.toThrow(
      /expected the files model\.json and weights\.bin/,
    );
    await expect(engine.models.import(named({ "a.bin": Buffer.from("PX\u0003\u0004") }))).rejects.toThrow(
      /found a\.bin/,
    );
    const two = { ...files(renamed("one")), "other/model.json": card };
    await expect(engine.models.import(named(two))).rejects.toThrow(/several named model\.json/);
  });

  it("refuses foreign shapes, other files and broken archives", async () => {
    const foreign = files((text) => renamed("foreign")(text).replace(/"hidden": \d+/, '"hidden": 64'));
    await expect(engine.models.import(named(foreign))).rejects.toMatchObject({ code: "model-damaged" });
    await expect(engine.models.import(named({ "notes.txt": Buffer.from("x") }))).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringContaining("notes.txt"),
    });
    await expect(
      engine.models.import(named({ "a.zip": Buffer.from("PK\u0003\u0004…") })),
    ).rejects.toMatchObject({
      code: "invalid-input",
    });
  });

  const cutShort = (path: string) => truncateSync(path, 50_000);
  const flipOneBit = (path: string) => {
    const bytes = readFileSync(path);
    bytes[50_000]! ^= 1;
    writeFileSync(path, bytes);
  };
  const everyFile = ["weights.bin", "known.bin.gz", "reference.json.gz"];

  it.each(everyFile.flatMap((file) => [cutShort, flipOneBit].map((damage) => ({ file, damage }))))(
    "tells of damage done to a $file later: $damage.name",
    async ({ file, damage }) => {
      const models = async () => (await engine.system.info()).checks.find(({ name }) => name === "models");
      const rotten = join(folder, "models/rotten");
      expect(await models()).toMatchObject({ ok: true });
      cpSync(shipped, rotten, { recursive: true });
      damage(join(rotten, file));
      expect(await models()).toMatchObject({ ok: false, detail: expect.stringMatching(/damaged/) });
      rmSync(rotten, { recursive: true });
    },
  );

  it("leaves a model whose weights were damaged later out of use, and says so", async () => {
    cpSync(shipped, join(folder, "models/rotten"), { recursive: true });
    writeFileSync(join(folder, "models/rotten/model.json"), "{");
    await expect(engine.models.card({ name: "rotten" })).rejects.toMatchObject({ code: "model-damaged" });
    expect(await engine.models.unreadable()).toHaveLength(1);
    expect((await engine.models.list()).map(({ name }) => name)).toContain("drug-like");
  });
});
