import { Callout } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { api } from "../rpc/client.ts";

/** Shown over every page of a notebook that is only looked at. */
export function ReadOnlyBanner() {
  const { data } = useQuery(api.system.info.queryOptions());
  if (!data?.readOnly) return null;
  return (
    <Callout className="connection-banner" intent="warning" compact role="status">
      {data.readOnlyReason && <>{data.readOnlyReason} </>}
      The notebook is open read-only: nothing can be started, reviewed or signed here. Reload the page to see
      what another process has added.
    </Callout>
  );
}
