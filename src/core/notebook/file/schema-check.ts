/** Are the tables, indices and triggers of a file those that the migrations make? What they make is made anew to compare. */
import Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import { MIGRATIONS, migrate } from "./migrate.ts";
import { HOW_TO_RESTORE } from "./sqlite-errors.ts";

interface SchemaObject {
  type: string;
  name: string;
  sql: string;
}

/** Of SQLite's own: statistics, which only say how to search, and indices that a table's definition brings with it. */
const isImplied = ({ type, name, sql }: SchemaObject): boolean =>
  (type === "table" && /^sqlite_stat\d$/.test(name)) || (type === "index" && sql === "");

/** What a file holds, by name. SQLite itself writes the tables below a virtual one: of these the name counts. */
function objectsOf(connection: Sqlite.Database): Map<string, SchemaObject> {
  const rows = connection
    .prepare("SELECT type, name, coalesce(sql, '') AS sql FROM sqlite_schema")
    .all() as SchemaObject[];
  const virtual = rows.filter(({ sql }) => /^CREATE VIRTUAL TABLE/i.test(sql)).map(({ name }) => name);
  const isBelow = (name: string): boolean => virtual.some((table) => name.startsWith(`${table}_`));
  return new Map(
    rows
      .filter((row) => !isImplied(row))
      .map((row) => [row.name, isBelow(row.name) && row.type === "table" ? { ...row, sql: "" } : row]),
  );
}

const made = new Map<number, Map<string, SchemaObject>>();

/** What a new file holds after so many migrations. */
function expectedAt(version: number): Map<string, SchemaObject> {
  const known = made.get(version);
  if (known) return known;
  const connection = new Sqlite(":memory:");
  try {
    migrate(connection, 0, version);
    const objects = objectsOf(connection);
    made.set(version, objects);
    return objects;
  } finally {
    connection.close();
  }
}

interface Difference extends Finding {
  type: string;
  how: "missing" | "added" | "changed";
}

function* differences(
  found: ReadonlyMap<string, SchemaObject>,
  expected: ReadonlyMap<string, SchemaObject>,
): Generator<Difference> {
  for (const [name, { type, sql }] of expected) {
    const where = `schema, ${type} ${name}`;
    const got = found.get(name);
    if (!got) yield { where, type, how: "missing", what: "was removed" };
    else if (got.type !== type) yield { where, type, how: "changed", what: `is a ${got.type} now` };
    else if (got.sql !== sql) yield { where, type, how: "changed", what: "is defined in another way" };
  }
  for (const [name, { type }] of found) {
    if (!expected.has(name))
      yield { where: `schema, ${type} ${name}`, type, how: "added", what: "was added by another program" };
  }
}

interface SchemaCheck {
  findings: Finding[];
  /** Whether the tables are what their names say. */
  readable: boolean;
  /** Whether what is written does what it should and nothing else. */
  writable: boolean;
}

/** @param version how many migrations the file says that it has seen */
export function checkSchema(connection: Sqlite.Database, version: number): SchemaCheck {
  const found = objectsOf(connection);
  const all = [...differences(found, expectedAt(version))];
  if (all.length === 0) return { findings: [], readable: true, writable: true };
  const fitting =
    MIGRATIONS.findLastIndex((_, i) => differences(found, expectedAt(i + 1)).next().done === true) + 1;
  if (fitting > 0) {
    const what = `says ${version}, the tables are those of schema ${fitting}: the number was changed`;
    return { findings: [{ where: "schema, user_version", what }], readable: false, writable: false };
  }
  const isTable = ({ type, how }: Difference): boolean => type === "table" && how !== "added";
  const acts = ({ type, how }: Difference): boolean => how !== "added" || type === "trigger";
  return {
    findings: all.map(({ where, what }) => ({ where, what })),
    readable: !all.some(isTable) && version > 0,
    writable: !all.some(acts) && version > 0,
  };
}

/** @throws DomainError notebook-damaged where another program changed what would be read or written through */
export function requireOwnSchema(
  connection: Sqlite.Database,
  { path, version, to }: { path: string; version: number; to: "read" | "write" },
): void {
  const { findings, readable, writable } = checkSchema(connection, version);
  if (to === "read" ? readable : writable) return;
  const named = findings.slice(0, 3).map(({ where, what }) => `${where} ${what}`);
  const message = `${path} was changed by another program (${named.join("; ")}) and is not ${to === "read" ? "read" : "written to"}. See all with \`ansatz notebook verify\`; restore a backup ${HOW_TO_RESTORE}, or save what can be read with \`ansatz notebook salvage\`.`;
  throw new DomainError("notebook-damaged", message, { path, sqlite: named.join("; ") });
}
