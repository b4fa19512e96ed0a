/** A notebook to read, whichever version wrote it. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Database, openDatabase } from "../file/database.ts";
import { requireKnownProperties } from "../file/known-properties.ts";
import { MIGRATIONS, migrate, requireContents, schemaVersion } from "../file/migrate.ts";
import { requireOwnSchema } from "../file/schema-check.ts";
import { requireOwnLog } from "./left-over-log.ts";

/** A copy that this version can read; it goes when the database is closed. */
function upToDateCopy({ guard, path }: Database, version: number): Database {
  using opening = new DisposableStack();
  const folder = opening.adopt(mkdtempSync(join(tmpdir(), "ansatz-older-")), (made) =>
    rmSync(made, { recursive: true, force: true }),
  );
  const copy = join(folder, "notebook.sqlite");
  guard((connection) => connection.prepare("VACUUM INTO ?").run(copy));
  {
    using writable = openDatabase(copy, { readonly: false });
    writable.guard((connection) => migrate(connection, version));
  }
  const db = opening.use(openDatabase(copy, { readonly: true }));
  const held = opening.move();
  return { ...db, path, [Symbol.dispose]: () => held.dispose() };
}

/**
 * Opens a notebook's file, which stays as it is. One that an older version wrote is brought up to date in a temporary copy:
 * that costs its size in space and about a second a GB.
 *
 * @throws DomainError notebook-newer, notebook-damaged; not-supported for a file that holds nothing yet; disk-full
 */
export function openToRead(path: string): Database {
  requireOwnLog(path);
  using opening = new DisposableStack();
  const db = opening.use(openDatabase(path, { readonly: true }));
  const version = db.guard((connection) => {
    const found = schemaVersion(connection, path);
    requireOwnSchema(connection, { path, version: found, to: "read" });
    return found;
  });
  requireContents(version, path);
  db.guard((connection) => requireKnownProperties(connection, path));
  if (version < MIGRATIONS.length) return upToDateCopy(db, version);
  opening.move();
  return db;
}
