/**
 * One connection to the notebook's file. Queries are built and typed by Kysely and run at once by better-sqlite3:
 * without an await inside a transaction nothing can come between its statements.
 */
import assert from "node:assert/strict";
import Sqlite from "better-sqlite3";
import {
  type Compilable,
  type CompiledQuery,
  DummyDriver,
  type Insertable,
  Kysely,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from "kysely";
import type { Schema } from "./schema.ts";
import { explained } from "./sqlite-errors.ts";

export interface Database extends Disposable {
  readonly path: string;
  /** Builds queries; running them is all, one and run. */
  readonly sql: Kysely<Schema>;
  all<Row>(query: Compilable<Row>): Row[];
  /** One row after the other, for what would not fit into memory at once. */
  each<Row>(query: Compilable<Row>): Generator<Row, void, undefined>;
  one<Row>(query: Compilable<Row>): Row | undefined;
  run(query: Compilable<unknown>): void;
  /** Adds a row; its id. */
  insert<Table extends keyof Schema & string>(table: Table, row: Insertable<Schema[Table]>): number;
  /** Runs work on the connection itself; failures that a person can act on become DomainErrors. */
  guard<T>(work: (connection: Sqlite.Database) => T): T;
  /** All or nothing; may be nested. */
  transaction<T>(work: () => T): T;
  /** All reads see the notebook as it is at the first one, whatever another process writes meanwhile. */
  snapshot<T>(read: () => T): T;
}

/** The row of a query that always has one, such as a count. */
export function only<Row>(db: Pick<Database, "one">, query: Compilable<Row>): Row {
  const row = db.one(query);
  if (row === undefined) throw new Error(`a query that always has a row had none: ${query.compile().sql}`);
  return row;
}

/** Statements kept prepared; beyond this many the cache starts anew. */
const STATEMENT_CACHE = 300;

const builder = new Kysely<Schema>({
  dialect: {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new SqliteIntrospector(database),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  },
});

/** Insertions by table and columns: building one anew for each row costs more than running it. */
const insertions = new Map<string, string>();

/**
 * A query that is built once and then only filled in.
 *
 * @param build must use each argument once, in order, and nothing else that varies
 */
export function template<Args extends readonly unknown[], Row>(
  build: (sql: Kysely<Schema>, ...args: Args) => Compilable<Row>,
): (...args: Args) => Compilable<Row> {
  let built: CompiledQuery<Row> | undefined;
  return (...args) => {
    built ??= build(builder, ...args).compile();
    assert.equal(built.parameters.length, args.length);
    const query = { ...built, parameters: args };
    return { compile: () => query };
  };
}

function configure(connection: Sqlite.Database): void {
  connection.pragma("synchronous = FULL");
  connection.pragma("foreign_keys = ON");
  connection.pragma("trusted_schema = OFF");
  connection.pragma("cache_size = -64000");
}

function openConnection(path: string, readonly: boolean): Sqlite.Database {
  const opened = new Sqlite(path, { readonly, timeout: 5000 });
  try {
    configure(opened);
  } catch (error) {
    opened.close();
    throw error;
  }
  return opened;
}

/** Prepares each text once, as long as there is room. */
function statementCache(connection: Sqlite.Database): (text: string) => Sqlite.Statement {
  const statements = new Map<string, Sqlite.Statement>();
  return (text) => {
    const known = statements.get(text);
    if (known) return known;
    if (statements.size >= STATEMENT_CACHE) statements.clear();
    const statement = connection.prepare(text);
    statements.set(text, statement);
    return statement;
  };
}

function insertionOf(table: keyof Schema & string, row: object): string {
  const key = `${table} ${Object.keys(row).join()}`;
  const known = insertions.get(key);
  if (known !== undefined) return known;
  const { sql } = builder
    .insertInto<keyof Schema>(table)
    .values(row as never)
    .compile();
  insertions.set(key, sql);
  return sql;
}

/**
 * Opens a file as an SQLite database with full synchronisation and foreign keys; nothing is written yet.
 *
 * @throws DomainError disk-full, notebook-damaged, notebook-locked or conflict, here and in every later call
 */
export function openDatabase(path: string, { readonly }: { readonly: boolean }): Database {
  const fail = (error: unknown): never => {
    throw explained(error, path);
  };
  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      return fail(error);
    }
  };
  const connection = guarded(() => openConnection(path, readonly));
  // Made once: making a transaction costs more than an event does.
  const inTransaction = connection.transaction((work: () => unknown) => work());
  const prepared = statementCache(connection);
  const run = (sql: string, parameters: readonly unknown[]) =>
    guarded(() => prepared(sql).run(...parameters));
  return {
    path,
    sql: builder,
    all: <Row>(query: Compilable<Row>) =>
      guarded(() => {
        const { sql, parameters } = query.compile();
        return prepared(sql).all(...parameters) as Row[];
      }),
    *each<Row>(query: Compilable<Row>) {
      const { sql, parameters } = query.compile();
      try {
        // Not from the cache: a statement that is being read must not be run by someone else.
        yield* connection.prepare(sql).iterate(...parameters) as IterableIterator<Row>;
      } catch (error) {
        fail(error);
      }
    },
    one: <Row>(query: Compilable<Row>) =>
      guarded(() => {
        const { sql, parameters } = query.compile();
        return prepared(sql).get(...parameters) as Row | undefined;
      }),
    run(query) {
      const { sql, parameters } = query.compile();
      run(sql, parameters);
    },
    insert: (table, row) => Number(run(insertionOf(table, row), Object.values(row)).lastInsertRowid),
    guard: <T>(work: (connection: Sqlite.Database) => T): T =>
      guarded(() => {
        const done = work(connection);
        return done instanceof Promise ? (done.catch(fail) as T) : done;
      }),
    transaction: <T>(work: () => T) => guarded(() => inTransaction.immediate(work) as T),
    snapshot: <T>(read: () => T) => guarded(() => inTransaction.deferred(read) as T),
    [Symbol.dispose]: () => connection.close(),
  };
}

export const sqliteVersion = (db: Database): string =>
  db.guard((connection) => connection.prepare("SELECT sqlite_version()").pluck().get() as string);
