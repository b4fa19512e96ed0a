/** SQLite itself as the floor: the same rows put into the same tables by better-sqlite3 alone, without hashes or provenance. */
import Sqlite from "better-sqlite3";

/** As the notebook sets it. */
function configure(connection: Sqlite.Database): void {
  connection.pragma("journal_mode = WAL");
  connection.pragma("synchronous = FULL");
  connection.pragma("cache_size = -64000");
}

const TABLES = "SELECT name, sql FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
const INDEXES = "SELECT sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";

/** Tables with their own file format, and those of the full-text index. */
const isPlain = ({ name, sql }: { name: string; sql: string }): boolean =>
  !name.startsWith("review_text") && !sql.startsWith("CREATE VIRTUAL");

/** An insertion for one table and all of its rows, ready to be put in. */
export interface Insertions {
  insert: Sqlite.Statement;
  rows: unknown[][];
}

/** The tables and indexes of a notebook in a new file, and its rows in memory; closed by the caller. */
export function emptyCopy(from: string, to: string, only?: string): [Sqlite.Database, Insertions[]] {
  const source = new Sqlite(from, { readonly: true });
  const target = new Sqlite(to);
  configure(target);
  target.pragma("foreign_keys = OFF");
  const all = (source.prepare(TABLES).all() as { name: string; sql: string }[]).filter(isPlain);
  const tables = all.filter(({ name }) => only === undefined || name === only);
  for (const { sql } of tables) target.exec(sql);
  if (only === undefined) for (const sql of source.prepare(INDEXES).pluck().all()) target.exec(sql as string);
  const insertions = tables.flatMap(({ name }) => {
    const rows = source.prepare(`SELECT * FROM ${name}`).raw().all() as unknown[][];
    if (!rows[0]) return [];
    const places = rows[0].map(() => "?").join();
    return [{ insert: target.prepare(`INSERT INTO ${name} VALUES (${places})`), rows }];
  });
  source.close();
  return [target, insertions];
}

/** Puts rows in, so many a transaction. */
export function insertAll(target: Sqlite.Database, { insert, rows }: Insertions, batch: number): void {
  const put = target.transaction((some: unknown[][]) => {
    for (const row of some) insert.run(...row);
  });
  for (let at = 0; at < rows.length; at += batch) put(rows.slice(at, at + batch));
}

/** Everything that the candidate table shows, as plain rows. */
export function selectCandidates(path: string): unknown[] {
  const source = new Sqlite(path, { readonly: true });
  try {
    return source
      .prepare(`SELECT * FROM candidate JOIN campaign ON campaign.id = candidate.campaign
        LEFT JOIN molecule ON molecule.id = candidate.molecule LEFT JOIN review ON review.id = candidate.review
        ORDER BY candidate.idx`)
      .all();
  } finally {
    source.close();
  }
}
