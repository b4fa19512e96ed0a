import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Notebook, openNotebook } from "#core/notebook/notebook.ts";
import { float64Bytes } from "#core/notebook/proof/float64.ts";
import { resultKey } from "#core/notebook/proof/hash.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { recordId } from "#core/notebook/tables/records.ts";
import { readConformer } from "#core/orchestration/stages/embed/records.ts";
import { embedStage } from "#core/orchestration/stages/embed/run.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import { CampaignId } from "#shared/ids.ts";
import type { EmbeddedIsomer } from "#shared/molecule/molecule.ts";

const campaign = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
const coordinates = [0, 0, 0, 0, 0, 0.74];
let folder: string;
let notebook: Notebook;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-conformers-"));
  notebook = openNotebook({
    path: join(folder, "n.sqlite"),
    mode: "create",
    clock: () => new Date(),
    program: "test",
  });
  const settings = CampaignSettings.parse({ name: "conformers" });
  notebook.append({ kind: "campaign-created", campaign, settings });
});
afterAll(() => {
  notebook[Symbol.dispose]();
  rmSync(folder, { recursive: true });
});

/** Stores a conformer as this version of the stage wrote it; the number of its record. */
function store(stageVersion: number, rest: { isomer?: EmbeddedIsomer } = {}): number {
  const input = { smiles: "[H][H]", seed: 1 };
  const made = { stage: "embed" as const, stageVersion, program: "test", input };
  const record = seal({
    kind: "conformer",
    content: {
      ...made,
      symbols: ["H", "H"],
      method: "by hand",
      forceFieldEnergy_kcal_per_mol: null,
      ...rest,
    },
    parts: { coordinates_angstrom: float64Bytes(coordinates), molblock: Buffer.from("H2") },
  });
  const key = resultKey("embed", stageVersion, input);
  const event = { kind: "stage-finished" as const, campaign, stage: "embed" as const, ordinal: stageVersion };
  notebook.append(
    {
      ...event,
      key,
      record: record.hash,
      score: null,
      reused: false,
      program: "test",
      timings_ms: { total: 1 },
    },
    [record],
  );
  return recordId(notebook.db, record.hash);
}

describe("A stored conformer", () => {
  it("of stage version 1 is read, its isomer unknown", () => {
    const stored = readConformer(notebook.db, store(1));
    expect(stored.isomer).toBeNull();
    expect(stored.geometry.coordinates_angstrom).toEqual(coordinates);
  });

  it("of this version brings its isomer back", () => {
    const isomer = {
      canonicalSmiles: "[H][H]",
      inchiKey: "UFHFLCQGNIYNRP-UHFFFAOYSA-N",
      stereoUnspecified: 0,
    };
    const stored = readConformer(notebook.db, store(embedStage.version, { isomer }));
    expect(stored.isomer).toEqual(isomer);
  });
});
