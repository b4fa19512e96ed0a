import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { checkSettings } from "#core/orchestration/campaign/check-settings.ts";
import { createModels } from "#core/orchestration/models/models.ts";
import { CampaignSettings, type CampaignSettingsInput } from "#shared/campaign/campaign.ts";

const shipped = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const logger = { info: () => {}, warn: () => {}, error: () => {} };

let resources: string;
beforeEach(() => {
  resources = mkdtempSync(join(tmpdir(), "ansatz-resources-"));
  cpSync(join(shipped, "basis"), join(resources, "basis"), { recursive: true });
  cpSync(join(shipped, "models", "small-organics"), join(resources, "models", "small-organics"), {
    recursive: true,
  });
});
afterEach(() => rmSync(resources, { recursive: true, force: true }));

const check = (settings: Omit<CampaignSettingsInput, "name">): Promise<void> =>
  checkSettings(CampaignSettings.parse({ name: "x", ...settings }), {
    models: createModels({ resources, own: undefined, notebook: ":memory:", logger }),
    libraries: {} as never,
    // No task is asked for without a definition.
    dispatcher: {} as never,
    resources,
  });

describe("a campaign's settings", () => {
  it.each<CampaignSettingsInput["evaluation"]>([
    {},
    { basis: "6-31G(d,p)", activeSpace: { nelec: 2, norb: 1 } },
    { basis: "def2-svp", activeSpace: null },
  ])("are taken with %j", async (evaluation) => {
    await expect(check({ evaluation })).resolves.toBeUndefined();
  });

  it.each(["nope", "", "constructor", "__proto__", "toString"])(
    "are refused with the basis %j, and say which there are",
    async (basis) => {
      await expect(check({ evaluation: { basis } })).rejects.toMatchObject({
        code: "invalid-input",
        message: expect.stringMatching(/expected one of sto-3g, .*cc-pvdz/),
      });
    },
  );

  it.each([
    [{ nelec: 3, norb: 3 }, /an even number of electrons/],
    [{ nelec: 6, norb: 2 }, /at most 4 electrons in 2 orbitals, got \(6e,2o\)/],
  ])("are refused with an active space that no molecule has, %j", async (activeSpace, message) => {
    await expect(check({ evaluation: { activeSpace } })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(message),
    });
  });

  it("may ask a device elsewhere, where one is named", async () => {
    await expect(check({ evaluation: { backend: "ionq" } })).resolves.toBeUndefined();
    await expect(check({ evaluation: { backend: "ibm" } })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(/^evaluation\.backend: ibm has no simulator/),
    });
  });

  it.each<[object, RegExp]>([
    [{ basis: "def2-spv" }, /^rungs\.1: Unknown basis set "def2-spv"/],
    [{ activeSpace: { nelec: 6, norb: 2 } }, /^rungs\.1: activeSpace: expected at most 4 electrons/],
    [{ ansatz: "puccd" }, /^rungs\.1: ansatz: /],
  ])("are refused with a rung %j that could be computed of no molecule", async (rung, message) => {
    await expect(check({ rungs: [{ keep: 20 }, { keep: 5, ...rung }] })).rejects.toMatchObject({
      code: "invalid-input",
      message: expect.stringMatching(message),
    });
  });

  it("are refused for what rungs share with the campaign's own level by its name", async () => {
    const asked = { evaluation: { basis: "nope" }, rungs: [{ keep: 20 }] };
    await expect(check(asked)).rejects.toThrow(/^Unknown basis set "nope"/);
  });

  it.each([
    ["eV", {}, null],
    ["kj/MOL", {}, null],
    ["volts", {}, /^generation\.measured: column "IE": expected one of Eh, .*, or none, got "volts"/],
  ])("name a measured column in a unit of the property: %s", async (unit, evaluation, refusal) => {
    const generation = {
      source: "library" as const,
      library: "0".repeat(64) as never,
      name: "own.csv",
      count: 1,
      measured: [{ column: "IE", unit }],
    };
    const checked = check({ generation, evaluation });
    // There is no library: what is said of that comes after.
    if (refusal)
      await expect(checked).rejects.toMatchObject({
        code: "invalid-input",
        message: expect.stringMatching(refusal),
      });
    else await expect(checked).rejects.not.toMatchObject({ message: expect.stringContaining("measured") });
  });

  it("are refused with a model that is not there", async () => {
    await expect(check({ generation: { model: "constructor" } })).rejects.toMatchObject({
      code: "not-found",
      message: expect.stringMatching(/no model "constructor": expected one of small-organics/),
    });
  });

  it("are refused with a model whose card is damaged, naming the file", async () => {
    mkdirSync(join(resources, "models", "broken"));
    writeFileSync(join(resources, "models", "broken", "model.json"), "{");
    await expect(check({ generation: { model: "broken" } })).rejects.toMatchObject({
      code: "model-damaged",
      message: expect.stringContaining(`${join(resources, "models", "broken")} is damaged`),
    });
    await expect(check({ generation: { model: "broken" } })).rejects.toThrow("model.json is not JSON");
  });
});
