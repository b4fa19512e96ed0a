import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/verify.ts";
import { pictureOf } from "./notebook-picture.ts";

/** ANSATZ_KILLS=100 for a long run. */
const KILLS = Number(process.env.ANSATZ_KILLS ?? 3);
/** Long enough where other work has most of the machine. */
const TIME_LIMIT_MS = 240_000 + KILLS * 60_000;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-resume-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the campaign; kills it after so many milliseconds, if given. True where it came to its end. */
function run(notebook: string, killAfter_ms?: number): Promise<boolean> {
  const program = fileURLToPath(new URL("campaign-process.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, notebook, "2"], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (data) => (said += data));
    const timer =
      killAfter_ms === undefined ? undefined : setTimeout(() => child.kill("SIGKILL"), killAfter_ms);
    child.on("exit", (code, signal) => {
      clearTimeout(timer);
      if (signal === "SIGKILL") resolve(false);
      else if (code === 0) resolve(true);
      else reject(new Error(`exit code ${code}: ${said}`));
    });
  });
}

describe("a campaign whose process is killed", () => {
  it(
    `ends with the notebook of an undisturbed run (${KILLS} kills at random moments)`,
    async () => {
      const undisturbed = join(folder, "undisturbed.sqlite");
      const began = performance.now();
      await run(undisturbed);
      const duration = performance.now() - began;
      const expected = pictureOf(undisturbed);
      expect(
        expected.campaigns[0]?.candidates.filter(({ state }) => state === "evaluated").length,
      ).toBeGreaterThan(1);

      let killed = 0;
      for (let notebooks = 0; killed < KILLS; notebooks++) {
        const notebook = join(folder, `killed-${notebooks}.sqlite`);
        for (let ended = false; !ended; ) {
          const after = killed < KILLS ? Math.random() * duration : undefined;
          ended = await run(notebook, after);
          if (!ended) killed++;
        }
        expect(pictureOf(notebook)).toEqual(expected);
        expect(verifyNotebook(notebook)).toMatchObject({ ok: true, findings: [] });
      }
    },
    TIME_LIMIT_MS,
  );
});
