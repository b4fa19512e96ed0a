/** The tables that people query, made anew from the evidence alone. */
import { pathToFileURL } from "node:url";
import { type Database, openDatabase } from "./database.ts";
import { NotebookEvent } from "./event.ts";
import { migrate } from "./migrate.ts";
import { project } from "./projection.ts";
import type { Finding } from "./verify-evidence.ts";

/** Derived from the evidence by projection; job is work in hand and left out. */
export const DERIVED_TABLES = ["campaign", "molecule", "candidate", "review", "execution", "result"] as const;

const EVIDENCE_FOR_TABLES = ["event", "record", "link"] as const;

/** Attaches a notebook's file, untouched, under the name "source" to an empty database that has its evidence. */
function copyOfEvidence(path: string): Database {
  const copy = openDatabase(":memory:", { readonly: false });
  copy.guard((connection) => {
    migrate(connection, 0);
    connection.prepare("ATTACH ? AS source").run(`${pathToFileURL(path).href}?mode=ro`);
    for (const table of EVIDENCE_FOR_TABLES) {
      connection.exec(`INSERT INTO main.${table} SELECT * FROM source.${table}`);
    }
  });
  return copy;
}

/** Rebuilds the derived tables in memory; what cannot be projected is reported and left out. */
export function* rebuild(path: string): Generator<Finding, Database> {
  const copy = copyOfEvidence(path);
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

/** How many differing rows of a table are named. */
const NAMED_ROWS = 20;

/** Compares the derived tables of a file with those made anew from its evidence. */
export function* checkTables(path: string): Generator<Finding> {
  using made = yield* rebuild(path);
  for (const table of DERIVED_TABLES) {
    yield* made.guard((connection) => {
      const rows = (from: string, but: string): unknown[][] =>
        connection
          .prepare(`SELECT * FROM ${from}.${table} EXCEPT SELECT * FROM ${but}.${table} LIMIT ${NAMED_ROWS}`)
          .raw()
          .all() as unknown[][];
      const named = (row: unknown[], what: string): Finding => {
        const key = Buffer.isBuffer(row[0]) ? row[0].toString("hex") : String(row[0]);
        return { where: `table ${table}, row ${key}`, what };
      };
      return [
        ...rows("source", "main").map((row) => named(row, "says something that the log does not")),
        ...rows("main", "source").map((row) => named(row, "does not say what the log says")),
      ];
    });
  }
}
