import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ansatz } from "../../fixtures/ansatz.ts";

/** What `ansatz screen` says of settings, with a file that is not there: it is looked at last. */
async function refusal(...words: string[]): Promise<string> {
  const given = ["screen", "--library", "no-such-file.csv", "--notebook", ":memory:", ...words];
  const { status, stderr } = await ansatz(...given);
  expect(status).toBe(2);
  return stderr;
}

describe("screen --library looks at other settings before it reads files", () => {
  it.each([
    ["--basis", "cc-pvxz", "cc-pvxz"],
    ["--active-space", "5e,2o", "evaluation.activeSpace"],
    ["--direction", "up", "ranking.direction"],
    ["--component", "C1CC", 'filter.component: expected the SMILES of a component, got "C1CC"'],
    ["--model", "drug-like", "--model is of a model"],
  ])("%s %s", async (flag, value, message) => {
    const text = await refusal(flag, value);
    expect(text).toContain(message);
    expect(text).not.toContain("no-such-file.csv");
  });
});

describe("screen looks at what its molecules decide before a plan is written or a campaign foretold", () => {
  const folder = mkdtempSync(join(tmpdir(), "ansatz-check-"));
  const molecules = join(folder, "m.csv");
  const target = join(folder, "plan.json");
  writeFileSync(molecules, "smiles,charge,IE\nO,0,12.6\n");
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    ["nosuch:eV", ["--write-plan", target], 'expected one of the columns charge, IE, got "nosuch"'],
    ["charge:parsec", ["--write-plan", target], 'as the unit of the column charge, got "parsec"'],
    ["nosuch", ["--notebook", ":memory:", "--out", folder], 'the columns charge, IE, got "nosuch"'],
  ])("--measured %s %j", async (measured, words, message) => {
    const asked = ["screen", "--library", molecules, "--measured", measured, ...words];
    const { status, stderr } = await ansatz(...asked);
    expect(stderr).toContain(message);
    expect(status).toBe(2);
    expect(stderr).not.toMatch(/foretold|takes about/);
    expect(existsSync(target)).toBe(false);
  });

  it.each([
    ["no plan was written", ["--write-plan", target]],
    ["before anything was computed: the notebook is as it was", ["--notebook", ":memory:", "--out", folder]],
  ])("and says where it is stopped meanwhile: %s", async (message, words) => {
    const many = join(folder, "many.csv");
    writeFileSync(many, `smiles,name\n${"CCO,e\n".repeat(200_000)}`);
    const child = spawn(process.execPath, ["src/cli/main.ts", "screen", "--library", many, ...words]);
    let stderr = "";
    child.stderr.on("data", (text) => {
      if (stderr === "") child.kill("SIGTERM");
      stderr += text;
    });
    expect(await new Promise((resolve) => child.on("close", resolve))).toBe(130);
    expect(stderr).toContain(`Cancelled${message.startsWith("no") ? ": " : " "}${message}.`);
    expect(existsSync(target)).toBe(false);
  });
});

describe("screen --from-campaign", () => {
  it.each([
    "nothing",
    "00000000-0000-4000-8000-000000000001:best",
    "00000000-0000-4000-8000-000000000001:all:0",
  ])("refuses %s, with what is expected", async (text) => {
    const { status, stderr } = await ansatz("screen", "--from-campaign", text, "--notebook", ":memory:");
    expect(status).toBe(2);
    expect(stderr).toContain("expected the id of a campaign");
  });
});

describe("screen --from-search", () => {
  const screened = (...words: string[]) => ansatz("screen", "--notebook", "none.sqlite", ...words);

  it("says what is missing", async () => {
    expect(await screened("--from-search")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("expected what to look for beside it, one of --contains"),
    });
    expect(await screened("--contains", "C=O")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--contains says what --from-search looks for"),
    });
    expect((await screened("--from-search", "--contains", "C=O")).stderr).toContain(
      'no notebook at "none.sqlite"',
    );
  });
});
