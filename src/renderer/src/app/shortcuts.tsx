import { HotkeysContext } from "@blueprintjs/core";
import { type ReactNode, useContext, useEffect, useRef, useState } from "react";
import { APP_COMMANDS, type AppCommand, type AppCommandId } from "#shared/host/commands.ts";
import { DialogBoundary } from "../components/fault-boundary.tsx";
import { openHelp } from "../features/help/help-dialog.tsx";
import { useUndo } from "../features/review/use-verdicts.ts";
import { openSample } from "../features/shelf/sample-dialog.tsx";
import { startTour } from "../features/shelf/wanted-tour.ts";
import { navigate } from "../hooks/route.ts";
import { boundKeys, type Key, useKeys } from "../hooks/use-keys.ts";
import { host } from "../rpc/client.ts";
import { openAbout } from "./about.tsx";
import { Palette } from "./palette.tsx";
import { openSettings } from "./settings.tsx";

const isTextField = (element: Element | null): boolean =>
  element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;

/** The menu's undo and redo are of what was typed while the focus is in a text field. */
function changesText(id: AppCommandId): boolean {
  if ((id !== "undo" && id !== "redo") || !isTextField(document.activeElement)) return false;
  document.execCommand(id);
  return true;
}

/** What each command does, and those of the moment, to choose from. */
function useCommands() {
  const [, dispatch] = useContext(HotkeysContext);
  const [palette, setPalette] = useState<readonly Key[]>();
  const undo = useUndo();
  const run: Readonly<Record<AppCommandId, () => void>> = {
    "new-campaign": () => navigate({ page: "new", from: null }),
    campaigns: () => navigate({ page: "campaigns" }),
    calculate: () => navigate({ page: "calculate", id: null }),
    search: () => navigate({ page: "search", query: null }),
    models: () => navigate({ page: "models" }),
    devices: () => navigate({ page: "devices", tab: "backends" }),
    notebook: () => navigate({ page: "notebook" }),
    sample: openSample,
    undo: () => undo("undo"),
    redo: () => undo("redo"),
    settings: openSettings,
    palette: () => setPalette(allNow()),
    help: () => openHelp(),
    tour: startTour,
    shortcuts: () => dispatch({ type: "OPEN_DIALOG" }),
    about: openAbout,
  };
  const keyless = (): Key[] =>
    APP_COMMANDS.filter((command: AppCommand) => command.combo === undefined).map(({ id, title }) => ({
      combo: "",
      label: title,
      run: run[id],
    }));
  const allNow = () => [...boundKeys(), ...keyless()].filter(({ combo }) => combo !== "mod + k");
  return { run, palette, close: () => setPalette(undefined) };
}

/** Keys and menu entries that work everywhere; "?" shows all keys that work at the moment. */
export function Shortcuts({ children }: { children: ReactNode }) {
  const { run, palette, close } = useCommands();
  useKeys(
    APP_COMMANDS.flatMap((command: AppCommand & { id: AppCommandId }) =>
      command.combo === undefined
        ? []
        : [
            {
              ...{ combo: command.combo, label: command.title, run: run[command.id] },
              ...(command.inText && { inText: true }),
            },
          ],
    ),
  );
  const latest = useRef(run);
  useEffect(() => {
    latest.current = run;
  });
  useEffect(
    () =>
      host.onCommand((name) => {
        const command = APP_COMMANDS.find(({ id }) => id === name);
        if (command && !changesText(command.id)) latest.current[command.id]();
      }),
    [],
  );
  return (
    <>
      {children}
      {palette && (
        <DialogBoundary of="The list of commands" onClose={close}>
          <Palette commands={palette} onClose={close} />
        </DialogBoundary>
      )}
    </>
  );
}
