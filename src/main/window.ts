/** The window and its line to the engine. */
import { join } from "node:path";
import { BrowserWindow, ipcMain, MessageChannelMain, type MessagePortMain } from "electron";
import { askBeforeClosing } from "./closing.ts";
import type { EngineHost } from "./engine-host.ts";
import { APP_ORIGIN } from "./security.ts";
import { readWindowState, rememberWindowState } from "./window-state.ts";

interface WindowOptions {
  /** The built preload script, out/preload/index.cjs. */
  preload: string;
  /** Folder for the window's state. */
  userData: string;
  /** The running engine; started again where it has ended. */
  engine(): EngineHost;
}

/** Gives the window one port to the engine at a time, a new one whenever its page asks, as it does again after a reload. */
function handPorts(window: BrowserWindow, engine: () => EngineHost): void {
  let current: MessagePortMain | undefined;
  const connect = (event: Electron.IpcMainEvent) => {
    if (event.sender !== window.webContents || event.senderFrame !== window.webContents.mainFrame) return;
    current?.close();
    current = undefined;
    try {
      const { port1, port2 } = new MessageChannelMain();
      engine().connect(port1);
      current = port1;
      window.webContents.postMessage("engine:port", null, [port2]);
    } catch (error) {
      window.webContents.send("engine:lost", error instanceof Error ? error.message : String(error));
    }
  };
  ipcMain.on("engine:connect", connect);
  window.on("closed", () => ipcMain.off("engine:connect", connect));
}

/** Opens the window; it is shown when its first picture is there, so that it never flashes white. */
export function openWindow({ preload, userData, engine }: WindowOptions): BrowserWindow {
  const stateFile = join(userData, "window.json");
  const { maximized, ...bounds } = readWindowState(stateFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: 900,
    minHeight: 600,
    show: false,
    title: "Ansatz",
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false,
    },
  });
  if (maximized) window.maximize();
  rememberWindowState(window, stateFile);
  handPorts(window, engine);
  askBeforeClosing(window);
  window.once("ready-to-show", () => window.show());
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
