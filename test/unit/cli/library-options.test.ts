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
