/** Whether a file's campaigns ask for properties that this version knows: a newer one brings no migration with it. */
import type Sqlite from "better-sqlite3";
import { DomainError } from "#shared/errors.ts";
import { findProperty, PROPERTY_IDS } from "#shared/properties/find.ts";

const ASKED_FOR = `SELECT DISTINCT json_extract(settings, '$.evaluation.property')
  FROM campaign WHERE json_valid(settings) AND json_extract(settings, '$.evaluation.property') IS NOT NULL`;

/** @throws DomainError notebook-newer */
export function requireKnownProperties(connection: Sqlite.Database, path: string): void {
  const unknown = connection
    .prepare(ASKED_FOR)
    .pluck()
    .all()
    .filter((id) => !findProperty(id));
  if (unknown.length === 0) return;
  throw new DomainError(
    "notebook-newer",
    `${path} holds campaigns of a property that this version does not know (${unknown.join(", ")}; it knows ${PROPERTY_IDS.join(", ")}). Update Ansatz, or open another notebook; this one was left untouched.`,
    { path, unknown: unknown.map(String) },
  );
}
