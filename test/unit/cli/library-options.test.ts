import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";

/** What `ansatz screen` says of settings, with a file that is not there: it is looked at last. */
function refusal(...words: string[]): string {
  const given = ["screen", "--library", "no-such-file.csv", "--notebook", ":memory:", ...words];
  const { status, stderr } = spawnSync(process.execPath, ["src/cli/main.ts", ...given], { encoding: "utf8" });
  expect(status).toBe(2);
  return stderr;
}

describe("screen --library looks at other settings before it reads files", () => {
  it.each([
    ["--basis", "cc-pvxz", "cc-pvxz"],
    ["--active-space", "5e,2o", "evaluation.activeSpace"],
    ["--direction", "up", "ranking.direction"],
    ["--model", "drug-like", "--model is of a model"],
  ])("%s %s", (flag, value, message) => {
    const text = refusal(flag, value);
    expect(text).toContain(message);
    expect(text).not.toContain("no-such-file.csv");
  });
});

describe("screen --from-campaign", () => {
  it.each([
    "nothing",
    "00000000-0000-4000-8000-000000000001:best",
    "00000000-0000-4000-8000-000000000001:all:0",
  ])("refuses %s, with what is expected", (text) => {
    const { status, stderr } = spawnSync(
      process.execPath,
      ["src/cli/main.ts", "screen", "--from-campaign", text, "--notebook", ":memory:"],
      { encoding: "utf8" },
    );
    expect(status).toBe(2);
    expect(stderr).toContain("expected the id of a campaign");
  });
});

describe("screen --from-search", () => {
  const screened = (...words: string[]) =>
    spawnSync(process.execPath, ["src/cli/main.ts", "screen", "--notebook", "none.sqlite", ...words], {
      encoding: "utf8",
    });

  it("says what is missing", () => {
    expect(screened("--from-search")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("expected what to look for beside it, one of --contains"),
    });
    expect(screened("--contains", "C=O")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--contains says what --from-search looks for"),
    });
    expect(screened("--from-search", "--contains", "C=O").stderr).toContain('no notebook at "none.sqlite"');
  });
});
