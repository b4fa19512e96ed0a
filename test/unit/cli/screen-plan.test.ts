import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { afterAll, describe, expect, it } from "vitest";
import { readPlan, settingsOfPlan } from "#shared/campaign/plan.ts";
import { Sha256 } from "#shared/ids.ts";
import { completeScreen } from "../../../src/cli/commands/screen.ts";
import { planFromFile, planFromFlags, writePlan } from "../../../src/cli/screen-plan.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-plan-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The command with flags parsed, its action left out. */
function screen(...flags: string[]): Command {
  const command = new Command("screen");
  completeScreen(command);
  command.action(() => {});
  return command.parse(flags, { from: "user" });
}

const flags = (...words: string[]) => planFromFlags(screen(...words).opts());

const summary = {
  hash: Sha256.parse("cd".repeat(32)),
  name: "mine.csv",
  rows: 4,
  columns: ["IE"],
  files: [],
  reading: { smilesColumn: "structure" },
  problems: {},
  sample: [],
};

describe("the plan of flags", () => {
  it("means what they say, and the defaults for the rest", () => {
    const { generation, evaluation, ranking } = settingsOfPlan(
      flags(
        "--count",
        "9",
        "--seed",
        "5",
        "--objective",
        "triplet-energy",
        "--direction",
        "minimise",
        "--active-space",
        "2e,2o",
      ),
    );
    expect(generation).toMatchObject({ source: "model", count: 9, seed: 5, model: "small-organics" });
    expect(evaluation).toMatchObject({
      property: "triplet-energy",
      seed: 5,
      activeSpace: { nelec: 2, norb: 2 },
    });
    expect(ranking.direction).toBe("minimise");
  });

  it("is written so that its file, found from another folder, means the same", () => {
    const library = join(folder, "mine.csv");
    const plan = flags("--library", library, "--smiles-column", "structure", "--measured", "IE:eV");
    const settings = settingsOfPlan(plan, { library: summary });
    mkdirSync(join(folder, "plans"));
    const path = join(folder, "plans", "plan.json");
    writePlan(path, { settings, plan, library: summary });
    expect(JSON.parse(readFileSync(path, "utf8"))).toMatchObject({
      generation: { files: ["../mine.csv"], reading: { smilesColumn: "structure" } },
    });
    const again = planFromFile(path, screen());
    expect(again.generation).toMatchObject({ files: [library] });
    expect(settingsOfPlan(again, { library: summary })).toEqual(settings);
  });

  it("refuses flags of a model beside a library's, and what does not fit", () => {
    expect(() => flags("--library", "mine.csv", "--temperature", "1")).toThrow(/--temperature is of a model/);
    expect(() => flags("--component", "anion")).toThrow(/--component is of a --library/);
    expect(() => flags("--direction", "up")).toThrow(/The settings do not fit: ranking.direction: expected/);
  });
});

describe("a plan's file", () => {
  const path = join(folder, "model.json");
  writeFileSync(path, JSON.stringify({ version: 1, name: "m" }));

  it("goes with flags that say where a campaign runs", () => {
    const command = screen("--out", "here", "--threads", "1", "--notebook", "n.sqlite", "--json");
    expect(planFromFile(path, command)).toMatchObject({ name: "m" });
  });

  it("refuses flags that say what a plan says", () => {
    expect(() => planFromFile(path, screen("--basis", "sto-3g", "--name", "m"))).toThrow(
      /--name, --basis beside the plan .*only --notebook, --out, --threads, --json go with it/,
    );
  });
});

it("the example of docs/examples is a plan", () => {
  const name = "docs/examples/small-organics.json";
  expect(readPlan(readFileSync(name, "utf8"), name).generation).toMatchObject({
    files: ["small-organics.csv"],
  });
});
