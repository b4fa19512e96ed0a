import { Button, Callout, InputGroup, Spinner } from "@blueprintjs/core";
import { type FormEvent, useState } from "react";
import { connection, host } from "../rpc/client.ts";
import { useConnection } from "../rpc/use-connection.ts";

/** Where the host was started anew: the address that it printed brings this page back. */
function AddressForm({ take }: { take(text: string): boolean }) {
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const taken = take(text.trim());
    setWrong(!taken);
    if (taken) connection.retry();
  };
  return (
    <form className="connection-banner-actions" onSubmit={submit}>
      <InputGroup
        aria-label="Address that the server printed"
        placeholder={`${location.origin}/#token=…`}
        autoComplete="off"
        value={text}
        intent={wrong ? "danger" : "none"}
        onValueChange={setText}
      />
      <Button intent="danger" type="submit" text="Reconnect" disabled={text.trim() === ""} />
      {wrong && <span role="status">Expected {location.origin}/#token= and 64 digits.</span>}
    </form>
  );
}

/** Shown while there is no line to the engine. */
export function ConnectionBanner() {
  const state = useConnection();
  if (state.phase !== "lost") return null;
  const title = state.refused ? "This page is not connected" : "The engine is not running";
  return (
    <Callout className="connection-banner" intent="danger" title={title} role="alert">
      <p>
        {state.reason} Everything that was computed is in the notebook; an interrupted campaign goes on where
        it stopped. Of a model that was being trained the best pass is kept.
      </p>
      {state.refused && host.takeAddress && <AddressForm take={host.takeAddress} />}
      <div className="connection-banner-actions">
        {!state.refused && <Button intent="danger" text={host.remedy} onClick={connection.retry} />}
        {state.retriesAlone && (
          <span className="muted">
            <Spinner size={14} /> trying again…
          </span>
        )}
      </div>
    </Callout>
  );
}
