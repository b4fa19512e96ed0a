/** Where the window was when it was last closed. */
import { readFileSync, writeFileSync } from "node:fs";
import { type BrowserWindow, type Rectangle, screen } from "electron";
import { z } from "zod";

const WindowState = z.strictObject({
  x: z.number().int().exactOptional(),
  y: z.number().int().exactOptional(),
  width: z.number().int().min(400),
  height: z.number().int().min(300),
  maximized: z.boolean(),
});
type WindowState = z.infer<typeof WindowState>;

const FIRST: WindowState = { width: 1440, height: 900, maximized: false };

function onSomeDisplay({ x, y, width, height }: Rectangle): boolean {
  return screen
    .getAllDisplays()
    .some(
      ({ workArea: area }) =>
        x < area.x + area.width && x + width > area.x && y < area.y + area.height && y + height > area.y,
    );
}

/** The remembered state; the first one where there is none, it cannot be read, or its display is gone. */
export function readWindowState(file: string): WindowState {
  try {
    const state = WindowState.parse(JSON.parse(readFileSync(file, "utf8")));
    const { x, y } = state;
    if (x === undefined || y === undefined || onSomeDisplay({ ...state, x, y })) return state;
  } catch {
    // No file at the first start; a damaged one is only a lost window position.
  }
  return FIRST;
}

/** Writes the state each time the window closes. */
export function rememberWindowState(window: BrowserWindow, file: string): void {
  window.on("close", () => {
    const state: WindowState = { ...window.getNormalBounds(), maximized: window.isMaximized() };
    try {
      writeFileSync(file, JSON.stringify(state));
    } catch {
      // A full disk must not keep a window from closing.
    }
  });
}
