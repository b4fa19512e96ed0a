/** What can be done wherever a person is: menu, palette, keys and the list of keys are made of it. */
export interface AppCommand {
  readonly id: string;
  readonly title: string;
  readonly menu: "file" | "edit" | "view" | "help";
  /** The key in the page, as "mod + shift + f"; where it has Ctrl or ⌘, the menu's too. */
  readonly combo?: string;
  /** Works in a text field too. */
  readonly inText?: boolean;
  /** The menu's key where it is another, as Electron writes it. */
  readonly accelerator?: string;
}

export const APP_COMMANDS = [
  { id: "new-campaign", title: "New campaign", menu: "file", combo: "n", accelerator: "CmdOrCtrl+N" },
  { id: "campaigns", title: "All campaigns", menu: "file", combo: "c", accelerator: "CmdOrCtrl+L" },
  { id: "calculate", title: "Calculate one molecule", menu: "file", combo: "mod + shift + e" },
  { id: "search", title: "Search the notebook", menu: "file", combo: "mod + shift + f" },
  { id: "models", title: "Models", menu: "file", combo: "shift + m" },
  { id: "devices", title: "Devices in the cloud", menu: "file", combo: "shift + d" },
  { id: "notebook", title: "Notebook", menu: "file", combo: "mod + b" },
  { id: "sample", title: "Make a sample notebook", menu: "file" },
  { id: "undo", title: "Undo the last verdict", menu: "edit", combo: "mod + z" },
  { id: "redo", title: "Do the verdict again", menu: "edit", combo: "mod + shift + z" },
  { id: "settings", title: "Settings", menu: "edit", combo: "mod + ," },
  { id: "palette", title: "Every command", menu: "view", combo: "mod + k" },
  { id: "help", title: "Help", menu: "help", combo: "f1", accelerator: "F1", inText: true },
  { id: "tour", title: "Tour of the sample", menu: "help" },
  { id: "shortcuts", title: "Keyboard shortcuts", menu: "help", accelerator: "CmdOrCtrl+/" },
  { id: "about", title: "This installation", menu: "help" },
] as const satisfies readonly AppCommand[];
export type AppCommandId = (typeof APP_COMMANDS)[number]["id"];

/** "CmdOrCtrl+Shift+F"; undefined for a command that a menu shows without a key. */
export function acceleratorOf({ combo, accelerator }: AppCommand): string | undefined {
  if (accelerator !== undefined || !combo?.includes("mod")) return accelerator;
  const named: Readonly<Record<string, string>> = { mod: "CmdOrCtrl", shift: "Shift" };
  return combo
    .split(" + ")
    .map((key) => named[key] ?? key.toUpperCase())
    .join("+");
}
