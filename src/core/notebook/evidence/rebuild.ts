/** The tables that people query, made anew from the evidence alone. */

import { StoredCampaignSettings } from "#shared/campaign/campaign.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import { type Database, openDatabase } from "../file/database.ts";
import { migrate } from "../file/migrate.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import { NotebookEvent } from "../proof/event.ts";
import { project } from "../tables/projection.ts";
import { checkJobs } from "./verify-jobs.ts";

/** Derived from the evidence by projection; what job says of work that came to its end is compared apart. */
const DERIVED_TABLES = [
  "campaign",
  "molecule",
  "candidate",
  "candidate_value",
  "review",
  "execution",
  "result",
] as const;

/** What projection reads. */
const EVIDENCE_FOR_TABLES = ["event", "record", "link"] as const;

/** What the text index keeps beside its words: lengths of the texts, and its settings. */
const TEXT_INDEX = ["review_text_docsize", "review_text_config"] as const;

type Row = readonly unknown[];

/** All rows of a table, in order of its first columns. */
const rowsOf = (db: Database, table: string): Iterable<Row> =>
  db.guard((connection) => {
    const width = (connection.pragma(`table_info(${table})`) as unknown[]).length;
    const order = Array.from({ length: Math.min(width, 3) }, (_, i) => i + 1).join(", ");
    return connection.prepare(`SELECT * FROM ${table} ORDER BY ${order}`).raw().iterate() as Iterable<Row>;
  });

/** A database in memory with the evidence of another and empty tables. */
function copyOfEvidence(source: Database): Database {
  const copy = openDatabase(":memory:", { readonly: false });
  copy.guard((connection) => {
    migrate(connection, 0);
    // What is missing or double in the source is found by the checks of the evidence; here it must not stop the others.
    connection.pragma("foreign_keys = OFF");
    for (const table of EVIDENCE_FOR_TABLES) {
      const width = (connection.pragma(`table_info(${table})`) as unknown[]).length;
      const insert = connection.prepare(
        `INSERT OR IGNORE INTO ${table} VALUES (${Array(width).fill("?").join(", ")})`,
      );
      connection.transaction(() => {
        for (const row of rowsOf(source, table)) insert.run(...row);
      })();
    }
  });
  return copy;
}

/** Rebuilds the derived tables in memory; what cannot be projected is reported and left out. */
export function* rebuild(source: Database): Generator<Finding, Database> {
  const copy = copyOfEvidence(source);
  for (const { seq, at, kind, body } of copy.all(copy.sql.selectFrom("event").selectAll().orderBy("seq"))) {
    try {
      const event = NotebookEvent.parse({ kind, ...(JSON.parse(body) as object) });
      copy.transaction(() => project(copy, { seq, at, event }));
    } catch (error) {
      yield { where: `event ${seq}`, what: `cannot be carried into the tables: ${String(error)}` };
    }
  }
  return copy;
}

const spelled = (value: unknown): string => (Buffer.isBuffer(value) ? value.toString("hex") : String(value));
const text = (row: Row): string =>
  JSON.stringify(row.map((value) => (Buffer.isBuffer(value) ? spelled(value) : value)));

/** Rows that only one of two tables has, compared whole. */
function* differences(table: string, stored: Iterable<Row>, made: Iterable<Row>): Generator<Finding> {
  const expected = new Map<string, Row>();
  for (const row of made) expected.set(text(row), row);
  const named = (row: Row, what: string): Finding => ({
    where: `table ${table}, row ${spelled(row[0])}`,
    what,
  });
  for (const row of stored) {
    if (!expected.delete(text(row))) yield named(row, "says something that the log does not");
  }
  for (const row of expected.values()) yield named(row, "does not say what the log says");
}

/** Every word of the text index with the review it stands in: the index itself, not the texts that it was made of. */
const wordsOf = (db: Database): Iterable<Row> =>
  db.guard((connection) => {
    connection.exec(
      "CREATE VIRTUAL TABLE IF NOT EXISTS temp.word USING fts5vocab(main, review_text, instance)",
    );
    return connection
      .prepare("SELECT doc, term, col, offset FROM temp.word")
      .raw()
      .iterate() as Iterable<Row>;
  });

function* checkWords(stored: Database, made: Database): Generator<Finding> {
  const reviews = new Set<string>();
  for (const { where } of differences("review_text", wordsOf(stored), wordsOf(made))) reviews.add(where);
  for (const where of reviews)
    yield { where, what: "is found by other words than it was written in: the index of texts was changed" };
}

/** Which column holds a campaign's settings. */
const SETTINGS = 2;

/** Settings as they are read: what they did not know of when they were written has its default. */
function* asRead(campaigns: Iterable<Row>): Generator<Row> {
  for (const row of campaigns) {
    const settings = StoredCampaignSettings.safeParse(JSON.parse(String(row[SETTINGS])));
    yield settings.success ? row.with(SETTINGS, canonicalJson(settings.data)) : row;
  }
}

/** Compares the derived tables, the text index and the queue with what the evidence says. */
export function* checkTables(db: Database): Generator<Finding> {
  using made = yield* rebuild(db);
  for (const table of DERIVED_TABLES) {
    const rows = (of: Database) => (table === "campaign" ? asRead(rowsOf(of, table)) : rowsOf(of, table));
    yield* differences(table, rows(db), rows(made));
  }
  for (const part of TEXT_INDEX) yield* differences(part, rowsOf(db, part), rowsOf(made, part));
  yield* checkWords(db, made);
  yield* checkJobs(db, made);
}
