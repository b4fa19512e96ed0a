import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { xorshift } from "../fixtures/xorshift.ts";

/** How often the process is killed; each time a little further into its work. */
const KILLS = 10;
const TIMEOUT_MS = 400_000;

const folder = mkdtempSync(join(tmpdir(), "ansatz-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const main = join(process.cwd(), "src/cli/main.ts");
const settings = ["--count", "40", "--max-evaluations", "6", "--seed", "3", "--basis", "sto-3g"];
const screen = (name: string) => [
  main,
  "screen",
  ...settings,
  ...["--notebook", join(folder, `${name}.sqlite`), "--out", join(folder, name), "--json"],
];

/** Everything in the notebook's answer that must not depend on when it was made. */
function timeless(document: string, campaignId: string): unknown {
  const withoutId = document.replaceAll(campaignId, "CAMPAIGN");
  return JSON.parse(withoutId, (key, value) => (/(_ms|At|^at|reused)$/.test(key) ? undefined : value));
}

function contents(name: string) {
  const look = (...args: string[]) => {
    const path = join(folder, `${name}.sqlite`);
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      [main, "notebook", ...args, "--notebook", path, "--json"],
      {
        encoding: "utf8",
        maxBuffer: 2 ** 28,
      },
    );
    expect(status, stderr).toBe(0);
    return stdout;
  };
  const campaigns = JSON.parse(look("campaigns"));
  expect(campaigns).toHaveLength(1);
  const id: string = campaigns[0].id;
  const rows: { id: string; state: string }[] = JSON.parse(look("candidates", id));
  const evaluated = rows.filter((row) => row.state === "evaluated");
  return {
    campaign: timeless(JSON.stringify(campaigns[0]), id),
    candidates: timeless(JSON.stringify(rows), id),
    details: evaluated.map((row) => timeless(look("show", row.id), id)),
  };
}

const exported = (name: string, result: { files: { csv: string }; campaign: { id: string } }) =>
  readFileSync(result.files.csv, "utf8").replaceAll(result.campaign.id, "CAMPAIGN").replaceAll(name, "NAME");

describe("ansatz screen", () => {
  it(
    `killed ${KILLS} times at random leaves the notebook that an undisturbed run leaves`,
    async () => {
      const started = performance.now();
      const undisturbed = spawnSync(process.execPath, screen("undisturbed"), { encoding: "utf8" });
      const duration_ms = performance.now() - started;
      expect(undisturbed.status, undisturbed.stderr).toBe(0);

      const random = xorshift(20);
      let killed = 0;
      while (killed < KILLS) {
        const child = spawn(process.execPath, screen("disturbed"), { stdio: "ignore" });
        const exit = new Promise<string | null>((resolve) =>
          child.on("exit", (_code, signal) => resolve(signal)),
        );
        const ended = await Promise.race([exit, delay((0.15 + 0.2 * random()) * duration_ms, "running")]);
        if (ended !== "running") break;
        child.kill("SIGKILL");
        await exit;
        killed++;
      }
      process.stdout.write(
        `screen: undisturbed in ${Math.round(duration_ms)} ms; killed ${killed} times before it ended\n`,
      );
      expect(killed).toBeGreaterThan(0);

      const finished = spawnSync(process.execPath, screen("disturbed"), { encoding: "utf8" });
      expect(finished.status, finished.stderr).toBe(0);
      expect(contents("disturbed")).toEqual(contents("undisturbed"));
      expect(exported("disturbed", JSON.parse(finished.stdout))).toBe(
        exported("undisturbed", JSON.parse(undisturbed.stdout)),
      );
    },
    TIMEOUT_MS,
  );
});
