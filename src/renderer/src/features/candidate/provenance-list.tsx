import { Tag } from "@blueprintjs/core";
import type { Proposal, ProvenanceStep } from "#shared/candidate.ts";
import { fixed, when } from "../../format.ts";

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

/** How every number came about, stage by stage. */
export function ProvenanceList({
  steps,
  proposal,
}: {
  steps: readonly ProvenanceStep[];
  proposal: Proposal;
}) {
  return (
    <section className="records">
      <h3>Provenance</h3>
      <p className="caption muted">
        Proposal {proposal.index + 1}, as sampled: <code>{proposal.smiles}</code> (−log p ={" "}
        {fixed(proposal.nll, 2)} nats)
      </p>
      <ol className="provenance-list">
        {steps.map((step) => (
          <Step key={`${step.stage}-${step.resultKey}`} step={step} />
        ))}
      </ol>
    </section>
  );
}
