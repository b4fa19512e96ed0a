import { Button, Callout, Spinner } from "@blueprintjs/core";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import {
  changesText,
  isTraining,
  type ReadingReport,
  sourceText,
  type Training,
  type TrainingPlan,
} from "#shared/model/training.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useLive } from "../../hooks/use-live.ts";
import { api } from "../../rpc/client.ts";
import { integer } from "../../text/format.ts";
import { LossCurve } from "./loss-curve.tsx";
import { endingText, waitingText } from "./training-text.ts";

const TITLES: Readonly<Record<Training["state"], string>> = {
  reading: "Reading the molecules",
  training: "Training",
  saving: "Saving",
  succeeded: "Trained",
  failed: "Nothing was made",
  cancelled: "Cancelled; nothing was kept",
};

const titleOf = (training: Training, live: boolean): string => {
  const title = TITLES[training.state];
  return isTraining(training) && !live ? `Last seen ${title.toLowerCase()}` : title;
};

/** What was used of the file, what was not and why. */
function Reading({ reading }: { reading: ReadingReport }) {
  const { entries, used, duplicates, dropped, examples } = reading;
  const droppedInAll = Object.values(dropped).reduce((total, count) => total + count, 0);
  return (
    <div className="reading">
      <p>
        {integer(used)} of {integer(entries)} entries used ({sourceText(reading)}); {integer(duplicates)}{" "}
        {duplicates === 1 ? "duplicate" : "duplicates"}, {changesText(reading)}
      </p>
      {Object.entries(dropped).map(([reason, count]) => (
        <p key={reason}>
          {integer(count)} dropped: {reason}
        </p>
      ))}
      {examples.length > 0 && (
        <details>
          <summary>
            {examples.length < droppedInAll
              ? `The first ${examples.length} of ${integer(droppedInAll)} dropped`
              : "Dropped lines"}
          </summary>
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
      {unknown.map(
        ([token, count]) => `; ${integer(count)} left out because the model does not know ${token}`,
      )}
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

/** That it goes on, between one point of the curve and the next. */
function Waiting({ training }: { training: Training }) {
  return (
    <p className="training-wait muted">
      <Spinner size={14} />
      {waitingText(training)}
    </p>
  );
}

/** A training as it goes on, or how the last one ended. */
export function TrainingPanel({ training }: { training: Training }) {
  const { request, reading, plan, curve, ending, model, error } = training;
  const live = useLive();
  const goesOn = isTraining(training) && live;
  return (
    <section className="panel training" aria-label="Training">
      <h2 role="status">
        {titleOf(training, live)}:{" "}
        <span className="as-written">
          {request.name} from {request.fileName}
        </span>
      </h2>
      {reading && <Reading reading={reading} />}
      {plan && <Plan plan={plan} />}
      {curve.length > 0 && <LossCurve curve={curve} />}
      {goesOn && <Waiting training={training} />}
      {goesOn && <StopButtons />}
      {error && (
        <Callout intent="warning" role="alert">
          {error}
        </Callout>
      )}
      {model && (
        <Callout intent="success">
          {ending && `${endingText(ending, curve)} `}
          <code>{model.name}</code> is in the list; a new campaign can propose with it.
        </Callout>
      )}
    </section>
  );
}
