/** Is the evidence as it was written? Blobs against their hashes, records against theirs, the chain link by link. */

import type { Sha256 } from "#shared/ids.ts";
import type { Finding } from "#shared/notebook/verification.ts";
import type { Database } from "../file/database.ts";
import { canonicalJson, type Json, type JsonObject } from "../proof/canonical-json.ts";
import { NotebookEvent } from "../proof/event.ts";
import { toHex } from "../proof/hash.ts";
import { RecordKind, recordHash } from "../proof/record.ts";
import { unpackBlob } from "../tables/blobs.ts";
import { type ChainedEvent, eventHash, firstEventHash, GENESIS, recordsDigest } from "../tables/events.ts";

const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Every blob is unpacked and hashed. */
export function* checkBlobs(db: Database): Generator<Finding> {
  const columns = ["id", "hash", "size", "codec", "bytes"] as const;
  for (const blob of db.each(db.sql.selectFrom("blob").select(columns).orderBy("id"))) {
    try {
      unpackBlob(blob);
    } catch (error) {
      yield { where: `blob ${blob.id}`, what: said(error) };
    }
  }
}

/** JSON that is spelled as this program spells it: other white space would be a change that no hash sees. */
function canonical(text: string): JsonObject {
  const value = JSON.parse(text) as Json;
  if (canonicalJson(value) !== text) throw new Error("it is no longer spelled canonically");
  return value as JsonObject;
}

/** Every record's hash is made anew from its content, links and parts. */
export function* checkRecords(db: Database): Generator<Finding> {
  const links = collect(
    db.each(
      db.sql
        .selectFrom("link")
        .leftJoin("record", "record.id", "link.target")
        .select(["link.source", "link.role", "record.hash as target"]),
    ),
    ({ source }) => source,
  );
  const parts = collect(
    db.each(
      db.sql
        .selectFrom("part")
        .leftJoin("blob", "blob.id", "part.blob")
        .select(["part.record", "part.name", "blob.hash"]),
    ),
    ({ record }) => record,
  );
  let latest = 0;
  for (const row of db.each(db.sql.selectFrom("record").selectAll().orderBy("id"))) {
    const where = `record ${row.id} (${toHex(row.hash)})`;
    try {
      const content = canonical(row.content);
      const kind = RecordKind.parse(row.kind);
      const from = (links.get(row.id) ?? []).map(({ role, target }) => ({ role, target: hexOf(target) }));
      const held = Object.fromEntries((parts.get(row.id) ?? []).map(({ name, hash }) => [name, hexOf(hash)]));
      const hash = recordHash({ kind, content, links: from }, held);
      if (hash !== toHex(row.hash))
        yield { where, what: `its content, links or parts were changed (hash ${hash})` };
    } catch (error) {
      yield { where, what: `cannot be read: ${said(error)}` };
    }
    if (row.event < latest) yield { where, what: "is out of order" };
    latest = Math.max(latest, row.event);
  }
}

function hexOf(hash: Buffer | null): Sha256 {
  if (!hash) throw new Error("it refers to something that is gone");
  return toHex(hash);
}

function collect<Row>(rows: Iterable<Row>, key: (row: Row) => number): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return groups;
}

export interface VerifiedEvent extends ChainedEvent {
  event: NotebookEvent;
  hash: Buffer;
}

/** Follows the chain; yields each event and what is wrong with it. */
export function* checkChain(db: Database): Generator<{ event?: VerifiedEvent; finding?: Finding }> {
  const sealed = collect(
    db.each(db.sql.selectFrom("record").select(["event", "hash"]).orderBy("id")),
    ({ event }) => event,
  );
  let previous = GENESIS;
  let expected = 1;
  for (const row of db.each(db.sql.selectFrom("event").selectAll().orderBy("seq"))) {
    const where = `event ${row.seq}`;
    const finding = (what: string) => ({ finding: { where, what } });
    if (row.seq !== expected) yield finding(`follows event ${expected - 1}: events were removed or inserted`);
    expected = row.seq + 1;
    const hashes = (sealed.get(row.seq) ?? []).map(({ hash }) => toHex(hash));
    if (hashes.length !== row.records) {
      yield finding(`sealed ${row.records} records, ${hashes.length} are there`);
    } else if (!recordsDigest(hashes).equals(row.records_digest)) {
      yield finding("its records were exchanged or reordered");
    }
    try {
      const event = NotebookEvent.parse({ kind: row.kind, ...canonical(row.body) });
      const digest = row.records_digest;
      const { seq, at, kind, body, records } = row;
      const chained = { seq, at, kind, body, records, recordsDigest: digest, previous };
      if (!eventHash(chained).equals(row.hash) && !firstEventHash(chained).equals(row.hash)) {
        yield finding("does not fit the chain: it, or its place in the log, was changed");
      }
      yield { event: { ...chained, event, hash: row.hash } };
    } catch (error) {
      yield finding(`cannot be read: ${said(error)}`);
    }
    previous = row.hash;
  }
}

/** The number of events and the hash of the last one. */
export const headOf = (events: readonly VerifiedEvent[]): { seq: number; hash: Sha256 } => {
  const last = events.at(-1);
  return last ? { seq: last.seq, hash: toHex(last.hash) } : { seq: 0, hash: toHex(GENESIS) };
};
