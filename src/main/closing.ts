/**
 * Asks before the window closes on work that would end. The page says beforehand that there is some (renderer/src/host/desktop.ts):
 * asked only when it is to close, by beforeunload, a page that does not answer for a second is closed without a question.
 */
import { type BrowserWindow, dialog, ipcMain } from "electron";

const CLOSE = 0;
const STAY = 1;

/** True where the person would rather end it. */
const isGivenUp = (window: BrowserWindow): boolean =>
  dialog.showMessageBoxSync(window, {
    type: "warning",
    buttons: ["Close and end it", "Keep it running"],
    defaultId: STAY,
    cancelId: STAY,
    message: "A calculation is still running.",
    detail:
      "It ends with the program. The steps of an optimisation and the frames of a curve are kept; of anything else nothing is.",
  }) === CLOSE;

/** Windows whose page said that a calculation runs. */
const working = new WeakSet<BrowserWindow>();

/** Nothing runs any more, whatever the page said: the engine is gone. */
export const forgetWork = (window: BrowserWindow): void => void working.delete(window);

export function askBeforeClosing(window: BrowserWindow): void {
  const hear = (event: Electron.IpcMainEvent, told: unknown) => {
    if (event.sender !== window.webContents || event.senderFrame !== window.webContents.mainFrame) return;
    if (told === true) working.add(window);
    else working.delete(window);
  };
  ipcMain.on("window:work", hear);
  window.on("closed", () => ipcMain.off("window:work", hear));
  window.on("close", (event) => {
    if (working.has(window) && !isGivenUp(window)) event.preventDefault();
  });
}
