/** Asks before the window closes on work that would end: the page says that there is some, by refusing to be left. */
import { type BrowserWindow, dialog } from "electron";

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

/** Of a page that is only loaded anew nothing is lost: the engine works on beside it. */
export function askBeforeClosing(window: BrowserWindow): void {
  let isClosing = false;
  window.on("close", () => {
    isClosing = true;
  });
  window.webContents.on("will-prevent-unload", (event) => {
    if (!isClosing || isGivenUp(window)) event.preventDefault();
    else isClosing = false;
  });
}
