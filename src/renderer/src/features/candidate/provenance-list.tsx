import { Button, Tag } from "@blueprintjs/core";
import { useState } from "react";
import type { CandidateDetail, ProvenanceStep } from "#shared/campaign/candidate.ts";
import { DialogBoundary } from "../../components/fault-boundary.tsx";
import { useKeys } from "../../hooks/use-keys.ts";
import { typeset, when } from "../../text/format.ts";
import { ProvenanceDialog } from "../provenance/provenance-dialog.tsx";
import { ReplayPanel } from "./replay-panel.tsx";

function Step({ step }: { step: ProvenanceStep }) {
  return (
    <li>
      <details>
        <summary>
          <b>{step.stage}</b>
          <span className="muted">version {step.stageVersion}</span>
          {step.reused && (
            <Tag minimal round title="An earlier result with the same input was used again">
              reused
            </Tag>
          )}
          <time className="muted" dateTime={step.finishedAt}>
            {when(step.finishedAt)}
          </time>
        </summary>
        <dl className="facts">
          <dt>Program</dt>
          <dd>{step.program}</dd>
          <dt>Result key</dt>
          <dd className="mono">{step.resultKey}</dd>
          <dt>Input</dt>
          <dd>
            <pre>{JSON.stringify(step.input, null, 2)}</pre>
          </dd>
        </dl>
      </details>
    </li>
  );
}

/** How every number came about, stage by stage; as a graph; and whether it comes out the same today. */
export function ProvenanceList({ candidate }: { candidate: CandidateDetail }) {
  const { id, proposal, provenance } = candidate;
  const [graph, setGraph] = useState(false);
  useKeys([{ combo: "g", label: "Provenance as a graph", run: () => setGraph(true) }]);
  return (
    <section className="records">
      <h3>Provenance</h3>
      <p className="caption muted">
        {proposal.given ? `Row ${proposal.index + 1}, as given` : `Proposal ${proposal.index}, as sampled`}:{" "}
        <code>{proposal.smiles}</code>
        {proposal.nll !== null && ` (−log p = ${typeset(proposal.nll, 2)} nats)`}
      </p>
      <ol className="provenance-list">
        {provenance.map((step) => (
          <Step key={`${step.stage}-${step.resultKey}`} step={step} />
        ))}
      </ol>
      <div className="provenance-actions">
        <Button size="small" text="Show as a graph" onClick={() => setGraph(true)} />
        <ReplayPanel key={id} id={id} />
      </div>
      {graph && (
        <DialogBoundary of="The provenance graph" onClose={() => setGraph(false)}>
          <ProvenanceDialog id={id} onClose={() => setGraph(false)} />
        </DialogBoundary>
      )}
    </section>
  );
}
