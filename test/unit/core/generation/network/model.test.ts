import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { listModels, openModel, saveModel } from "#core/generation/network/model.ts";

const SHIPPED = "resources/models/small-organics";
let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "ansatz-model-"));
  await cp(SHIPPED, join(folder, "copy"), { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

async function editCard(change: (card: Record<string, unknown>) => void) {
  const path = join(folder, "copy", "model.json");
  const card = JSON.parse(await readFile(path, "utf8"));
  change(card);
  await writeFile(path, JSON.stringify(card));
}

const refusal = (code: string, message: RegExp) =>
  expect.objectContaining({ code, message: expect.stringMatching(message) });

describe("openModel", () => {
  it("opens both shipped priors", async () => {
    for (const name of ["drug-like", "small-organics"]) {
      const model = await openModel(`resources/models/${name}`);
      expect(model.card.name).toBe(name);
      expect(model.hash).toBe(model.card.hash);
    }
  });

  it("refuses weights with one changed bit by their hash", async () => {
    const path = join(folder, "copy", "weights.bin");
    const bytes = await readFile(path);
    bytes[1000]! ^= 1;
    await writeFile(path, bytes);
    await expect(openModel(join(folder, "copy"))).rejects.toThrowError(refusal("model-damaged", /hash/));
  });

  it("refuses weights of another shape, saying what was expected and found", async () => {
    const path = join(folder, "copy", "weights.bin");
    await writeFile(path, (await readFile(path)).subarray(4));
    await expect(openModel(join(folder, "copy"))).rejects.toThrowError(
      refusal("model-damaged", /bytes of weights, found \d+/),
    );
  });

  it("refuses a vocabulary in another order, which would change every molecule", async () => {
    await editCard((card) => {
      const vocabulary = card.vocabulary as string[];
      [vocabulary[5], vocabulary[6]] = [vocabulary[6]!, vocabulary[5]!];
    });
    await expect(openModel(join(folder, "copy"))).rejects.toThrowError(refusal("model-damaged", /hash/));
  });

  it("refuses a card that is no card", async () => {
    await editCard((card) => {
      delete card.architecture;
    });
    await expect(openModel(join(folder, "copy"))).rejects.toThrowError(
      refusal("model-damaged", /architecture/),
    );
    await writeFile(join(folder, "copy", "model.json"), "weights, honest");
    await expect(openModel(join(folder, "copy"))).rejects.toThrowError(refusal("model-damaged", /not JSON/));
  });

  it("says which files a model folder holds when there is none", async () => {
    await expect(openModel(join(folder, "absent"))).rejects.toThrowError(
      refusal("not-found", /model\.json and weights\.bin/),
    );
  });
});

describe("saveModel", () => {
  it("writes a model that opens with the same weights", async () => {
    const model = await openModel(SHIPPED);
    const { hash, ...card } = model.card;
    const saved = await saveModel(
      join(folder, "saved"),
      { ...card, name: "again", parent: hash },
      model.weights,
    );
    const again = await openModel(join(folder, "saved"));
    expect(again.card).toEqual(saved);
    expect(again.weights.all).toEqual(model.weights.all);
  });
});

describe("listModels", () => {
  it("lists what it can read and says why it cannot read the rest", async () => {
    await cp(SHIPPED, join(folder, "broken"), { recursive: true });
    await writeFile(join(folder, "broken", "model.json"), "{");
    const { models, unreadable } = await listModels([folder, join(folder, "absent")]);
    expect(models.map((m) => m.card.name)).toEqual(["small-organics"]);
    expect(unreadable).toEqual([
      { directory: join(folder, "broken"), reason: expect.stringContaining("not JSON") },
    ]);
  });
});
