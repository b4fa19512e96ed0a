import { Button, type Intent, Tag } from "@blueprintjs/core";
import { useMutation } from "@tanstack/react-query";
import type { CandidateId } from "#shared/ids.ts";
import type { ReplayOutcome } from "#shared/notebook/replay.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { api } from "../../rpc/client.ts";

const OUTCOMES: Readonly<Record<ReplayOutcome, [Intent, string]>> = {
  identical: ["success", "Same bits"],
  "within-tolerance": ["success", "Within tolerance"],
  different: ["danger", "Different"],
  "not-possible": ["warning", "Not possible"],
};

/** Computes the candidate's steps again from their stored inputs and says of each whether it came out the same. */
export function ReplayPanel({ id }: { id: CandidateId }) {
  const { mutate, data, error, isPending } = useMutation(api.notebook.replay.mutationOptions());
  return (
    <div className="replay">
      <Button
        size="small"
        text="Compute again and compare"
        loading={isPending}
        title="Nothing is written to the notebook"
        onClick={() => mutate({ id })}
      />
      {error && <ErrorBanner error={error} />}
      {data && (
        <ul className="replay-list" aria-label="Computed again" aria-live="polite">
          {data.map(({ step, outcome, detail }) => (
            <li key={step}>
              <Tag minimal round intent={OUTCOMES[outcome][0]}>
                {OUTCOMES[outcome][1]}
              </Tag>
              <b>{step}</b>
              <span className="muted">{detail}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
