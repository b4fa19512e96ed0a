import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createEngine } from "#core/engine.ts";
import type { Engine } from "#core/engine-interface.ts";

/** A few passes over a few molecules on a busy machine. */
const TIME_LIMIT_MS = 240_000;
const SERIES = ["C", "CC", "CCC", "CC(C)", "OCC", "FC"].flatMap((tail) =>
  ["OC(=O)", "NC(=O)", "O", "N"].map((link) => `${tail}${link}c1cccs1`),
);
const folder = mkdtempSync(join(tmpdir(), "ansatz-cut-off-"));
const main = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const resources = fileURLToPath(new URL("../../resources", import.meta.url));
afterAll(() => rmSync(folder, { recursive: true }));

/** A place for a notebook and its models. */
const place = () => mkdtempSync(join(folder, "lab-"));
const modelsIn = (lab: string) => readdirSync(join(lab, "models"));

const open = (lab: string): Promise<Engine> =>
  createEngine({
    paths: { notebook: join(lab, "notebook.sqlite"), resources },
    clock: () => new Date(),
    logger: { info: () => {}, warn: console.warn, error: console.error },
    threads: 1,
  });

/** `ansatz model train` without an end, killed once `isTime` says so of what it told. */
async function killTraining(lab: string, isTime: (told: string) => boolean): Promise<void> {
  writeFileSync(join(lab, "series.smi"), SERIES.join("\n"));
  const options = ["--name", "series", "--epochs", "1000", "--patience", "1000", "--rate", "0.001"];
  const notebook = ["--notebook", join(lab, "notebook.sqlite")];
  const args = [main, "model", "train", join(lab, "series.smi"), ...options, ...notebook];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", "pipe"] });
  let told = "";
  child.stderr.on("data", (text) => {
    told += text;
    if (isTime(told)) child.kill("SIGKILL");
  });
  await once(child, "exit");
}

/** A training in this process, left when it has made a pass that is better than none. */
async function beginTraining(engine: Engine): Promise<void> {
  const file = new File([Buffer.from(SERIES.join("\n"))], "series.smi");
  const request = { parent: "small-organics", name: "series", file };
  await engine.models.train({ ...request, epochs: 1000, patience: 1000, rate: 1e-3 });
  for await (const { curve } of engine.models.followTraining()) if (curve.length > 3) return;
}

async function expectTakenOver(lab: string): Promise<void> {
  await using engine = await open(lab);
  const training = await engine.models.training();
  expect(training).toMatchObject({ state: "succeeded", ending: "cut-off", request: { name: "series" } });
  const [own, ...more] = (await engine.models.list()).filter(({ origin }) => origin === "own");
  expect(more).toEqual([]);
  expect(own).toEqual(training!.model);
  const card = await engine.models.card({ name: own!.name });
  const { bestEpoch } = card.training;
  expect(bestEpoch).toBeGreaterThan(0);
  expect(own!.name).toBe(`series-pass-${bestEpoch}`);
  expect(card.training.ending).toBe("cut-off");
  expect(card.metrics["validation loss, nats/token"]).toBeLessThan(
    Number(card.metrics["validation loss before, nats/token"]),
  );
  // Its weights are whole, the notebook knows it, and nothing else is left.
  const samples: string[] = [];
  for await (const { smiles } of engine.molecules.sample({ model: own!.name, count: 3 }))
    samples.push(smiles);
  expect(samples).toHaveLength(3);
  expect(await engine.notebook.verify()).toMatchObject({ ok: true, findings: [] });
  expect(modelsIn(lab)).toEqual([own!.name]);
}

describe("a training that was cut off", { timeout: TIME_LIMIT_MS }, () => {
  it("by a kill is taken over with its best pass when the notebook is opened again", async () => {
    const lab = place();
    await killTraining(lab, (told) => /epoch {3}4/.test(told));
    await expectTakenOver(lab);
  });

  it("by the end of the program is taken over in the same way", async () => {
    const lab = place();
    const engine = await open(lab);
    await beginTraining(engine);
    await engine[Symbol.asyncDispose]();
    await expectTakenOver(lab);
  });

  it("by a person who cancels it leaves nothing", async () => {
    const lab = place();
    await using engine = await open(lab);
    await beginTraining(engine);
    await engine.models.stopTraining({ keepBest: false });
    for await (const { state } of engine.models.followTraining()) if (state === "cancelled") break;
    expect(modelsIn(lab)).toEqual([]);
  });

  it("and whose rest is damaged is left out of the models and removed", async () => {
    const lab = place();
    await killTraining(lab, (told) => /epoch {3}4/.test(told));
    const [rest] = modelsIn(lab).filter((name) => name.endsWith(".best"));
    writeFileSync(join(lab, "models", rest!, "weights.bin"), "half");
    const warnings: unknown[] = [];
    await using engine = await createEngine({
      paths: { notebook: join(lab, "notebook.sqlite"), resources },
      clock: () => new Date(),
      logger: { info: () => {}, warn: (...told) => warnings.push(told), error: console.error },
      threads: 1,
    });
    expect(await engine.models.training()).toBeNull();
    expect(warnings).toHaveLength(1);
    expect(modelsIn(lab)).toEqual([]);
  });
});
