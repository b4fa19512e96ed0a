/** Signed statements of how far the log goes and what it says: whoever trusts the key can trust every event up to there. */
import type { Sha256 } from "#shared/ids.ts";
import type { Database } from "../file/database.ts";
import { canonicalJson } from "../proof/canonical-json.ts";
import { fromHex, toHex } from "../proof/hash.ts";
import { addLeaf, EMPTY_TREE, type MerkleTree, merkleRoot } from "../proof/merkle.ts";
import { chainHead } from "../tables/events.ts";
import type { SigningKeys } from "./keys.ts";

const HASH_BYTES = 32;

export interface Statement {
  /** The last event that the checkpoint covers. */
  seq: number;
  at: string;
  /** Merkle root (RFC 6962) over the hashes of all events up to seq. */
  root: Buffer;
  key: Sha256;
}

/** What is signed. */
export const statementBytes = ({ seq, at, root, key }: Statement): Buffer =>
  Buffer.from(
    canonicalJson({ type: "ansatz notebook checkpoint, version 1", seq, at, root: toHex(root), key }),
  );

const peaksOf = (bytes: Buffer): Buffer[] =>
  Array.from({ length: bytes.length / HASH_BYTES }, (_, i) =>
    bytes.subarray(i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );

/** The tree of the last checkpoint, or an empty one: what came since is all there is to hash. */
function lastTree(db: Database): MerkleTree {
  const columns = ["seq", "peaks"] as const;
  const last = db.one(db.sql.selectFrom("checkpoint").select(columns).orderBy("seq", "desc").limit(1));
  return last ? { size: last.seq, peaks: peaksOf(last.peaks) } : EMPTY_TREE;
}

/** Signs the log as it stands, unless the last checkpoint did already; the statement. To be called in a transaction. */
export function addCheckpoint(db: Database, keys: SigningKeys, clock: () => Date): Statement | undefined {
  let tree = lastTree(db);
  const { seq } = chainHead(db);
  if (seq === tree.size) return undefined;
  const newer = db.sql.selectFrom("event").select("hash").where("seq", ">", tree.size).orderBy("seq");
  for (const { hash } of db.each(newer)) tree = addLeaf(tree, hash);
  // Read now: opening the key took its time, and a signature must not be older than what it covers.
  const at = clock().toISOString();
  const statement = { seq, at, root: merkleRoot(tree), key: keys.fingerprint };
  const { ed25519, mlDsa65 } = keys.sign(statementBytes(statement));
  db.insert("checkpoint", {
    seq,
    at,
    root: statement.root,
    peaks: Buffer.concat(tree.peaks),
    key: fromHex(keys.fingerprint),
    ed25519: Buffer.from(ed25519),
    ml_dsa_65: Buffer.from(mlDsa65),
  });
  return statement;
}
