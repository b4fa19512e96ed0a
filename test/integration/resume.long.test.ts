import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
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

/** A campaign that learns twice: the model from cheap scores while it proposes, the surrogate from energies round by round. */
const LEARNING = {
  generation: { count: 60, seed: 5, constrained: true, steering: [{ kind: "qed" }] },
  evaluation: { basis: "sto-3g", activeSpace: { nelec: 2, norb: 2 }, maxEvaluations: 8 },
  acquisition: { strategy: "thompson", batchSize: 4 },
};

interface Run {
  settings: object;
  threads: number;
  /** Where it is given, the process is killed then. */
  killAfter_ms?: number | undefined;
}

/** Runs the campaign. True where it came to its end. */
function run(notebook: string, { settings, threads, killAfter_ms }: Run): Promise<boolean> {
  const program = fileURLToPath(new URL("campaign-process.ts", import.meta.url));
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, notebook, String(threads), JSON.stringify(settings)], {
      stdio: ["ignore", "ignore", "pipe"],
    });
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
  it.each([
    ["plain", {}],
    ["steered, with a choice of what is evaluated", LEARNING],
  ])(
    `ends with the notebook of an undisturbed run (%s; ${KILLS} kills at random moments)`,
    async (kind, settings) => {
      const undisturbed = join(folder, `${kind}.sqlite`);
      const began = performance.now();
      await run(undisturbed, { settings, threads: 1 });
      const duration = performance.now() - began;
      const expected = pictureOf(undisturbed);
      expect(
        expected.campaigns[0]?.candidates.filter(({ state }) => state === "evaluated").length,
      ).toBeGreaterThan(1);

      let killed = 0;
      for (let notebooks = 0; killed < KILLS; notebooks++) {
        const notebook = join(folder, `${kind} killed-${notebooks}.sqlite`);
        for (let ended = false; !ended; ) {
          const killAfter_ms = killed < KILLS ? Math.random() * duration : undefined;
          // More threads end their work in another order.
          ended = await run(notebook, { settings, threads: 3, killAfter_ms });
          if (!ended) killed++;
        }
        expect(pictureOf(notebook)).toEqual(expected);
        expect(verifyNotebook(notebook)).toMatchObject({ ok: true, findings: [] });
      }
    },
    TIME_LIMIT_MS,
  );
});
