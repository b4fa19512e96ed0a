import { useEffect } from "react";
import { host } from "../../rpc/client.ts";
import { useConnection } from "../../rpc/use-connection.ts";
import { isRunning, useCurrentCalculations } from "./use-calculations.ts";

/** Draws nothing. Tells the window whether a calculation runs, once it is known: before that, what was told last holds. */
export function TellOfWork() {
  const { data } = useCurrentCalculations();
  const { phase } = useConnection();
  const hasWork = phase === "open" ? data?.some(isRunning) : phase === "lost" ? false : undefined;
  useEffect(() => {
    if (hasWork !== undefined) host.tellOfWork?.(hasWork);
  }, [hasWork]);
  return null;
}
