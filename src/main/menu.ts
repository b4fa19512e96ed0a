/** The application menu; entries of our own tell the page what was chosen. */
import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from "electron";
import { APP_COMMANDS, type AppCommand, acceleratorOf } from "#shared/host/commands.ts";

/** In the page they are keys of a text field as well: it decides what they take back. */
const OWN_KEYS: readonly string[] = ["undo", "redo"];

/** @param window the window to tell; undefined while none is open. */
export function setMenu(window: () => BrowserWindow | undefined): void {
  const entries = (menu: AppCommand["menu"]): MenuItemConstructorOptions[] =>
    APP_COMMANDS.filter((command) => command.menu === menu).map((command) => {
      const accelerator = acceleratorOf(command);
      return {
        label: command.title,
        click: () => window()?.webContents.send("menu", command.id),
        ...(accelerator && { accelerator }),
        ...(OWN_KEYS.includes(command.id) && { registerAccelerator: false }),
      };
    });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    {
      label: "&File",
      submenu: [
        ...entries("file"),
        { type: "separator" },
        { role: process.platform === "darwin" ? "close" : "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        ...entries("edit"),
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
      ],
    },
    {
      label: "&View",
      submenu: [
        ...entries("view"),
        { type: "separator" },
        { role: "reload" },
        { type: "separator" },
        { role: "resetZoom" },
        { role: "zoomIn" },
        { role: "zoomOut" },
        { type: "separator" },
        { role: "togglefullscreen" },
        ...(app.isPackaged ? [] : [{ role: "toggleDevTools" } as const]),
      ],
    },
    { label: "&Help", submenu: entries("help") },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
