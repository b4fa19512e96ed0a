import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Sha256 } from "#shared/ids.ts";
import type { ProvenanceGraph } from "#shared/notebook/provenance.ts";
import { NODE, place } from "../../../src/renderer/src/features/provenance/layout.ts";

const hashOf = (index: number) => Sha256.parse(index.toString(16).padStart(64, "0"));

/** Records 0…n−1, each made only from earlier ones, as a notebook's are. */
const graphs = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.array(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)), { maxLength: 30 }).map((pairs): ProvenanceGraph => {
    const links = pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ source: hashOf(Math.max(a, b)), target: hashOf(Math.min(a, b)), role: "input" }));
    const nodes = Array.from({ length: size }, (_, index) => ({
      hash: hashOf(index),
      kind: "record",
      label: String(index),
      at: "2026-01-01T00:00:00Z",
      content: {},
    }));
    return { nodes, links, truncated: false };
  }),
);

describe("the drawing of a provenance graph", () => {
  it("shows every record once, inside the picture and apart from every other", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const { nodes, width, height } = place(graph);
        expect(nodes.map(({ node }) => node.hash)).toEqual(graph.nodes.map(({ hash }) => hash));
        for (const [index, { x, y }] of nodes.entries()) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + NODE.width).toBeLessThanOrEqual(width);
          expect(y + NODE.height).toBeLessThanOrEqual(height);
          for (const other of nodes.slice(index + 1))
            expect(Math.abs(other.x - x) >= NODE.width || Math.abs(other.y - y) >= NODE.height).toBe(true);
        }
      }),
    );
  });

  it("puts what was made to the right of what it was made from", () => {
    fc.assert(
      fc.property(graphs, (graph) => {
        const x = new Map(place(graph).nodes.map((placed) => [placed.node.hash, placed.x]));
        for (const { source, target } of graph.links)
          expect(x.get(source) ?? 0).toBeGreaterThan(x.get(target) ?? 0);
      }),
    );
  });

  it("leaves out a link whose other end is beyond the limit", () => {
    const [only] = fc.sample(graphs, { numRuns: 1, seed: 1 });
    const node = only?.nodes[0];
    if (!node) throw new Error("no graph was made");
    const links = [{ source: node.hash, target: hashOf(999), role: "input" }];
    expect(place({ nodes: [node], links, truncated: true }).links).toEqual([]);
  });
});
