/** One process writes evaluations while another lists: a candidate is evaluated exactly where its number is there. */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, expect, it } from "vitest";
import { openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { getCandidate, listCandidates } from "#core/notebook/tables/candidates.ts";
import type { CandidateRow } from "#shared/campaign/candidate.ts";
import { writeSampleNotebook } from "../unit/core/notebook/sample-notebook.ts";

const folder = mkdtempSync(join(tmpdir(), "ansatz-torn-"));
afterAll(() => rmSync(folder, { recursive: true }));

const LISTS = 3000;
const isWhole = ({ state, values }: CandidateRow): boolean =>
  (state === "evaluated") === (values["vertical-ionisation-energy"] !== undefined);

it("a list and a candidate are of one moment each", async () => {
  const path = join(folder, "notebook.sqlite");
  writeSampleNotebook(path, { campaigns: 1, candidates: 6 });
  const writer = fork(fileURLToPath(new URL("./evaluation-writer.ts", import.meta.url)), [path]);
  await new Promise((resolve) => writer.once("message", resolve));
  try {
    using notebook = openNotebook({ path, mode: "read-only", clock: () => new Date(), program: "test" });
    const id = listCampaigns(notebook.db)[0]!.id;
    const seen = new Set<string>();
    for (let n = 0; n < LISTS; n++) {
      const rows = listCandidates(notebook.db, id);
      expect(rows.filter((row) => !isWhole(row))).toEqual([]);
      const { row } = getCandidate(notebook.db, rows[0]!.id);
      expect(isWhole(row)).toBe(true);
      seen.add(row.state);
    }
    // Otherwise nothing was written between two reads and nothing was shown.
    expect(seen.size).toBe(2);
  } finally {
    writer.kill("SIGKILL");
  }
});
