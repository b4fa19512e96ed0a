import type { KeyboardEvent } from "react";
import type { Sha256 } from "#shared/ids.ts";
import { type GraphLayout, NODE, type PlacedNode } from "./layout.ts";

const LABEL_CHARACTERS = 27;
const shortened = (text: string): string =>
  text.length > LABEL_CHARACTERS ? `${text.slice(0, LABEL_CHARACTERS - 1)}…` : text;

interface RecordBoxProps {
  placed: PlacedNode;
  selected: boolean;
  onSelect(hash: Sha256): void;
}

function RecordBox({ placed, selected, onSelect }: RecordBoxProps) {
  const { node, x, y } = placed;
  const choose = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    onSelect(node.hash);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: SVG has no button of its own.
    <g
      className={selected ? "record record-selected" : "record"}
      transform={`translate(${x} ${y})`}
      role="button"
      tabIndex={0}
      aria-pressed={selected}
      aria-label={`${node.kind} ${shortened(node.label)}`}
      onClick={() => onSelect(node.hash)}
      onKeyDown={choose}
    >
      <rect width={NODE.width} height={NODE.height} rx="7" />
      <text x="12" y="20" className="record-kind">
        {node.kind}
      </text>
      {/* The text that a screen reader finds must hold the name: kind, space, label. */}{" "}
      <text x="12" y="38" className="record-label">
        {shortened(node.label)}
      </text>
    </g>
  );
}

interface GraphViewProps {
  /** As it was laid out. */
  placed: GraphLayout;
  /** 1: as large as life. */
  scale: number;
  selected: Sha256 | null;
  onSelect(hash: Sha256): void;
}

/** A provenance graph, drawn from its origins at the left to its results at the right. */
export function GraphView({
  placed: { nodes, links, width, height },
  scale,
  selected,
  onSelect,
}: GraphViewProps) {
  return (
    <svg
      className="graph"
      width={width * scale}
      height={height * scale}
      viewBox={`0 0 ${width} ${height}`}
      aria-label={`${nodes.length} records`}
    >
      <title>Provenance</title>
      <defs>
        <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M0 0 8 4 0 8Z" />
        </marker>
      </defs>
      {links.map(({ key, role, path }) => (
        <path key={key} className="graph-link" d={path} markerEnd="url(#arrow)">
          <title>{role}</title>
        </path>
      ))}
      {nodes.map((placed) => (
        <RecordBox
          key={placed.node.hash}
          placed={placed}
          selected={placed.node.hash === selected}
          onSelect={onSelect}
        />
      ))}
    </svg>
  );
}
