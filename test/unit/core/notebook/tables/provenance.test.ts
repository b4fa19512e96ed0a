import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Notebook } from "#core/notebook/notebook.ts";
import { toHex } from "#core/notebook/proof/hash.ts";
import { type Direction, provenanceGraph } from "#core/notebook/tables/provenance.ts";
import type { Sha256 } from "#shared/ids.ts";
import { sampleNotebook } from "../sample-notebook.ts";

let notebook: Notebook;
let hashes: Sha256[];
let links: { source: Sha256; role: string; target: Sha256 }[];
beforeAll(() => {
  notebook = sampleNotebook(":memory:", { campaigns: 3, candidates: 6 });
  const { db } = notebook;
  hashes = db.all(db.sql.selectFrom("record").select("hash").orderBy("id")).map(({ hash }) => toHex(hash));
  links = db
    .all(db.sql.selectFrom("link").selectAll())
    .map(({ source, role, target }) => ({ source: hashes[source - 1]!, role, target: hashes[target - 1]! }));
});
afterAll(() => notebook[Symbol.dispose]());

/** The same answer by walking one link at a time. */
function walk(of: Sha256, direction: Direction): Set<Sha256> {
  const reached = new Set([of]);
  for (const here of reached) {
    for (const { source, target } of links) {
      if (direction === "origins" && source === here) reached.add(target);
      if (direction === "consequences" && target === here) reached.add(source);
    }
  }
  return reached;
}

describe("the provenance graph", () => {
  it("is what walking link by link finds, in both directions, from every record", () => {
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom<Direction>("origins", "consequences"), (choice, direction) => {
        const of = hashes[choice % hashes.length]!;
        const graph = provenanceGraph(notebook.db, { of: [of], direction });
        const expected = walk(of, direction);
        expect(new Set(graph.nodes.map(({ hash }) => hash))).toEqual(expected);
        const among = links.filter(({ source, target }) => expected.has(source) && expected.has(target));
        expect(new Set(graph.links.map((link) => JSON.stringify(link)))).toEqual(
          new Set(among.map((link) => JSON.stringify(link))),
        );
        expect(graph.truncated).toBe(false);
      }),
    );
  });

  it("leads from a score to model, candidate, verdict, molecule, geometry and evaluation", () => {
    const { db } = notebook;
    const score = db.one(db.sql.selectFrom("record").select("hash").where("kind", "=", "score").limit(1))!;
    const graph = provenanceGraph(db, { of: [toHex(score.hash)], direction: "origins" });
    expect(new Set(graph.nodes.map(({ kind }) => kind))).toEqual(
      new Set([
        "score",
        "model",
        "sampling-run",
        "candidate",
        "filter-run",
        "filter-verdict",
        "molecule",
        "conformer",
        "scf",
        "evaluation",
      ]),
    );
  });

  it("leads from a model to every score it had a part in", () => {
    const { db } = notebook;
    const model = db.one(db.sql.selectFrom("record").select("hash").where("kind", "=", "model"))!;
    const graph = provenanceGraph(db, { of: [toHex(model.hash)], direction: "consequences" });
    const scores = db.all(db.sql.selectFrom("candidate").select("id").where("score", "is not", null));
    expect(graph.nodes.filter(({ kind }) => kind === "score")).toHaveLength(scores.length);
  });

  it("says so when there is more than asked for", () => {
    const model = hashes[0]!;
    const graph = provenanceGraph(notebook.db, { of: [model], direction: "consequences", limit: 5 });
    expect(graph.nodes).toHaveLength(5);
    expect(graph.truncated).toBe(true);
    const all = provenanceGraph(notebook.db, { of: [model], direction: "consequences" }).nodes.length;
    const upTo = (limit: number) =>
      provenanceGraph(notebook.db, { of: [model], direction: "consequences", limit }).truncated;
    expect([upTo(all - 1), upTo(all), upTo(all + 1)]).toEqual([true, false, false]);
  });

  it("has a label for every record", () => {
    for (const hash of hashes) {
      const [node] = provenanceGraph(notebook.db, { of: [hash], direction: "origins", limit: 1 }).nodes;
      expect(node?.label).not.toBe("");
    }
  });
});
