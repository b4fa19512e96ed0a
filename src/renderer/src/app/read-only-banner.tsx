import { Callout } from "@blueprintjs/core";
import { useReadOnly } from "./use-read-only.ts";

/** Shown over every page of a notebook that is only looked at. */
export function ReadOnlyBanner() {
  if (!useReadOnly()) return null;
  return (
    <Callout className="connection-banner" intent="warning" compact role="status">
      This notebook is open read-only: nothing can be started or reviewed here. Reload the page to see what
      another process has added.
    </Callout>
  );
}
