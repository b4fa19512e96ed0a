import { copyFileSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { listCampaigns } from "#core/notebook/tables/campaigns.ts";
import { listCandidates } from "#core/notebook/tables/candidates.ts";
import { createReviewDesk } from "#core/orchestration/desks/review.ts";
import { writeSampleNotebook } from "../sample-notebook.ts";

let folder: string;
let original: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-verify-"));
  original = join(folder, "original.sqlite");
  writeSampleNotebook(original, { campaigns: 2, candidates: 6 });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Changes a copy as someone with a database tool could, guards taken off first; what verification says of it. */
function findingsAfter(sql: string): string[] {
  const path = join(folder, "tampered.sqlite");
  copyFileSync(original, path);
  const raw = new Sqlite(path);
  for (const name of raw.prepare("SELECT name FROM sqlite_schema WHERE type = 'trigger'").pluck().all()) {
    raw.exec(`DROP TRIGGER "${name}"`);
  }
  raw.pragma("foreign_keys = OFF");
  expect(raw.prepare(sql).run().changes).toBeGreaterThan(0);
  raw.close();
  return verifyNotebook(path).findings.map(({ where, what }) => `${where}: ${what}`);
}

describe("verification", () => {
  it("finds nothing in a notebook that is as it was written", () => {
    const raw = new Sqlite(original, { readonly: true });
    const count = (table: string) => raw.prepare(`SELECT count(*) FROM ${table}`).pluck().get();
    const [records, blobs] = [count("record"), count("blob")];
    raw.close();
    expect(records).toBeGreaterThan(0);
    expect(verifyNotebook(original)).toMatchObject({ ok: true, findings: [], records, blobs });
  });

  it.each([
    [
      "a changed record",
      "UPDATE record SET content = replace(content, '\"nll\":0', '\"nll\":9') WHERE id = 3",
      /record 3 \(.*content, links or parts were changed/,
    ],
    [
      "a record in other words",
      "UPDATE record SET content = content || ' ' WHERE id = 3",
      /record 3 .*canonically/,
    ],
    ["a removed record", "DELETE FROM record WHERE id = 4", /sealed \d+ records, \d+ are there/],
    [
      "an inserted record",
      "INSERT INTO record SELECT 9999, zeroblob(32), kind, content, event FROM record WHERE id = 3",
      /record 9999/,
    ],
    ["a redirected link", "UPDATE link SET target = 1 WHERE source = 4", /record 4 .*were changed/],
    ["a removed link", "DELETE FROM link WHERE source = 4", /record 4 .*were changed/],
    ["a changed part", "UPDATE blob SET bytes = zeroblob(length(bytes)) WHERE id = 2", /blob 2: /],
    ["an exchanged part", "UPDATE part SET blob = 1 WHERE blob = 2", /record \d+ .*were changed/],
    [
      "a changed event",
      "UPDATE event SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 3",
      /event 3: does not fit the chain/,
    ],
    [
      "a changed reviewer",
      `UPDATE event SET body = replace(body, 'campaign', 'Campaign') WHERE seq = 3`,
      /event 3/,
    ],
    ["a removed event", "DELETE FROM event WHERE seq = 3", /event 4: follows event 2/],
    [
      "two records in each other's places",
      "UPDATE record SET event = (SELECT max(event) FROM record) WHERE id = (SELECT min(id) FROM record)",
      /record \d+ \(.*is out of order/,
    ],
    ["a record moved to another event", "UPDATE record SET event = 2 WHERE id = 3", /event \d+: sealed/],
    [
      "a changed energy in the table",
      "UPDATE candidate_value SET value = 0.5",
      /table candidate_value, row \d+: says something that the log does not/,
    ],
    ["a verdict only the table knows", "UPDATE review SET verdict = 'shortlist'", /table review/],
    [
      "a candidate hidden from the table",
      "DELETE FROM candidate WHERE idx = 2 AND campaign = 1",
      /table candidate, row \d+: does not say what the log says/,
    ],
    [
      "a result under another key",
      "UPDATE result SET key = zeroblob(32) WHERE record = (SELECT min(record) FROM result)",
      /table result/,
    ],
  ])("finds %s and says where", (_, sql, expected) => {
    expect(findingsAfter(sql).join("\n")).toMatch(expected);
  });

  it("understands a verdict that was withdrawn, and finds it put back", () => {
    const path = join(folder, "withdrawn.sqlite");
    copyFileSync(original, path);
    const at = "2026-11-30T12:00:00.000Z";
    {
      using notebook = openNotebook({ path, mode: "existing", clock: () => new Date(at), program: "test" });
      const desk = createReviewDesk({ notebook, clock: () => new Date(at) });
      const [campaign] = listCampaigns(notebook.db);
      const row = listCandidates(notebook.db, campaign!.id).find(({ review }) => review !== null);
      const { candidateId, reviewer } = row!.review!;
      desk.review({ candidateId, reviewer, verdict: "withdrawn", reason: "", comment: "", at });
    }
    expect(verifyNotebook(path)).toMatchObject({ ok: true, findings: [] });
    const raw = new Sqlite(path);
    raw.exec("UPDATE candidate SET review = (SELECT min(id) FROM review WHERE candidate = candidate.id)");
    raw.close();
    expect(
      verifyNotebook(path)
        .findings.map(({ where }) => where)
        .join(),
    ).toMatch(/table candidate/);
  });

  it("finds two events that changed places", () => {
    const swap = `UPDATE event SET
      body = (SELECT body FROM event AS o WHERE o.seq = 7 - event.seq),
      kind = (SELECT kind FROM event AS o WHERE o.seq = 7 - event.seq) WHERE seq IN (3, 4)`;
    expect(findingsAfter(swap).join("\n")).toMatch(/event 3/);
  });
});
