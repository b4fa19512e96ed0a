import { Button, ButtonGroup, Dialog, Spinner } from "@blueprintjs/core";
import { ZoomIn, ZoomOut, ZoomToFit } from "@blueprintjs/icons";
import { useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from "react";
import type { CandidateId, Sha256 } from "#shared/ids.ts";
import type { ProvenanceGraph, ProvenanceNode } from "#shared/notebook/provenance.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useViewer } from "../../components/reviewer.tsx";
import { api } from "../../rpc/client.ts";
import { when } from "../../text/format.ts";
import { GraphView } from "./graph-view.tsx";
import { place } from "./layout.ts";
import { fitting, opening, zoomed } from "./zoom.ts";

/** What the graph is drawn around: a candidate with all that led to it, or one record in one direction. */
type Focus =
  | { of: "candidate" }
  | { of: "record"; record: Sha256; label: string; direction: "origins" | "consequences" };

function useGraph(id: CandidateId, focus: Focus) {
  const viewer = useViewer();
  const ofCandidate = useQuery({
    ...api.notebook.candidateProvenance.queryOptions({ input: { id, ...viewer } }),
    staleTime: 0,
    enabled: focus.of === "candidate",
  });
  const { record, direction } =
    focus.of === "record" ? focus : { record: "" as Sha256, direction: "origins" as const };
  const ofRecord = useQuery({
    ...api.notebook.provenance.queryOptions({ input: { record, direction, ...viewer } }),
    staleTime: 0,
    enabled: focus.of === "record",
  });
  return focus.of === "candidate" ? ofCandidate : ofRecord;
}

function RecordDetails({ node, onFocus }: { node: ProvenanceNode; onFocus(focus: Focus): void }) {
  const around = (direction: "origins" | "consequences") =>
    onFocus({ of: "record", record: node.hash, label: node.label, direction });
  return (
    <aside className="record-details" aria-label="Record">
      <h3>{node.kind}</h3>
      <p className="record-details-label">{node.label}</p>
      <dl className="facts">
        <dt>Sealed</dt>
        <dd>{when(node.at)}</dd>
        <dt>Hash</dt>
        <dd className="mono">{node.hash}</dd>
      </dl>
      <ButtonGroup className="record-details-actions">
        <Button size="small" text="What led to it" onClick={() => around("origins")} />
        <Button size="small" text="What came of it" onClick={() => around("consequences")} />
      </ButtonGroup>
      <pre>{JSON.stringify(node.content, null, 2)}</pre>
    </aside>
  );
}

interface ExplorerProps {
  graph: ProvenanceGraph;
  /** Where in the graph that is which it was drawn for. */
  subject: "at the left" | "at the right";
  onFocus(focus: Focus): void;
}

function Explorer({ graph, subject, onFocus }: ExplorerProps) {
  const [selected, setSelected] = useState<Sha256 | null>(null);
  // The button that led here is gone with the former graph; without the focus the dialog would not hear Escape.
  const region = useRef<HTMLElement>(null);
  const placed = useMemo(() => place(graph), [graph]);
  const [scale, setScale] = useState(1);
  const view = () => ({ width: region.current?.clientWidth ?? 1, height: region.current?.clientHeight ?? 1 });
  const fitIn = () => setScale(fitting(placed, view()));
  // biome-ignore lint/correctness/useExhaustiveDependencies: the view is measured once, when the graph is there.
  useEffect(() => {
    region.current?.focus();
    setScale(opening(placed, view()));
  }, [placed]);
  // Of one that is too large to be all in sight, what it was drawn for.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a change of scale leaves another part in sight.
  useEffect(() => {
    region.current?.scrollTo({ left: subject === "at the right" ? region.current.scrollWidth : 0 });
  }, [subject, scale]);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps = { "+": 1, "=": 1, "-": -1 }[event.key];
    if (event.key === "0") fitIn();
    else if (steps !== undefined) setScale(zoomed(scale, steps));
  };
  const node = graph.nodes.find(({ hash }) => hash === selected);
  return (
    <div className="graph-explorer">
      <section
        ref={region}
        className="graph-scroll"
        aria-label="Graph. Plus and minus zoom, 0 fits it in."
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls.
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        <ButtonGroup className="graph-zoom">
          <Button
            size="small"
            icon={<ZoomOut />}
            aria-label="Smaller (-)"
            title="Smaller (-)"
            onClick={() => setScale(zoomed(scale, -1))}
          />
          <Button
            size="small"
            text={`${Math.round(100 * scale)} %`}
            title="As large as life"
            onClick={() => setScale(1)}
          />
          <Button
            size="small"
            icon={<ZoomIn />}
            aria-label="Larger (+)"
            title="Larger (+)"
            onClick={() => setScale(zoomed(scale, 1))}
          />
          <Button size="small" icon={<ZoomToFit />} text="Fit" title="All in sight (0)" onClick={fitIn} />
        </ButtonGroup>
        {graph.truncated && <p className="muted">Only the nearest records are drawn; there are more.</p>}
        <GraphView placed={placed} scale={scale} selected={selected} onSelect={setSelected} />
      </section>
      {node ? (
        <RecordDetails node={node} onFocus={onFocus} />
      ) : (
        <p className="record-details muted">
          Choose a record to read what it holds, and to see what led to it and what came of it.
        </p>
      )}
    </div>
  );
}

const titleOf = (focus: Focus): string => {
  if (focus.of === "candidate") return "Everything that led to this candidate";
  return focus.direction === "origins"
    ? `Everything that led to: ${focus.label}`
    : `Everything that came of: ${focus.label}`;
};

/** From any number to what made it, and from any record to what it touched. */
export function ProvenanceDialog({ id, onClose }: { id: CandidateId; onClose(): void }) {
  const [focus, onFocus] = useState<Focus>({ of: "candidate" });
  const { data, error, refetch } = useGraph(id, focus);
  return (
    <Dialog isOpen onClose={onClose} title={titleOf(focus)} className="graph-dialog">
      {focus.of === "record" && (
        <Button
          className="graph-back"
          variant="minimal"
          text="← Back to the candidate"
          onClick={() => onFocus({ of: "candidate" })}
        />
      )}
      {error && <ErrorBanner error={error} retry={() => void refetch()} />}
      {data ? (
        <Explorer
          key={JSON.stringify(focus)}
          graph={data}
          subject={
            focus.of === "record" && focus.direction === "consequences" ? "at the left" : "at the right"
          }
          onFocus={onFocus}
        />
      ) : (
        !error && <Spinner className="page-spinner" />
      )}
    </Dialog>
  );
}
