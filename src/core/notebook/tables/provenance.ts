/** The provenance graph, asked in both directions: what produced this, and what did this touch. */
import { sql } from "kysely";
import type { Sha256 } from "#shared/ids.ts";
import type { ProvenanceGraph, ProvenanceNode } from "#shared/notebook/provenance.ts";
import type { Database } from "../file/database.ts";
import type { JsonObject } from "../proof/canonical-json.ts";
import { toHex } from "../proof/hash.ts";
import type { RecordKind } from "../proof/record.ts";
import { labelOf } from "./labels.ts";
import { recordId } from "./records.ts";

export type Direction = "origins" | "consequences";

const MAX_NODES = 5000;

/** All records that the links lead to from the first ones, one query. */
function closure(db: Database, start: readonly number[], direction: Direction, limit: number): number[] {
  const [here, there] =
    direction === "origins" ? (["source", "target"] as const) : (["target", "source"] as const);
  const query = sql<{ id: number }>`
    WITH RECURSIVE reached(id) AS (
      SELECT value FROM json_each(${JSON.stringify(start)})
      UNION
      SELECT link.${sql.ref(there)} FROM link JOIN reached ON link.${sql.ref(here)} = reached.id
      LIMIT ${limit}
    )
    SELECT id FROM reached`;
  return db.all({ compile: () => query.compile(db.sql) }).map(({ id }) => id);
}

function nodesOf(db: Database, ids: readonly number[]): ProvenanceNode[] {
  const query = db.sql
    .selectFrom("record")
    .innerJoin("event", "event.seq", "record.event")
    .select(["record.hash", "record.kind", "record.content", "event.at"])
    .where("record.id", "in", sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`)
    .orderBy("record.id");
  return db.all(query).map(({ hash, kind, content, at }) => {
    const said = JSON.parse(content) as JsonObject;
    const node = { hash: toHex(hash), kind, at, content: said as ProvenanceNode["content"] };
    return { ...node, label: labelOf(kind as RecordKind, said) };
  });
}

function linksOf(db: Database, ids: readonly number[]): ProvenanceGraph["links"] {
  const among = sql<number>`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const query = db.sql
    .selectFrom("link")
    .innerJoin("record as s", "s.id", "link.source")
    .innerJoin("record as t", "t.id", "link.target")
    .select(["s.hash as source", "link.role", "t.hash as target"])
    .where("link.source", "in", among)
    .where("link.target", "in", among)
    .orderBy("link.source")
    .orderBy("link.role");
  return db
    .all(query)
    .map(({ source, role, target }) => ({ source: toHex(source), role, target: toHex(target) }));
}

/**
 * The records that some records were made from (origins), or that were made from them (consequences), with all links
 * between them.
 *
 * @throws DomainError not-found
 */
export function provenanceGraph(
  db: Database,
  { of, direction, limit = MAX_NODES }: { of: readonly Sha256[]; direction: Direction; limit?: number },
): ProvenanceGraph {
  const start = of.map((hash) => recordId(db, hash));
  const ids = closure(db, start, direction, limit + 1);
  const kept = ids.slice(0, limit);
  return { nodes: nodesOf(db, kept), links: linksOf(db, kept), truncated: ids.length > limit };
}

/** Every record of the notebook with every link. */
export function wholeGraph(db: Database): ProvenanceGraph {
  const ids = db.all(db.sql.selectFrom("record").select("id").orderBy("id")).map(({ id }) => id);
  return { nodes: nodesOf(db, ids), links: linksOf(db, ids), truncated: false };
}
