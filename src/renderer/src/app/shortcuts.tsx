import { HotkeysContext } from "@blueprintjs/core";
import { type ReactNode, useContext, useEffect, useRef } from "react";
import { useUndo } from "../features/review/use-verdicts.ts";
import type { HistoryMove } from "../features/review/verdict-history.ts";
import { navigate } from "../hooks/route.ts";
import { useKeys } from "../hooks/use-keys.ts";
import { host } from "../rpc/client.ts";
import { openSettings } from "./settings.tsx";

const isTextField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** From the menu: in a text field what was typed, elsewhere the last verdict. */
function change(direction: HistoryMove, undo: (direction: HistoryMove) => void): void {
  if (isTextField(document.activeElement)) document.execCommand(direction);
  else undo(direction);
}

/** Keys and menu entries that work everywhere; "?" shows all that work at the moment. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const [, dispatch] = useContext(HotkeysContext);
  const undo = useUndo();
  useKeys([
    { combo: "n", label: "New campaign", run: () => navigate({ page: "new", from: null }) },
    { combo: "c", label: "All campaigns", run: () => navigate({ page: "campaigns" }) },
    { combo: "shift + m", label: "Models", run: () => navigate({ page: "models" }) },
    { combo: "mod + k", label: "Search the notebook", run: () => navigate({ page: "search", query: null }) },
    { combo: "mod + ,", label: "Settings", run: openSettings },
    { combo: "mod + z", label: "Undo the last verdict", run: () => undo("undo") },
    { combo: "mod + shift + z", label: "Do it again", run: () => undo("redo") },
  ]);
  const latest = useRef(undo);
  useEffect(() => {
    latest.current = undo;
  });
  useEffect(
    () =>
      host.onCommand((command) => {
        if (command === "undo" || command === "redo") change(command, latest.current);
        if (command === "new-campaign") navigate({ page: "new", from: null });
        if (command === "campaigns") navigate({ page: "campaigns" });
        if (command === "search") navigate({ page: "search", query: null });
        if (command === "settings") openSettings();
        if (command === "notebook") navigate({ page: "notebook" });
        if (command === "shortcuts") dispatch({ type: "OPEN_DIALOG" });
      }),
    [dispatch],
  );
  return children;
}
