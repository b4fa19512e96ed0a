/** Where the records of a provenance graph are drawn: origins at the left, what came of them at the right. */
import { Graph, layout as layOut } from "@dagrejs/dagre";
import type { ProvenanceGraph, ProvenanceNode } from "#shared/notebook/provenance.ts";

export const NODE = { width: 208, height: 52 };
const GAP = { rank: 56, node: 18, margin: 20 };

export interface PlacedNode {
  node: ProvenanceNode;
  /** Left upper corner, CSS pixels. */
  x: number;
  y: number;
}

interface PlacedLink {
  key: string;
  role: string;
  /** SVG path from the origin's right side to the left side of what was made from it. */
  path: string;
}

export interface GraphLayout {
  nodes: PlacedNode[];
  links: PlacedLink[];
  width: number;
  height: number;
}

/** A link leaves and arrives level, so that it reads as a flow from left to right. */
function curve(from: PlacedNode, to: PlacedNode): string {
  const [x1, y1] = [from.x + NODE.width, from.y + NODE.height / 2];
  const [x2, y2] = [to.x, to.y + NODE.height / 2];
  const bend = Math.max((x2 - x1) / 2, 24);
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

/** Places every record; the same graph is always drawn in the same way. */
export function place(graph: ProvenanceGraph): GraphLayout {
  const drawing = new Graph({ multigraph: true });
  drawing.setGraph({
    rankdir: "LR",
    ranksep: GAP.rank,
    nodesep: GAP.node,
    marginx: GAP.margin,
    marginy: GAP.margin,
  });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { hash } of graph.nodes) drawing.setNode(hash, { ...NODE });
  const known = graph.links.filter(
    ({ source, target }) => drawing.hasNode(source) && drawing.hasNode(target),
  );
  // "The source was made from the target": time runs from target to source.
  for (const { source, target, role } of known) drawing.setEdge(target, source, {}, role);
  layOut(drawing);

  const nodes = graph.nodes.map((node): PlacedNode => {
    const { x, y } = drawing.node(node.hash) as { x: number; y: number };
    return { node, x: x - NODE.width / 2, y: y - NODE.height / 2 };
  });
  const byHash = new Map(nodes.map((placed) => [placed.node.hash, placed]));
  const links = known.flatMap(({ source, target, role }): PlacedLink[] => {
    const from = byHash.get(target);
    const to = byHash.get(source);
    return from && to ? [{ key: `${target} ${source} ${role}`, role, path: curve(from, to) }] : [];
  });
  const right = Math.max(0, ...nodes.map(({ x }) => x + NODE.width));
  const bottom = Math.max(0, ...nodes.map(({ y }) => y + NODE.height));
  return { nodes, links, width: right + GAP.margin, height: bottom + GAP.margin };
}
