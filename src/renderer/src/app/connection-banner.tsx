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
        it stopped. Of a model that was being trained the best pass is kept.
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
