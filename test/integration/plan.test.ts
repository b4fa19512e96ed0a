import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "ansatz-example-"));
afterAll(() => rmSync(folder, { recursive: true }));

interface Document {
  campaign: { id: string; settings: { name: string } };
  candidates: { name: string; status: string; value: number; rank: number }[];
  measured: { molecules: number; meanAbsoluteError: number }[];
}

function screen(): Document {
  const plan = join(process.cwd(), "docs/examples/small-organics.json");
  const where = ["--notebook", join(folder, "notebook.sqlite"), "--out", folder];
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [join(process.cwd(), "src/cli/main.ts"), "screen", plan, ...where, "--json"],
    { encoding: "utf8", cwd: folder },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

it("the plan of docs/examples runs from any folder, near what was measured, and is found again", () => {
  const first = screen();
  expect(first.campaign.settings.name).toBe("Ionisation of small organics");
  expect(first.candidates.map(({ name, status }) => [name, status])).toEqual([
    ["ethene", "evaluated"],
    ["methanethiol", "evaluated"],
    ["formamide", "evaluated"],
  ]);
  // Measured 10.68, 9.44 and 10.40 eV (McKechnie et al. 2015, doi:10.1063/1.4921037); MP2 is 0.3 to 0.4 eV off.
  expect(first.measured[0]?.molecules).toBe(3);
  expect(first.measured[0]?.meanAbsoluteError).toBeLessThan(0.6);
  expect(first.candidates[1]?.rank).toBe(3);
  expect(screen().campaign.id).toBe(first.campaign.id);
}, 120_000);
