import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { xorshift } from "../fixtures/xorshift.ts";
import { pictureOf } from "./notebook-picture.ts";

/** How often the process is killed; each time a little further into its work. ANSATZ_KILLS=10 for a long run. */
const KILLS = Number(process.env.ANSATZ_KILLS ?? 3);
/** Long enough where other work has most of the machine. */
const TIMEOUT_MS = 900_000;

const folder = mkdtempSync(join(tmpdir(), "ansatz-kill-"));
afterAll(() => rmSync(folder, { recursive: true }));

const main = join(process.cwd(), "src/cli/main.ts");
const notebook = (name: string): string => join(folder, `${name}.sqlite`);
// Embedding takes longest: few of the proposals are so small.
const settings = [
  "--count",
  "40",
  "--max-heavy-atoms",
  "11",
  "--max-evaluations",
  "3",
  "--seed",
  "3",
  "--basis",
  "sto-3g",
];
const screen = (name: string) => [
  main,
  "screen",
  ...settings,
  ...["--notebook", notebook(name), "--out", join(folder, name), "--json"],
];

/** Whether the process has told what the campaign will take and begun it: what comes before leaves nothing to go on with. */
function hasCampaign(path: string): boolean {
  if (!existsSync(path)) return false;
  try {
    using db = new DatabaseSync(path, { readOnly: true });
    return db.prepare("SELECT 1 FROM campaign").get() !== undefined;
  } catch {
    // No tables yet, or locked.
    return false;
  }
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
      let said = "";
      while (killed < KILLS) {
        const child = spawn(process.execPath, screen("disturbed"), { stdio: "ignore" });
        const exit = new Promise<string | null>((resolve) =>
          child.on("exit", (_code, signal) => resolve(signal)),
        );
        const some = async () => {
          while (!hasCampaign(notebook("disturbed"))) await delay(50);
          await delay((0.05 + 0.2 * random()) * duration_ms);
          return "running";
        };
        const ended = await Promise.race([exit, some()]);
        if (ended !== "running") break;
        child.kill("SIGKILL");
        await exit;
        killed++;
        const list = ["notebook", "campaigns", "--notebook", notebook("disturbed")];
        if (existsSync(notebook("disturbed")) && killed === KILLS)
          said = spawnSync(process.execPath, [main, ...list], { encoding: "utf8" }).stdout;
      }
      // Nobody works at it now.
      if (killed === KILLS) expect(said).toMatch(/ interrupted /);
      process.stdout.write(
        `screen: undisturbed in ${Math.round(duration_ms)} ms; killed ${killed} times before it ended\n`,
      );
      expect(killed).toBeGreaterThan(0);

      const finished = spawnSync(process.execPath, screen("disturbed"), { encoding: "utf8" });
      expect(finished.status, finished.stderr).toBe(0);
      expect(pictureOf(notebook("disturbed"))).toEqual(pictureOf(notebook("undisturbed")));
      expect(exported("disturbed", JSON.parse(finished.stdout))).toBe(
        exported("undisturbed", JSON.parse(undisturbed.stdout)),
      );
    },
    TIMEOUT_MS,
  );
});
