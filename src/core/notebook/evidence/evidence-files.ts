/** The evidence as text files, a line a row, from which a notebook with the same hashes can be made. Secret keys stay. */
import { z } from "zod";
import { encodeParts } from "#shared/encode-parts.ts";
import { DomainError, messageOf } from "#shared/errors.ts";
import { Sha256 } from "#shared/ids.ts";
import { parseUntrustedJson } from "#shared/untrusted-json.ts";
import { type Database, template } from "../file/database.ts";
import { canonicalJson, type Json, type JsonObject } from "../proof/canonical-json.ts";
import { NotebookEvent } from "../proof/event.ts";
import { fromHex, toHex } from "../proof/hash.ts";
import { storeBlob, unpackBlob } from "../tables/blobs.ts";
import { project } from "../tables/projection.ts";

/** What comes of JSON needs no second look, which would cost as much again. */
const object = z.custom<JsonObject>((value) => typeof value === "object" && value !== null);

const EventLine = z.strictObject({
  seq: z.number().int(),
  at: z.string(),
  kind: z.string(),
  body: object,
  records: z.number().int(),
  recordsDigest: Sha256,
  hash: Sha256,
});
const RecordLine = z.strictObject({
  hash: Sha256,
  kind: z.string(),
  content: object,
  event: z.number().int(),
  links: z.array(z.tuple([z.string(), Sha256])),
  parts: z.record(z.string(), Sha256),
});
const BlobLine = z.strictObject({ hash: Sha256, bytes: z.base64() });
const base64 = z.base64();
const CheckpointLine = z.strictObject({
  seq: z.number().int(),
  at: z.string(),
  key: Sha256,
  root: Sha256,
  peaks: base64,
  ed25519: base64,
  mlDsa65: base64,
});

/** What the files are called, in the order in which they are read back. */
const EVIDENCE_FILES = {
  blobs: "evidence/blobs.jsonl",
  events: "evidence/events.jsonl",
  records: "evidence/records.jsonl",
  checkpoints: "evidence/checkpoints.jsonl",
} as const;

function* texts(lines: Iterable<JsonObject>): Generator<string> {
  for (const line of lines) yield `${canonicalJson(line)}\n`;
}

const file = (lines: Iterable<JsonObject>): Uint8Array => encodeParts(texts(lines));

function* eventLines(db: Database): Generator<JsonObject> {
  for (const { records_digest, hash, body, ...row } of db.each(
    db.sql.selectFrom("event").selectAll().orderBy("seq"),
  )) {
    yield { ...row, body: JSON.parse(body) as Json, recordsDigest: toHex(records_digest), hash: toHex(hash) };
  }
}

const linksOf = template((sql, source: number) =>
  sql
    .selectFrom("link")
    .innerJoin("record", "record.id", "link.target")
    .select(["link.role", "record.hash"])
    .where("link.source", "=", source),
);
const partsOf = template((sql, record: number) =>
  sql
    .selectFrom("part")
    .innerJoin("blob", "blob.id", "part.blob")
    .select(["part.name", "blob.hash"])
    .where("part.record", "=", record),
);

function* recordLines(db: Database): Generator<JsonObject> {
  for (const { id, hash, content, kind, event } of db.each(
    db.sql.selectFrom("record").selectAll().orderBy("id"),
  )) {
    const links = db.all(linksOf(id));
    const parts = db.all(partsOf(id));
    yield {
      hash: toHex(hash),
      kind,
      event,
      content: JSON.parse(content) as Json,
      links: links.map(({ role, hash: target }) => [role, toHex(target)]),
      parts: Object.fromEntries(parts.map(({ name, hash: blob }) => [name, toHex(blob)])),
    };
  }
}

function* blobLines(db: Database): Generator<JsonObject> {
  for (const blob of db.each(db.sql.selectFrom("blob").selectAll().orderBy("id"))) {
    yield { hash: toHex(blob.hash), bytes: unpackBlob(blob).toString("base64") };
  }
}

function* checkpointLines(db: Database): Generator<JsonObject> {
  for (const row of db.each(db.sql.selectFrom("checkpoint").selectAll().orderBy("seq"))) {
    const { seq, at, root, key, peaks, ed25519, ml_dsa_65 } = row;
    const text = (bytes: Buffer): string => bytes.toString("base64");
    yield {
      seq,
      at,
      root: toHex(root),
      key: toHex(key),
      peaks: text(peaks),
      ed25519: text(ed25519),
      mlDsa65: text(ml_dsa_65),
    };
  }
}

/** All evidence of a notebook. @throws DomainError notebook-damaged where a blob no longer matches its hash */
export const evidenceFiles = (db: Database): Record<string, Uint8Array> => ({
  [EVIDENCE_FILES.events]: file(eventLines(db)),
  [EVIDENCE_FILES.records]: file(recordLines(db)),
  [EVIDENCE_FILES.blobs]: file(blobLines(db)),
  [EVIDENCE_FILES.checkpoints]: file(checkpointLines(db)),
});

function* parsed<T>(
  files: Readonly<Record<string, Uint8Array>>,
  name: string,
  schema: z.ZodType<T>,
): Generator<T> {
  const bytes = files[name];
  if (!bytes)
    throw new DomainError(
      "invalid-input",
      `The archive has no ${name}: it was not written by Ansatz, or is not whole.`,
    );
  // Hashes would not notice a line that is spelled otherwise.
  const read = (line: string): unknown => {
    const value = parseUntrustedJson(line, name === EVIDENCE_FILES.blobs ? bytes.length : undefined);
    if (canonicalJson(value as Json) !== line) throw new Error("it is no longer spelled canonically");
    return value;
  };
  let number = 0;
  for (const line of linesOf(bytes)) {
    number++;
    try {
      yield schema.parse(read(utf8.decode(line)));
    } catch (error) {
      const message = `${name}, line ${number}, cannot be read: ${error instanceof Error ? error.message : String(error)}`;
      throw new DomainError("invalid-input", message, { file: name, line: number });
    }
  }
}

const LINE_FEED = 10;
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The lines of a file, each of which ends in a line feed; what follows the last one is a line that was cut off. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(LINE_FEED, at);
    if (end < 0) throw new DomainError("invalid-input", "The archive's evidence was cut off within a line.");
    yield bytes.subarray(at, end);
    at = end + 1;
  }
}

/**
 * Fills an empty notebook with evidence, hashes and order as they were, and makes the tables of it. What is stored is what
 * the files say; whether that holds together is for verification to tell.
 *
 * @throws DomainError invalid-input naming file and line
 */
export function loadEvidence(db: Database, files: Readonly<Record<string, Uint8Array>>): void {
  try {
    load(db, files);
  } catch (error) {
    if (error instanceof DomainError) throw error;
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : messageOf(error);
    const message = `The archive's evidence does not fit together (${reason}): lines were added, removed or exchanged.`;
    throw new DomainError("invalid-input", message);
  }
}

function load(db: Database, files: Readonly<Record<string, Uint8Array>>): void {
  db.transaction(() => {
    const blobs = new Map<string, number>();
    for (const { hash, bytes } of parsed(files, EVIDENCE_FILES.blobs, BlobLine)) {
      blobs.set(hash, storeBlob(db, Buffer.from(bytes, "base64")));
    }
    for (const { body, recordsDigest, hash, ...row } of parsed(files, EVIDENCE_FILES.events, EventLine)) {
      const text = canonicalJson(body);
      const event = { ...row, body: text, records_digest: fromHex(recordsDigest), hash: fromHex(hash) };
      db.insert("event", event);
    }
    loadRecords(db, parsed(files, EVIDENCE_FILES.records, RecordLine), blobs);
    for (const line of parsed(files, EVIDENCE_FILES.checkpoints, CheckpointLine)) {
      const bytes = (text: string): Buffer => Buffer.from(text, "base64");
      const row = {
        seq: line.seq,
        at: line.at,
        key: fromHex(line.key),
        root: fromHex(line.root),
        peaks: bytes(line.peaks),
      };
      const signatures = { ed25519: bytes(line.ed25519), ml_dsa_65: bytes(line.mlDsa65) };
      db.insert("checkpoint", { ...row, ...signatures });
    }
    for (const { seq, at, kind, body } of db.all(db.sql.selectFrom("event").selectAll().orderBy("seq"))) {
      project(db, { seq, at, event: NotebookEvent.parse({ kind, ...(JSON.parse(body) as object) }) });
    }
  });
}

function loadRecords(
  db: Database,
  lines: Iterable<z.infer<typeof RecordLine>>,
  blobs: ReadonlyMap<string, number>,
): void {
  const ids = new Map<string, number>();
  const known = (map: ReadonlyMap<string, number>, hash: string, what: string): number => {
    const id = map.get(hash);
    if (id === undefined)
      throw new DomainError("invalid-input", `The archive lacks ${what} ${hash} that a record refers to.`);
    return id;
  };
  for (const { hash, kind, content, event, links, parts } of lines) {
    const row = { hash: fromHex(hash), kind, content: canonicalJson(content), event };
    const source = db.insert("record", row);
    ids.set(hash, source);
    for (const [role, target] of links) {
      db.insert("link", { source, role, target: known(ids, target, "record") });
    }
    for (const [name, blob] of Object.entries(parts)) {
      db.insert("part", { record: source, name, blob: known(blobs, blob, "blob") });
    }
  }
}
