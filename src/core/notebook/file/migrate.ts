/** Brings a notebook to the newest schema; the number of migrations applied is SQLite's user_version. */
import type Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";
import { first } from "../migrations/0001-first.ts";
import { signatures } from "../migrations/0002-signatures.ts";
import { search } from "../migrations/0003-search.ts";
import { people } from "../migrations/0004-people.ts";
import { reasons } from "../migrations/0005-reasons.ts";
import { keys } from "../migrations/0006-keys.ts";
import { sources } from "../migrations/0007-sources.ts";
import { propertyValues } from "../migrations/0008-property-values.ts";
import { given } from "../migrations/0009-given.ts";
import { noValue } from "../migrations/0010-no-value.ts";
import { rungs } from "../migrations/0011-rungs.ts";
import { recovered } from "../migrations/0012-recovered.ts";
import { devices } from "../migrations/0013-devices.ts";
import { withdrawn } from "../migrations/0014-withdrawn.ts";
import { route } from "../migrations/0015-route.ts";
import { calculationIndex } from "../migrations/0016-calculations.ts";
import { keptViewTable } from "../migrations/0017-kept-views.ts";
import { withDescriptorColumns } from "./descriptor-migrations.ts";
import { HOW_TO_RESTORE } from "./sqlite-errors.ts";

/** In order of time; never changed, only added to. */
const WRITTEN: readonly string[] = [
  first,
  signatures,
  search,
  people,
  reasons,
  keys,
  sources,
  propertyValues,
  given,
  noValue,
  rungs,
  recovered,
  devices,
  withdrawn,
  route,
  calculationIndex,
  keptViewTable,
];

/** Those written by hand and, between them, one for each later descriptor: its column, at the number that its entry names. */
export const MIGRATIONS: readonly string[] = withDescriptorColumns(WRITTEN);

/** "Ansz": says in the file's header that it is a notebook of this program. */
export const APPLICATION_ID = 0x416e737a;

/** How many migrations a file has seen; 0 for a new one. @throws DomainError notebook-newer, notebook-damaged */
export function schemaVersion(connection: Sqlite.Database, path: string): number {
  const version = connection.pragma("user_version", { simple: true }) as number;
  const application = connection.pragma("application_id", { simple: true }) as number;
  const tables = connection.prepare("SELECT count(*) FROM sqlite_schema").pluck().get() as number;
  if (application !== APPLICATION_ID && tables > 0) {
    throw new DomainError(
      "notebook-damaged",
      `${path} is an SQLite file, but not an Ansatz notebook (application id ${application}, expected ${APPLICATION_ID}). Choose another file; this one was left untouched.`,
      { path, application },
    );
  }
  if (version < 0) {
    throw new DomainError(
      "notebook-damaged",
      `${path} is damaged: its schema has the number ${version}, expected 0 to ${MIGRATIONS.length}. Restore a backup ${HOW_TO_RESTORE}; this file was left untouched.`,
      { path, found: version },
    );
  }
  if (version > MIGRATIONS.length) {
    throw new DomainError(
      "notebook-newer",
      `${path} was written by a newer version of Ansatz (schema ${version}; this version knows up to ${MIGRATIONS.length}). Update Ansatz, or open another notebook; this one was left untouched.`,
      { path, found: version, known: MIGRATIONS.length },
    );
  }
  return version;
}

/** Refuses, for those who only read, a file that holds nothing yet. @throws DomainError not-supported */
export function requireContents(version: number, path: string): void {
  if (version > 0) return;
  const message = `${path} holds nothing yet: expected a notebook to read. Start a campaign to fill it.`;
  throw new DomainError("not-supported", message, { path });
}

/** Applies what is missing, each migration in one transaction. */
export function migrate(connection: Sqlite.Database, from: number, to = MIGRATIONS.length): void {
  for (const [offset, sql] of MIGRATIONS.slice(from, to).entries()) {
    connection.transaction(() => {
      connection.exec(sql);
      connection.pragma(`user_version = ${from + offset + 1}`);
      connection.pragma(`application_id = ${APPLICATION_ID}`);
    })();
  }
}
