/** What someone with a database editor can change, and whether verification says so. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import Sqlite from "better-sqlite3";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Chemistry, openChemistry } from "#core/chemistry/chemistry.ts";
import { verifyNotebook } from "#core/notebook/evidence/verify.ts";
import { MIGRATIONS } from "#core/notebook/file/migrate.ts";
import { openNotebook } from "#core/notebook/notebook.ts";
import { createSigningKey } from "#core/notebook/signing.ts";
import { storeFingerprints, withoutFingerprint } from "#core/notebook/tables/fingerprints.ts";
import { addJob } from "#core/notebook/tables/jobs.ts";
import { CampaignSettings } from "#shared/campaign/campaign.ts";
import type { StageName } from "#shared/campaign/job.ts";
import { CampaignId } from "#shared/ids.ts";
import { writeSampleNotebook } from "../unit/core/notebook/sample-notebook.ts";

const passphrase = "four words or more";
let folder: string;
let original: string;
let chemistry: Chemistry;

/** The sample with what campaigns leave: a queue, fingerprints, a key; and one campaign that is under way. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "ansatz-attack-"));
  original = join(folder, "original.sqlite");
  writeSampleNotebook(original, { campaigns: 1, candidates: 6 });
  const filtersDirectory = fileURLToPath(new URL("../../resources/filters", import.meta.url));
  chemistry = await openChemistry({ filtersDirectory });
  let second = 0;
  const clock = () => new Date(Date.UTC(2026, 10, 23, 12, 0, second++));
  using notebook = openNotebook({ path: original, mode: "existing", clock, program: "test" });
  const { db } = notebook;
  const campaign = db.one(db.sql.selectFrom("campaign").select("uuid"))!.uuid as CampaignId;
  const job = (stage: StageName, ordinal: number, state: string, error: string | null = null): void => {
    addJob(db, { campaign, stage, ordinal });
    db.run(
      db.sql
        .updateTable("job")
        .set({ state, error, attempts: 1 })
        .where("stage", "=", stage)
        .where("ordinal", "=", ordinal),
    );
  };
  job("propose", 0, "succeeded");
  job("filter", 0, "succeeded");
  for (const ordinal of [0, 1, 2, 3]) {
    job("embed", ordinal, "succeeded");
    job("evaluate", ordinal, "succeeded");
  }
  job("embed", 4, "failed", "worker died");
  const running = CampaignId.parse("7b0a5c9e-52c1-4c3e-9d5a-1b2c3d4e5f60");
  notebook.transaction(() => {
    const settings = CampaignSettings.parse({ name: "under way" });
    notebook.append({ kind: "campaign-created", campaign: running, settings });
    notebook.append({ kind: "campaign-state", campaign: running, state: "running", error: null });
    addJob(db, { campaign: running, stage: "propose", ordinal: 0 });
  });
  const rows = withoutFingerprint(db, 100).map(({ molecule, smiles }) => {
    const made = chemistry.fingerprints(smiles);
    if (made.outcome !== "valid") throw new Error(smiles);
    return { molecule, ...made };
  });
  storeFingerprints(db, rows);
  await createSigningKey(notebook, { passphrase }, clock);
});
afterAll(() => rmSync(folder, { recursive: true }));

const verify = (path: string) => verifyNotebook(path, { fingerprints: chemistry.fingerprints });

let copies = 0;

/** A copy that someone changed, guards of the tables taken off and put back as they were. */
function changed(...statements: string[]): string {
  const path = join(folder, `changed-${++copies}.sqlite`);
  copyFileSync(original, path);
  const raw = new Sqlite(path);
  // As any other program opens it.
  raw.unsafeMode(true);
  raw.pragma("foreign_keys = OFF");
  const triggers = raw
    .prepare("SELECT name, tbl_name AS onTable, sql FROM sqlite_schema WHERE type = 'trigger'")
    .all() as {
    name: string;
    onTable: string;
    sql: string;
  }[];
  for (const { name } of triggers) raw.exec(`DROP TRIGGER "${name}"`);
  for (const statement of statements) raw.exec(statement);
  const typeOf = raw.prepare("SELECT type FROM sqlite_schema WHERE name = ?").pluck();
  for (const { name, onTable, sql } of triggers) {
    if (typeOf.get(onTable) === "table" && !statements.some((statement) => statement.includes(name)))
      raw.exec(sql);
  }
  raw.close();
  return path;
}

const findingsAfter = (...statements: string[]): string[] =>
  verify(changed(...statements)).findings.map(({ where, what }) => `${where}: ${what}`);

describe("verification", () => {
  it("finds nothing in what was not changed, and says what it does not cover", () => {
    const { ok, findings, remarks, notCovered } = verify(changed());
    expect({ ok, findings, remarks }).toEqual({ ok: true, findings: [], remarks: [] });
    expect(notCovered.join()).toMatch(/cut off.*times.*names of people.*queue/);
    expect(notCovered.join()).not.toMatch(/fingerprints|written anew/);
    expect(verifyNotebook(original).notCovered.join()).toMatch(/fingerprints/);
  });

  it.each([
    [
      "the text index rewritten",
      "INSERT INTO review_text(review_text, rowid, reason, comment, reviewer) SELECT 'delete', id, reason, comment, reviewer FROM review; INSERT INTO review_text(rowid, reason, comment, reviewer) SELECT id, reason, 'explodes', reviewer FROM review",
      /table review_text, row 1: is found by other words/,
    ],
    [
      "the text index emptied",
      "INSERT INTO review_text(review_text) VALUES ('delete-all')",
      /table review_text, row 1/,
    ],
    [
      "the lengths of texts, by which hits are ranked",
      "UPDATE review_text_docsize SET sz = x'010101'",
      /table review_text_docsize/,
    ],
    ["the settings of the text index", "INSERT INTO review_text_config VALUES ('rank', 'bm25(9)')", /config/],
    [
      "a fingerprint deleted",
      "DELETE FROM fingerprint WHERE molecule = 2",
      /table fingerprint, row 2: was removed/,
    ],
    [
      "two fingerprints swapped",
      "UPDATE fingerprint SET molecule = -molecule WHERE molecule IN (2, 3); UPDATE fingerprint SET molecule = 5 + molecule WHERE molecule < 0",
      /table fingerprint, row 2: is not that of .*\n.*row 3/,
    ],
    [
      "one kind of fingerprint emptied",
      "UPDATE fingerprint SET pattern = zeroblob(256) WHERE molecule = 3",
      /table fingerprint, row 3/,
    ],
    [
      "a fingerprint of no molecule",
      "INSERT INTO fingerprint VALUES (999, zeroblob(256), zeroblob(256))",
      /row 999: is of no molecule/,
    ],
    [
      "a job that the log ended put back into the queue",
      "UPDATE job SET state = 'queued' WHERE stage = 'evaluate' AND ordinal = 1",
      /evaluate 1 of campaign .*is queued, the log says succeeded/,
    ],
    [
      "a failed job said to have succeeded",
      "UPDATE job SET state = 'succeeded', error = NULL WHERE state = 'failed'",
      /embed 4 .*is succeeded, the log says failed/,
    ],
    ["another reason of a failure", "UPDATE job SET error = 'ugly' WHERE state = 'failed'", /another reason/],
    [
      "a job said to be done of which the log knows nothing",
      "UPDATE job SET state = 'succeeded' WHERE campaign = 2",
      /propose 0 .*is succeeded, the log says nothing of its end/,
    ],
    [
      "work that nothing leads to",
      "INSERT INTO job (campaign, stage, ordinal, rung, state) VALUES (2, 'evaluate', 7, 0, 'queued')",
      /evaluate 7 .*nothing in the log leads to it/,
    ],
    [
      "a job of a finished campaign removed",
      "DELETE FROM job WHERE stage = 'evaluate' AND ordinal = 0",
      /lacks evaluate 0/,
    ],
    [
      "waiting work of a running campaign cancelled",
      "UPDATE job SET state = 'succeeded' WHERE campaign = 2",
      /has no work left, and the log says that the campaign is running/,
    ],
    ["a job of no campaign", "UPDATE job SET campaign = 99 WHERE campaign = 2", /is of no campaign/],
    [
      "the secret half of the key deleted",
      "DELETE FROM secret",
      /key [0-9a-f]{64} .*secret half was removed/,
    ],
    [
      "the secret half of the key exchanged",
      "UPDATE secret SET box = replace(box, '\"N\":131072', '\"N\":131073')",
      /key [0-9a-f]{64} .*exchanged or changed/,
    ],
    ["the kind of its lock changed", "UPDATE secret SET protection = 'keychain'", /exchanged or changed/],
    [
      "a secret half under another key",
      "UPDATE secret SET key = zeroblob(32)",
      /of no key that the log knows/,
    ],
    ["a trigger dropped", "-- event_no_update", /schema, trigger event_no_update: was removed/],
    [
      "a trigger planted",
      "CREATE TRIGGER helpful AFTER INSERT ON review BEGIN UPDATE review SET verdict = 'reject'; END",
      /schema, trigger helpful: was added/,
    ],
    [
      "a trigger that does nothing any more",
      "CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT 1; END",
      /schema, trigger event_no_update: is defined in another way/,
    ],
    ["a table added", "CREATE TABLE notes (text TEXT)", /schema, table notes: was added/],
    ["a view added", "CREATE VIEW best AS SELECT * FROM candidate", /schema, view best: was added/],
    ["an index dropped", "DROP INDEX link_target", /schema, index link_target: was removed/],
    [
      "an index over something else",
      "DROP INDEX link_target; CREATE INDEX link_target ON link(role)",
      /schema, index link_target: is defined in another way/,
    ],
    [
      "a table turned into a view",
      "ALTER TABLE campaign RENAME TO hidden; CREATE VIEW campaign AS SELECT * FROM hidden",
      /schema, table campaign: is a view now/,
    ],
    [
      "a table without its constraints",
      "CREATE TABLE copy AS SELECT * FROM job; DROP TABLE job; ALTER TABLE copy RENAME TO job",
      /schema, table job: is defined in another way/,
    ],
    ["a column added", "ALTER TABLE candidate ADD COLUMN note TEXT", /schema, table candidate: is defined/],
    [
      "the number of the schema lowered",
      "PRAGMA user_version = 2",
      new RegExp(`user_version: says 2, the tables are those of schema ${MIGRATIONS.length}`),
    ],
    [
      "the number of the schema lowered by one",
      `PRAGMA user_version = ${MIGRATIONS.length - 1}`,
      /user_version: says/,
    ],
    ["the number of the schema set to nothing", "PRAGMA user_version = 0", /user_version: says 0/],
  ])("finds %s", (_, sql, expected) => {
    expect(findingsAfter(sql).join("\n")).toMatch(expected);
  });

  it("says, without calling it a change, that the last fingerprints are not made yet", () => {
    const { ok, remarks } = verify(changed("DELETE FROM fingerprint WHERE molecule > 3"));
    expect(ok).toBe(true);
    expect(remarks).toEqual([
      { where: "table fingerprint", what: expect.stringMatching(/none yet of the last 3 molecules/) },
    ]);
  });

  it.each(["event", "record", "campaign", "review", "molecule"])(
    "does not run a view without end in the place of the table %s, nor does opening",
    (table) => {
      const path = changed(
        `ALTER TABLE ${table} RENAME TO hidden_${table}`,
        `CREATE VIEW ${table} AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT hidden_${table}.* FROM n, hidden_${table}`,
      );
      const { ok, findings, notCovered, ...read } = verify(path);
      expect(ok).toBe(false);
      expect(read).toMatchObject({ events: 0, records: 0, blobs: 0, signed: null });
      expect(findings).toContainEqual({ where: `schema, table ${table}`, what: "is a view now" });
      expect(notCovered.join()).toMatch(/anything in the tables/);
      for (const mode of ["existing", "read-only"] as const)
        expect(() => openNotebook({ path, mode, clock: () => new Date(), program: "test" })).toThrow(
          expect.objectContaining({ code: "notebook-damaged" }),
        );
    },
  );

  it("writes through no planted trigger, and not past a dropped one", () => {
    for (const sql of [
      "CREATE TRIGGER helpful AFTER INSERT ON event BEGIN SELECT 1; END",
      "-- event_no_delete",
      "PRAGMA user_version = 3",
    ]) {
      const path = changed(sql);
      const before = readFileSync(path);
      expect(() =>
        openNotebook({ path, mode: "existing", clock: () => new Date(), program: "test" }),
      ).toThrow(/changed by another program.*notebook verify.*notebook restore/);
      expect(readFileSync(path).equals(before)).toBe(true);
    }
  });

  it("says that the clock was set back, and that a signature is older than what it covers", () => {
    const path = join(folder, "clock.sqlite");
    const times = ["12:00:00.000", "12:00:00.000", "11:59:59.500", "09:30:00.000", "09:30:01.000"];
    const clock = () => new Date(`2026-11-25T${times.shift() ?? "09:30:02.000"}Z`);
    {
      using notebook = openNotebook({ path, mode: "create", clock, program: "test" });
      for (const n of [1, 2, 3, 4]) {
        const campaign = CampaignId.parse(`7b0a5c9e-52c1-4c3e-9d5a-00000000000${n}`);
        const settings = CampaignSettings.parse({ name: `campaign ${n}` });
        notebook.append({ kind: "campaign-created", campaign, settings });
      }
    }
    const { ok, remarks } = verifyNotebook(path);
    expect(ok).toBe(true);
    expect(remarks).toEqual([{ where: "event 4", what: expect.stringMatching(/the clock was set back/) }]);
  });

  it("holds for the notebook of the first version, and says of its fingerprints what it did not look at", () => {
    const path = join(folder, "first-version.sqlite");
    const file = new URL("../fixtures/first-version-notebook.sqlite.gz", import.meta.url);
    writeFileSync(path, gunzipSync(readFileSync(file)));
    expect(verify(path)).toMatchObject({ ok: true, findings: [] });
  });
});
