import { Button, Dialog, DialogBody, Spinner } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ModelSummary } from "#shared/model/model.ts";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { useReadOnly } from "../../hooks/use-read-only.ts";
import { api } from "../../rpc/client.ts";
import { ImportPanel } from "./import-panel.tsx";
import { ModelCardView } from "./model-card-view.tsx";
import { TrainPanel } from "./train-panel.tsx";
import { TrainingPanel } from "./training-panel.tsx";
import { useTraining } from "./use-training.ts";

const MEBIBYTE = 2 ** 20;

function ModelItem({
  model,
  models,
  onShow,
}: {
  model: ModelSummary;
  models: readonly ModelSummary[];
  onShow(): void;
}) {
  const { name, title, description, hash, parent, bytes, origin } = model;
  const parentName = models.find((other) => other.hash === parent)?.name ?? parent?.slice(0, 12);
  return (
    <li className="model-item">
      <div>
        <b>{title}</b> {origin === "own" && <span className="muted">your own</span>}
        <p className="muted">{description}</p>
        <p className="muted model-facts">
          <code>{name}</code> · <code title={hash}>{hash.slice(0, 12)}</code> ·{" "}
          {(bytes / MEBIBYTE).toFixed(1)} MiB
          {parentName && (
            <>
              {" "}
              · from <code>{parentName}</code>
            </>
          )}
        </p>
      </div>
      <Button text="Card" aria-label={`Card of ${title}`} onClick={onShow} />
    </li>
  );
}

/** The generative models: what they are, one made elsewhere, one's own. */
export function ModelsPage() {
  const models = useQuery({ ...api.models.list.queryOptions(), staleTime: 0 });
  const training = useTraining();
  const [shown, setShown] = useState<string | null>(null);
  const readOnly = useReadOnly();
  if (models.error) return <ErrorBanner error={models.error} retry={() => void models.refetch()} />;
  if (!models.data) return <Spinner className="page-spinner" />;
  const title = models.data.find(({ name }) => name === shown)?.title;
  return (
    <div className="column notebook-page">
      <div className="column-head">
        <h1>Models</h1>
      </div>
      <p className="muted">
        A model proposes the molecules of a campaign. Those that you train or import lie in the folder
        “models” beside the notebook, which records what each learned from.
      </p>
      <ul className="model-list">
        {models.data.map((model) => (
          <ModelItem
            key={model.name}
            model={model}
            models={models.data}
            onShow={() => setShown(model.name)}
          />
        ))}
      </ul>
      {training && <TrainingPanel training={training} />}
      {!readOnly && <TrainPanel models={models.data} training={training} />}
      {!readOnly && <ImportPanel />}
      <Dialog
        className="model-dialog"
        isOpen={shown !== null}
        onClose={() => setShown(null)}
        title={title ?? ""}
      >
        <DialogBody>{shown && <ModelCardView name={shown} />}</DialogBody>
      </Dialog>
    </div>
  );
}
