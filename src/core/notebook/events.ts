/**
 * The append-only log. Each event's hash covers the hash before it and a digest of the records it seals, so that the last
 * hash vouches for the whole notebook.
 */
import type { Sha256 } from "#shared/ids.ts";
import { canonicalJson } from "./canonical-json.ts";
import type { Database } from "./database.ts";
import type { NotebookEvent } from "./event.ts";
import { fromHex, sha256, toHex } from "./hash.ts";
import type { NotebookRecord } from "./record.ts";
import { insertRecord, newRecords } from "./records.ts";

/** What the first event follows. */
export const GENESIS: Buffer = Buffer.alloc(32);

export interface ChainedEvent {
  seq: number;
  at: string;
  event: NotebookEvent;
  records: number;
  recordsDigest: Buffer;
  previous: Buffer;
}

/** SHA-256 over the hashes of the records that an event seals, in order. */
export const recordsDigest = (hashes: readonly Sha256[]): Buffer => sha256(...hashes.map(fromHex));

/** hash = SHA-256(previous hash ‖ canonical JSON of the event with its number, time and records). */
export function eventHash({ seq, at, event, records, recordsDigest, previous }: ChainedEvent): Buffer {
  const digest = toHex(recordsDigest);
  return sha256(previous, canonicalJson({ seq, at, event, records, recordsDigest: digest }));
}

export interface AppendedEvent {
  seq: number;
  at: string;
  event: NotebookEvent;
}

/** The head of the chain: the number and hash of the last event. */
export function chainHead(db: Database): { seq: number; hash: Buffer } {
  const last = db.one(db.sql.selectFrom("event").select(["seq", "hash"]).orderBy("seq", "desc").limit(1));
  return last ?? { seq: 0, hash: GENESIS };
}

/** Adds an event with those of its records that are new; to be called inside a transaction. */
export function appendEvent(
  db: Database,
  { at, event, records }: { at: string; event: NotebookEvent; records: readonly NotebookRecord[] },
): AppendedEvent {
  const head = chainHead(db);
  const fresh = newRecords(db, records);
  const seq = head.seq + 1;
  const digest = recordsDigest(fresh.map(({ hash }) => hash));
  const hash = eventHash({
    seq,
    at,
    event,
    records: fresh.length,
    recordsDigest: digest,
    previous: head.hash,
  });
  const { kind, ...body } = event;
  db.run(
    db.sql.insertInto("event").values({
      seq,
      at,
      kind,
      body: canonicalJson(body),
      records: fresh.length,
      records_digest: digest,
      hash,
    }),
  );
  for (const record of fresh) insertRecord(db, record, seq);
  return { seq, at, event };
}
