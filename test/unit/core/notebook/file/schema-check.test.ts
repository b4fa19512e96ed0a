import Sqlite from "better-sqlite3";
import { expect, it } from "vitest";
import { MIGRATIONS } from "#core/notebook/file/migrate.ts";
import { checkSchema, requireOwnSchema } from "#core/notebook/file/schema-check.ts";
import { sampleNotebook } from "../sample-notebook.ts";

const NEWEST = MIGRATIONS.length;

/** What is said of a notebook after some statements, at the number of a schema. */
function checked(statements: string, version: number) {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 1 });
  return notebook.db.guard((connection) => {
    connection.exec(statements);
    return checkSchema(connection, version);
  });
}

it("the tables of another program are neither read nor written", () => {
  const foreign = new Sqlite(":memory:");
  foreign.exec("CREATE TABLE stock (id INTEGER PRIMARY KEY, name TEXT)");
  expect(checkSchema(foreign, 0)).toMatchObject({ readable: false, writable: false });
  foreign.close();
});

it.each([
  ["as they were made", "", { readable: true, writable: true, findings: [] }],
  ["with a table more", "CREATE TABLE extra (a)", { readable: true, writable: true }],
  [
    "with a trigger more",
    "CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END",
    { readable: true, writable: false },
  ],
  ["without one", "DROP TABLE fingerprint", { readable: false, writable: false }],
])("tables %s: %s", (_, statements, expected) => {
  expect(checked(statements, NEWEST)).toMatchObject(expected);
});

it("a notebook with a trigger more is read, but not written to", () => {
  using notebook = sampleNotebook(":memory:", { campaigns: 1, candidates: 1 });
  notebook.db.guard((connection) => {
    connection.exec("CREATE TRIGGER t AFTER INSERT ON event BEGIN SELECT 1; END");
    const of = { path: "notebook.sqlite", version: NEWEST };
    expect(() => requireOwnSchema(connection, { ...of, to: "read" })).not.toThrow();
    expect(() => requireOwnSchema(connection, { ...of, to: "write" })).toThrow(/is not written to/);
  });
});

it("tables under another schema's number are neither read nor written", () => {
  expect(checked("", NEWEST - 1)).toMatchObject({ readable: false, writable: false });
});
