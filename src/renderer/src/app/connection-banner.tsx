import { Button, Callout, Spinner } from "@blueprintjs/core";
import { connection, host } from "../rpc/client.ts";
import { useConnection } from "../rpc/use-connection.ts";

/** Shown while there is no line to the engine. */
export function ConnectionBanner() {
  const state = useConnection();
  if (state.phase !== "lost") return null;
  return (
    <Callout className="connection-banner" intent="danger" title="The engine is not running" role="alert">
      <p>
        {state.reason} Everything that was computed is in the notebook; an interrupted campaign goes on where
        it stopped. A model that was being trained has to be trained again.
      </p>
      <div className="connection-banner-actions">
        <Button intent="danger" text={host.remedy} onClick={connection.retry} />
        {state.retriesAlone && (
          <span className="muted">
            <Spinner size={14} /> trying again…
          </span>
        )}
      </div>
    </Callout>
  );
}
