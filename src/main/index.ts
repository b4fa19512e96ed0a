/** The desktop shell: one instance, one window, one engine. It only introduces them to each other. */
import { homedir } from "node:os";
import { join } from "node:path";
import { app, type BrowserWindow, session } from "electron";
import { defaultNotebookPath } from "#shared/notebook/notebook-path.ts";
import { forgetWork } from "./closing.ts";
import { type EngineHost, startEngineHost } from "./engine-host.ts";
import { setMenu } from "./menu.ts";
import { registerScheme, serveApp } from "./protocol.ts";
import { lockContents, lockNetwork, lockSession } from "./security.ts";
import { openWindow } from "./window.ts";

const inApp = (...path: string[]): string => join(app.getAppPath(), ...path);

let window: BrowserWindow | undefined;
let engine: EngineHost | undefined;

function runningEngine(): EngineHost {
  engine ??= startEngineHost({
    entry: inApp("out", "main", "engine-process.js"),
    notebook: defaultNotebookPath({ platform: process.platform, home: homedir(), env: process.env }),
    resources: inApp("resources"),
    keys: join(app.getPath("userData"), "device-keys.json"),
    externalNode: process.env.ANSATZ_NODE,
    onExit(reason) {
      engine = undefined;
      if (!window) return;
      forgetWork(window);
      window.webContents.send("engine:lost", reason);
    },
  });
  return engine;
}

function showWindow(): void {
  if (window) {
    if (window.isMinimized()) window.restore();
    window.focus();
    return;
  }
  window = openWindow({
    preload: inApp("out", "preload", "index.cjs"),
    userData: app.getPath("userData"),
    engine: runningEngine,
  });
  window.on("closed", () => {
    window = undefined;
  });
}

/** Quits once the engine has finished its transaction. */
function quitInOrder(event: Electron.Event): void {
  if (!engine) return;
  event.preventDefault();
  const ending = engine;
  engine = undefined;
  void ending.stop().then(() => app.quit());
}

if (app.requestSingleInstanceLock()) {
  registerScheme();
  lockNetwork();
  lockContents();
  app.on("second-instance", showWindow);
  app.on("activate", showWindow);
  app.on("window-all-closed", () => app.quit());
  app.on("will-quit", quitInOrder);
  void app.whenReady().then(async () => {
    await lockSession(session.defaultSession);
    serveApp(session.defaultSession, inApp("out", "renderer"));
    setMenu(() => window);
    showWindow();
  });
} else app.quit();
