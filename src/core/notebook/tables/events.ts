/**
 * The append-only log. Each event's hash covers the hash before it and a digest of the records it seals, so that the last
 * hash vouches for the whole notebook.
 */
import { sql } from "kysely";
import type { Sha256 } from "#shared/ids.ts";
import { type Database, template } from "../file/database.ts";
import { canonicalJson, type JsonObject } from "../proof/canonical-json.ts";
import type { NotebookEvent } from "../proof/event.ts";
import { fromHex, sha256, toHex } from "../proof/hash.ts";
import type { NotebookRecord } from "../proof/record.ts";
import { insertRecord, newRecords } from "./records.ts";

/** What the first event follows. */
export const GENESIS: Buffer = Buffer.alloc(32);

export interface ChainedEvent {
  seq: number;
  at: string;
  kind: string;
  /** Canonical JSON. */
  body: string;
  records: number;
  recordsDigest: Buffer;
  previous: Buffer;
}

/** SHA-256 over the hashes of the records that an event seals, in order. */
export const recordsDigest = (hashes: readonly Sha256[]): Buffer => sha256(...hashes.map(fromHex));

/**
 * hash = SHA-256(previous hash ‖ seq ‖ at ‖ kind ‖ body ‖ records ‖ digest of the records), as text with line feeds between;
 * none of the parts can contain one.
 */
export function eventHash({ seq, at, kind, body, records, recordsDigest, previous }: ChainedEvent): Buffer {
  return sha256(previous, [seq, at, kind, body, records, toHex(recordsDigest)].join("\n"));
}

/** The same as the first notebooks have it: SHA-256(previous hash ‖ canonical JSON of the event with number, time and records). */
export function firstEventHash({
  seq,
  at,
  kind,
  body,
  records,
  recordsDigest,
  previous,
}: ChainedEvent): Buffer {
  const event = { kind, ...(JSON.parse(body) as JsonObject) };
  return sha256(previous, canonicalJson({ seq, at, event, records, recordsDigest: toHex(recordsDigest) }));
}

export interface AppendedEvent {
  seq: number;
  at: string;
  event: NotebookEvent;
}

const lastEvent = template((builder) =>
  builder.selectFrom("event").select(["seq", "hash"]).orderBy("seq", "desc").limit(sql.lit(1)),
);

/** The head of the chain: the number and hash of the last event. */
export function chainHead(db: Database): { seq: number; hash: Buffer } {
  return db.one(lastEvent()) ?? { seq: 0, hash: GENESIS };
}

/** Kinds of the events after one of that number, each once. */
export const kindsAfter = (db: Database, seq: number): string[] =>
  db.all(db.sql.selectFrom("event").select("kind").distinct().where("seq", ">", seq)).map(({ kind }) => kind);

/** Adds an event with those of its records that are new; to be called inside a transaction. */
export function appendEvent(
  db: Database,
  { at, event, records }: { at: string; event: NotebookEvent; records: readonly NotebookRecord[] },
): AppendedEvent {
  const head = chainHead(db);
  const fresh = newRecords(db, records);
  const { kind, ...rest } = event;
  const seq = head.seq + 1;
  const digest = recordsDigest(fresh.map(({ hash }) => hash));
  const sealed = { seq, at, kind, body: canonicalJson(rest as JsonObject), records: fresh.length };
  const hash = eventHash({ ...sealed, recordsDigest: digest, previous: head.hash });
  db.insert("event", { ...sealed, records_digest: digest, hash });
  const ids = new Map<Sha256, number>();
  for (const record of fresh) insertRecord(db, record, { event: seq, ids });
  return { seq, at, event };
}
