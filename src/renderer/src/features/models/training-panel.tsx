import { Button, Callout, Spinner } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isTraining, type ReadingReport, type Training, type TrainingPlan } from "#shared/training.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { integer } from "../../format.ts";
import { api } from "../../rpc/client.ts";
import { LossCurve } from "./loss-curve.tsx";

const TITLES: Readonly<Record<Training["state"], string>> = {
  reading: "Reading the molecules",
  training: "Training",
  saving: "Saving",
  succeeded: "Trained",
  failed: "Nothing was made",
  cancelled: "Cancelled; nothing was kept",
};

/** What was used of the file, what was not and why. */
function Reading({ reading }: { reading: ReadingReport }) {
  const { entries, used, duplicates, saltsRemoved, neutralised, dropped, examples, format, encoding } =
    reading;
  return (
    <div className="reading">
      <p>
        {integer(used)} of {integer(entries)} entries used ({format.toUpperCase()}, {encoding});{" "}
        {integer(duplicates)} {duplicates === 1 ? "duplicate" : "duplicates"}, {integer(saltsRemoved)} without
        their salts, {integer(neutralised)} neutralised
      </p>
      {Object.entries(dropped).map(([reason, count]) => (
        <p key={reason}>
          {integer(count)} dropped: {reason}
        </p>
      ))}
      {examples.length > 0 && (
        <details>
          <summary>Dropped lines</summary>
          <ul className="findings">
            {examples.map(({ line, text, reason }) => (
              <li key={line}>
                <b>{line}</b>
                <span>
                  <code>{text}</code> {reason}
                </span>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Plan({ plan }: { plan: TrainingPlan }) {
  const unknown = Object.entries(plan.unknownTokens);
  return (
    <p>
      Learning from {integer(plan.trainingMolecules)} molecules, {integer(plan.validationMolecules)} held back
      {unknown.map(([token, count]) => `; ${integer(count)} left out, for the model does not know ${token}`)}
      {plan.tooLong > 0 && `; ${integer(plan.tooLong)} left out as too long`}
    </p>
  );
}

function StopButtons() {
  const queries = useQueryClient();
  const { mutate, error, isPending } = useMutation(
    api.models.stopTraining.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: api.models.training.key() }),
    }),
  );
  return (
    <>
      <div className="panel-actions">
        <Button
          text="Stop and keep the best"
          loading={isPending}
          onClick={() => mutate({ keepBest: true })}
        />
        <Button variant="minimal" text="Cancel" onClick={() => mutate({ keepBest: false })} />
      </div>
      {error && <ErrorBanner error={error} />}
    </>
  );
}

/** A training as it goes on, or how the last one ended. */
export function TrainingPanel({ training }: { training: Training }) {
  const { request, state, reading, plan, curve, model, error } = training;
  return (
    <section className="panel training" aria-label="Training">
      <h2 role="status">
        {TITLES[state]}: {request.name} from {request.fileName}
      </h2>
      {state === "reading" && <Spinner size={20} />}
      {reading && <Reading reading={reading} />}
      {plan && <Plan plan={plan} />}
      {curve.length > 0 && <LossCurve curve={curve} />}
      {isTraining(training) && <StopButtons />}
      {error && (
        <Callout intent="warning" role="alert">
          {error}
        </Callout>
      )}
      {model && (
        <Callout intent="success">
          <code>{model.name}</code> is in the list; a new campaign can propose with it.
        </Callout>
      )}
    </section>
  );
}
