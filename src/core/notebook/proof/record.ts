/**
 * A record is a node of the provenance graph: sealed when it is made, named by its hash, never changed.
 * Its hash covers kind, content, large parts and the records it came from, so that it vouches for all its past.
 */
import { z } from "zod";
import type { Sha256 } from "#shared/ids.ts";
import { canonicalJson, type JsonObject } from "./canonical-json.ts";
import { sha256, toHex } from "./hash.ts";

export const RecordKind = z.enum([
  "data-set",
  "model",
  "sampling-run",
  "candidate",
  "filter-run",
  "filter-verdict",
  "acquisition",
  "promotion",
  "molecule",
  "conformer",
  "state",
  "scf",
  "hamiltonian",
  "casci",
  "vqe",
  "backend-call",
  "evaluation",
  "score",
  "failure",
  "review",
  "sign-off",
  "export",
  "calculation",
]);
export type RecordKind = z.infer<typeof RecordKind>;

/** A typed link to a record that this one was made from. */
export interface Link {
  role: string;
  target: Sha256;
}

export interface NotebookRecord {
  hash: Sha256;
  kind: RecordKind;
  content: JsonObject;
  links: readonly Link[];
  /** Large pieces by name, kept once however many records hold them. */
  parts: Readonly<Record<string, Uint8Array>>;
}

export type RecordDraft = Pick<NotebookRecord, "kind" | "content"> &
  Partial<Pick<NotebookRecord, "links" | "parts">>;

const byRoleAndTarget = (a: Link, b: Link): number =>
  a.role === b.role ? (a.target < b.target ? -1 : 1) : a.role < b.role ? -1 : 1;

/** The hash of a record from its content, its links in any order, and the hashes of its parts. */
export function recordHash(
  record: Pick<NotebookRecord, "kind" | "content" | "links">,
  parts: Readonly<Record<string, Sha256>>,
): Sha256 {
  const links = [...record.links].sort(byRoleAndTarget).map(({ role, target }) => [role, target]);
  return toHex(sha256(canonicalJson({ kind: record.kind, content: record.content, links, parts })));
}

/** Makes a record of a draft by giving it its hash. */
export function seal(draft: RecordDraft): NotebookRecord {
  const { kind, content, links = [], parts = {} } = draft;
  const partHashes = Object.fromEntries(
    Object.entries(parts).map(([name, bytes]) => [name, toHex(sha256(bytes))]),
  );
  return { kind, content, links, parts, hash: recordHash({ kind, content, links }, partHashes) };
}
