import { HotkeysContext } from "@blueprintjs/core";
import { type ReactNode, useContext, useEffect } from "react";
import { navigate } from "../hooks/route.ts";
import { useKeys } from "../hooks/use-keys.ts";
import { host } from "../rpc/client.ts";

/** Keys and menu entries that work everywhere; "?" shows all that work at the moment. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [, dispatch] = useContext(HotkeysContext);
  useKeys([
    { combo: "n", label: "New campaign", run: () => navigate({ page: "new", from: null }) },
    { combo: "c", label: "All campaigns", run: () => navigate({ page: "campaigns" }) },
    { combo: "shift + m", label: "Models", run: () => navigate({ page: "models" }) },
    { combo: "mod + k", label: "Search the notebook", run: () => navigate({ page: "search", query: null }) },
  ]);
  useEffect(
    () =>
      host.onCommand((command) => {
        if (command === "new-campaign") navigate({ page: "new", from: null });
        if (command === "campaigns") navigate({ page: "campaigns" });
        if (command === "search") navigate({ page: "search", query: null });
        if (command === "notebook") navigate({ page: "notebook" });
        if (command === "shortcuts") dispatch({ type: "OPEN_DIALOG" });
      }),
    [dispatch],
  );
  return children;
}
