/** The records of the provenance graph in the database: written once by the event that seals them, then only read. */
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { type Database, template } from "../file/database.ts";
import { canonicalJson, type JsonObject } from "../proof/canonical-json.ts";
import { fromHex, toHex } from "../proof/hash.ts";
import type { NotebookRecord, RecordKind } from "../proof/record.ts";
import { storeBlob, unpackBlob } from "./blobs.ts";

const notFound = (what: string): DomainError =>
  new DomainError("not-found", `The notebook holds no record ${what}; it may be in another notebook.`, {
    what,
  });

const idByHash = template((sql, hash: Buffer) =>
  sql.selectFrom("record").select("id").where("hash", "=", hash),
);

function findRecordId(db: Database, hash: Sha256): number | undefined {
  return db.one(idByHash(fromHex(hash)))?.id;
}

export function recordId(db: Database, hash: Sha256): number {
  const id = findRecordId(db, hash);
  if (id === undefined) throw notFound(hash);
  return id;
}

/** Those of the records that the notebook does not hold yet, each once, in order. */
export function newRecords(db: Database, records: readonly NotebookRecord[]): NotebookRecord[] {
  const seen = new Set<Sha256>();
  return records.filter(({ hash }) => {
    if (seen.has(hash) || findRecordId(db, hash) !== undefined) return false;
    seen.add(hash);
    return true;
  });
}

/**
 * Stores a record that is not there yet, with its links and parts; what it links to must be there.
 *
 * @param ids of records that the same event sealed before it, to which it is added: they need not be looked up
 */
export function insertRecord(
  db: Database,
  record: NotebookRecord,
  { event, ids }: { event: number; ids: Map<Sha256, number> },
): void {
  const source = db.insert("record", {
    hash: fromHex(record.hash),
    kind: record.kind,
    content: canonicalJson(record.content),
    event,
  });
  for (const { role, target } of record.links) {
    db.insert("link", { source, role, target: ids.get(target) ?? recordId(db, target) });
  }
  ids.set(record.hash, source);
  for (const [name, bytes] of Object.entries(record.parts)) {
    db.insert("part", { record: source, name, blob: storeBlob(db, bytes) });
  }
}

export interface StoredRecord {
  id: number;
  hash: Sha256;
  kind: RecordKind;
  content: JsonObject;
  /** The event that sealed it. */
  event: number;
}

const columns = ["id", "hash", "kind", "content", "event"] as const;

const stored = (row: {
  id: number;
  hash: Buffer;
  kind: string;
  content: string;
  event: number;
}): StoredRecord => ({
  id: row.id,
  hash: toHex(row.hash),
  kind: row.kind as RecordKind,
  content: JSON.parse(row.content) as JsonObject,
  event: row.event,
});

const byId = template((sql, id: number) => sql.selectFrom("record").select(columns).where("id", "=", id));

export function readRecord(db: Database, id: number): StoredRecord {
  const row = db.one(byId(id));
  if (!row) throw notFound(`number ${id}`);
  return stored(row);
}

const ofRecord = ["record.id", "record.hash", "record.kind", "record.content", "record.event"] as const;

const targets = template((sql, source: number, role: string) =>
  sql
    .selectFrom("link")
    .innerJoin("record", "record.id", "link.target")
    .select(ofRecord)
    .where("link.source", "=", source)
    .where("link.role", "=", role)
    .orderBy("record.id"),
);

const sources = template((sql, target: number, role: string) =>
  sql
    .selectFrom("link")
    .innerJoin("record", "record.id", "link.source")
    .select(ofRecord)
    .where("link.target", "=", target)
    .where("link.role", "=", role)
    .orderBy("record.id"),
);

/** The records that this one was made from, by role. */
export const linkedFrom = (db: Database, source: number, role: string): StoredRecord[] =>
  db.all(targets(source, role)).map(stored);

const allTargets = template((sql, source: number) =>
  sql
    .selectFrom("link")
    .innerJoin("record", "record.id", "link.target")
    .select([...ofRecord, "link.role"])
    .where("link.source", "=", source)
    .orderBy("record.id"),
);

/** The first record of each role that this one was made from, in one query. */
export function firstByRole(db: Database, source: number): ReadonlyMap<string, StoredRecord> {
  const first = new Map<string, StoredRecord>();
  for (const row of db.all(allTargets(source))) if (!first.has(row.role)) first.set(row.role, stored(row));
  return first;
}

const targetIds = template((sql, source: number, role: string) =>
  sql.selectFrom("link").select("target").where("source", "=", source).where("role", "=", role),
);

/** The rows of the records that this one was made from, by role: where what they say is not asked for. */
export const linkedIds = (db: Database, source: number, role: string): number[] =>
  db.all(targetIds(source, role)).map(({ target }) => target);

const roles = template((sql, source: number) =>
  sql.selectFrom("link").select("role").distinct().where("source", "=", source).orderBy("role"),
);

/** The roles by which a record links to others. */
export const linkRoles = (db: Database, source: number): string[] =>
  db.all(roles(source)).map(({ role }) => role);

/** The record that one of its kind always links to by this role. */
export function requiredLink(db: Database, source: number, role: string): StoredRecord {
  const [found] = linkedFrom(db, source, role);
  if (!found) throw new Error(`record ${source} has no link "${role}"`);
  return found;
}

/** The records that were made from this one, by role, in order of making. */
export const linkedTo = (db: Database, target: number, role: string): StoredRecord[] =>
  db.all(sources(target, role)).map(stored);

const partBlob = template((sql, record: number, name: string) =>
  sql
    .selectFrom("part")
    .innerJoin("blob", "blob.id", "part.blob")
    .select(["blob.hash", "blob.size", "blob.codec", "blob.bytes"])
    .where("part.record", "=", record)
    .where("part.name", "=", name),
);

/** A record's large part; undefined where it has none of that name. @throws DomainError notebook-damaged */
export function findPart(db: Database, record: number, name: string): Buffer | undefined {
  const row = db.one(partBlob(record, name));
  return row && unpackBlob(row);
}

/** A record's large part. @throws DomainError not-found, notebook-damaged */
export function readPart(db: Database, record: number, name: string): Buffer {
  const part = findPart(db, record, name);
  if (!part) throw notFound(`part "${name}" of record ${record}`);
  return part;
}
