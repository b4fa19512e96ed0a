import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { evidenceFiles } from "#core/notebook/evidence/evidence-files.ts";
import { openToRead } from "#core/notebook/evidence/open-to-read.ts";
import { verifyEvidence, verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { pictureOf } from "./notebook-picture.ts";
import { killAtRandom, write } from "./notebook-runs.ts";

/** The series of kills is in notebook-kills.long.test.ts. */
const KILLS = 4;
const MINUTE_MS = 60_000;

let folder: string;
let shim: string | undefined;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-faults-"));
  if (process.platform !== "linux") return;
  shim = join(folder, "shim.so");
  const source = fileURLToPath(new URL("fault-shim.c", import.meta.url));
  execFileSync("cc", ["-shared", "-fPIC", "-O1", "-o", shim, source, "-ldl"]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a notebook under load", () => {
  it(
    `loses no event that was durable in ${KILLS} kills at random moments`,
    () => killAtRandom(folder, KILLS),
    KILLS * 10_000 + MINUTE_MS,
  );

  it(
    "is verified and exported as it is at one moment while another process writes to it",
    async () => {
      const notebook = join(folder, "busy.sqlite");
      let began = () => {};
      const first = new Promise<void>((resolve) => (began = resolve));
      const writing = write(notebook, { writes: 600, onLine: () => began() });
      await first;
      const seen: number[] = [];
      for (let look = 0; look < 5; look++) {
        const { findings, events } = verifyNotebook(notebook);
        expect(findings).toEqual([]);
        using db = openToRead(notebook);
        const evidence = db.snapshot(() => evidenceFiles(db));
        expect(verifyEvidence(evidence).findings).toEqual([]);
        seen.push(events);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      const { durable } = await writing;
      expect(seen[0]).toBeLessThan(durable);
    },
    MINUTE_MS * 3,
  );

  it.skipIf(process.platform !== "linux")(
    "says that the disk is full, and goes on when there is room, with nothing lost",
    async () => {
      const notebook = join(folder, "full.sqlite");
      const relief = join(folder, "relief");
      const before = await write(notebook, { writes: 20 });
      let refused = 0;
      const env = { LD_PRELOAD: shim!, ANSATZ_FAULT_AFTER: "300000", ANSATZ_FAULT_RELIEF: relief };
      const onLine = (line: string): void => {
        if (line === "refused disk-full" && ++refused === 5) writeFileSync(relief, "");
      };
      const after = await write(notebook, { writes: 60, env, onLine });
      expect(after.refusals.length).toBeGreaterThanOrEqual(5);
      expect(new Set(after.refusals)).toEqual(new Set(["disk-full"]));
      const { findings, events } = verifyNotebook(notebook);
      expect(findings).toEqual([]);
      expect(events).toBe(after.durable);
      expect(after.durable).toBe(before.durable + 2 * (60 - after.refusals.length));
    },
    MINUTE_MS,
  );

  it.skipIf(process.platform !== "linux")(
    "pauses a campaign with a message while the disk is full, and ends it when there is room",
    async () => {
      const notebook = join(folder, "paused.sqlite");
      const relief = join(folder, "room");
      const program = fileURLToPath(new URL("campaign-process.ts", import.meta.url));
      const env = { LD_PRELOAD: shim!, ANSATZ_FAULT_AFTER: "700000", ANSATZ_FAULT_RELIEF: relief };
      const child = spawn(process.execPath, [program, notebook, "1"], { env: { ...process.env, ...env } });
      let said = "";
      child.stdout.on("data", (data) => {
        said += data;
        if (said.includes("Paused: The disk with")) writeFileSync(relief, "");
      });
      const code = await new Promise((resolve) => child.on("close", resolve));
      expect(said).toMatch(/Paused: The disk with .* make room and the work goes on/);
      expect(code).toBe(0);
      expect(verifyNotebook(notebook).findings).toEqual([]);
      const [only] = pictureOf(notebook).campaigns;
      expect(only?.candidates.filter(({ state }) => state === "evaluated")).toHaveLength(4);
    },
    3 * MINUTE_MS,
  );

  it.skipIf(process.platform !== "linux")(
    "keeps its chain when fsync fails, and says that nothing was stored",
    async () => {
      const notebook = join(folder, "fsync.sqlite");
      await write(notebook, { writes: 5 });
      const env = { LD_PRELOAD: shim!, ANSATZ_FAULT_FSYNC: "5" };
      const run = await write(notebook, { writes: 40, env });
      expect(run.refusals.length).toBeGreaterThan(0);
      const { findings, events } = verifyNotebook(notebook);
      expect(findings).toEqual([]);
      expect(events).toBeGreaterThanOrEqual(run.durable);
    },
    MINUTE_MS,
  );
});
