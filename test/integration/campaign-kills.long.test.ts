/** A campaign on a device whose program is killed before any of its requests is answered, and begun again. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import type { Fault } from "../../src/qpu-server/faults.ts";
import { serveIonq } from "../../src/qpu-server/ionq-server.ts";

const run = promisify(execFile);
const MAIN = fileURLToPath(new URL("../../src/cli/main.ts", import.meta.url));
const KEY = "planted-key-of-kills";
const environment = { ...process.env, ANSATZ_IONQ_KEY: KEY };

const folder = mkdtempSync(join(tmpdir(), "ansatz-kills-"));
afterAll(() => rmSync(folder, { recursive: true }));
const molecules = join(folder, "own.smi");
writeFileSync(molecules, "C=O\nC#N\n");

const screen = (notebook: string): string[] => [
  ...[MAIN, "screen", "--library", molecules, "--basis", "sto-3g", "--active-space", "2e,2o"],
  ...["--set", "method=vqe", "--backend", "ionq", "--shots", "8000", "--threads", "1"],
  ...["--notebook", notebook, "--out", join(folder, "out"), "--json"],
];

describe("a campaign on a device that is killed", () => {
  // Spread over the about 60 requests of a campaign that nobody kills.
  it.each([0, 2, 4, 7, 11, 16, 22, 29, 37, 46])(
    "at request %i goes on with the jobs that it sent",
    async (n) => {
      const notebook = join(folder, `killed-${n}.sqlite`);
      let child: ChildProcess | undefined;
      let isKilled = false;
      let requests = 0;
      const faults = (): Fault | undefined => {
        if (isKilled || requests++ !== n) return undefined;
        isKilled = child?.kill("SIGKILL") ?? false;
        return { kind: "drop-after" };
      };
      await using server = await serveIonq({ key: KEY, faults });
      const at = ["--base-url", server.baseUrl, "--job-limit", "1000", "--notebook", notebook];
      await run(process.execPath, [MAIN, "qpu", "enable", "ionq", ...at], { env: environment });
      child = spawn(process.execPath, screen(notebook), { env: environment, stdio: "ignore" });
      await once(child, "exit");
      expect(isKilled).toBe(true);
      const { stdout } = await run(process.execPath, screen(notebook), {
        env: environment,
        maxBuffer: 64 * 1024 * 1024,
      });
      expect(JSON.parse(stdout).campaign.state).toBe("succeeded");
      // Two molecules with two states, each a pilot and an energy.
      const names = server.jobs.map(({ body }) => body.name);
      expect(new Set(names).size).toBe(names.length);
      const listed = await run(process.execPath, [MAIN, "qpu", "jobs", "--notebook", notebook, "--json"]);
      const { jobs } = JSON.parse(listed.stdout);
      expect(jobs.map(({ vendorId }: { vendorId: string }) => vendorId).sort()).toEqual(
        server.jobs.map(({ id }) => id).sort(),
      );
      expect(stdout).not.toContain("measured by the local sampler");
    },
  );
});
