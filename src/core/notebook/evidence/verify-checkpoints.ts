/** Do the signed checkpoints say what the log says? */

import type { Finding } from "#shared/notebook/verification.ts";
import { type Statement, statementBytes } from "../checkpoints/checkpoints.ts";
import { brokenSignatures, fingerprintOf, type PublicKeys } from "../checkpoints/keys.ts";
import type { Database } from "../file/database.ts";
import type { CheckpointTable } from "../file/schema.ts";
import { toHex } from "../proof/hash.ts";
import { addLeaf, EMPTY_TREE, type MerkleTree, merkleRoot } from "../proof/merkle.ts";
import type { VerifiedEvent } from "./verify-evidence.ts";

/** The keys that the log names, by fingerprint, with the event that did. */
function keysOf(events: readonly VerifiedEvent[]): Map<string, PublicKeys & { seq: number }> {
  const keys = new Map<string, PublicKeys & { seq: number }>();
  for (const { seq, event } of events) {
    if (event.kind !== "key-created") continue;
    const found = { ed25519: Buffer.from(event.ed25519, "hex"), mlDsa65: Buffer.from(event.mlDsa65, "hex") };
    keys.set(fingerprintOf(found), { ...found, seq });
  }
  return keys;
}

function* checkOne(
  row: CheckpointTable,
  tree: MerkleTree,
  keys: ReturnType<typeof keysOf>,
): Generator<Finding> {
  const where = `checkpoint ${row.seq}`;
  if (tree.size < row.seq)
    yield { where, what: `covers ${row.seq} events, ${tree.size} are there: the log was cut off` };
  else if (!merkleRoot(tree).equals(row.root))
    yield { where, what: "the events it covers are not those that were signed" };
  else if (!Buffer.concat(tree.peaks).equals(row.peaks)) yield { where, what: "its tree was changed" };
  const key = keys.get(toHex(row.key));
  if (!key || key.seq > row.seq) {
    yield { where, what: `is signed by key ${toHex(row.key)}, which the log does not know` };
    return;
  }
  const statement: Statement = { seq: row.seq, at: row.at, root: row.root, key: toHex(row.key) };
  const signature = { ed25519: row.ed25519, mlDsa65: row.ml_dsa_65 };
  const broken = brokenSignatures(statementBytes(statement), signature, key);
  if (broken.length > 0) yield { where, what: `the signature does not hold (${broken.join(" and ")})` };
}

/** A key is signed by itself as it is made: one that signed nothing tells that checkpoints were removed. */
function* checkKeys(rows: readonly CheckpointTable[], keys: ReturnType<typeof keysOf>): Generator<Finding> {
  for (const [fingerprint, { seq }] of keys) {
    if (rows.some((row) => toHex(row.key) === fingerprint && row.seq >= seq)) continue;
    const what = `was made to sign the log, and no signature by it is there: its checkpoints were removed, or an early version was stopped before it signed`;
    yield { where: `key ${fingerprint} (event ${seq})`, what };
  }
}

/** Checks root and both signatures of every checkpoint, and that every key has one. */
export function* checkCheckpoints(
  db: Database,
  events: readonly VerifiedEvent[],
): Generator<{ signed?: Omit<Statement, "root">; finding?: Finding; remark?: Finding }> {
  const keys = keysOf(events);
  let tree = EMPTY_TREE;
  const rows = db.all(db.sql.selectFrom("checkpoint").selectAll().orderBy("seq"));
  for (const finding of checkKeys(rows, keys)) yield { finding };
  for (const row of rows) {
    // The tree holds one leaf for each event before this place.
    while (tree.size < Math.min(row.seq, events.length)) tree = addLeaf(tree, events[tree.size]!.hash);
    const findings = [...checkOne(row, tree, keys)];
    for (const finding of findings) yield { finding };
    const covered = events[row.seq - 1]?.at;
    if (covered !== undefined && Date.parse(row.at) < Date.parse(covered)) {
      const what = `is of ${row.at}, the last event that it covers of ${covered}: the clock was set back, or an early version read it too soon`;
      yield { remark: { where: `checkpoint ${row.seq}`, what } };
    }
    if (findings.length === 0) yield { signed: { seq: row.seq, at: row.at, key: toHex(row.key) } };
  }
}
