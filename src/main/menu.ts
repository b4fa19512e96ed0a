/** The application menu; entries of our own tell the page what was chosen. */
import { app, type BrowserWindow, Menu, type MenuItemConstructorOptions } from "electron";

/** @param window the window to tell; undefined while none is open. */
export function setMenu(window: () => BrowserWindow | undefined): void {
  const command = (label: string, accelerator: string, name: string): MenuItemConstructorOptions => ({
    label,
    accelerator,
    click: () => window()?.webContents.send("menu", name),
  });
  const template: MenuItemConstructorOptions[] = [
    ...(process.platform === "darwin" ? [{ role: "appMenu" } as const] : []),
    {
      label: "&File",
      submenu: [
        command("&New campaign…", "CmdOrCtrl+N", "new-campaign"),
        command("&Campaigns", "CmdOrCtrl+L", "campaigns"),
        command("&Search the notebook…", "CmdOrCtrl+K", "search"),
        command("N&otebook", "CmdOrCtrl+B", "notebook"),
        { type: "separator" },
        { role: process.platform === "darwin" ? "close" : "quit" },
      ],
    },
    {
      label: "&Edit",
      submenu: [
        // The page has the keys: in a text field they are the browser's, elsewhere they take back verdicts.
        { ...command("&Undo", "CmdOrCtrl+Z", "undo"), registerAccelerator: false },
        { ...command("&Redo", "Shift+CmdOrCtrl+Z", "redo"), registerAccelerator: false },
        { type: "separator" },
        { role: "cut" },
        { role: "copy" },
        { role: "paste" },
        { role: "selectAll" },
        { type: "separator" },
        command("Se&ttings…", "CmdOrCtrl+,", "settings"),
      ],
    },
    {
      label: "&View",
      submenu: [
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
    { label: "&Help", submenu: [command("&Keyboard shortcuts", "CmdOrCtrl+/", "shortcuts")] },
  ];
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
