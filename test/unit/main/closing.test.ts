import { EventEmitter } from "node:events";
import type { BrowserWindow } from "electron";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { askBeforeClosing, forgetWork } from "../../../src/main/closing.ts";

const electron = vi.hoisted(() => ({
  ipcMain: undefined as unknown as EventEmitter,
  showMessageBoxSync: vi.fn(),
}));
vi.mock("electron", () => ({
  get ipcMain() {
    return electron.ipcMain;
  },
  dialog: { showMessageBoxSync: electron.showMessageBoxSync },
}));

const CLOSE = 0;
const STAY = 1;
const WORK = "window:work";

/** As much of a window as closing needs: it is gone after a close that nobody prevents. */
class Window extends EventEmitter {
  readonly webContents = { mainFrame: {} };
  readonly sender = { sender: this.webContents, senderFrame: this.webContents.mainFrame };
  isOpen = true;

  close(): void {
    this.isOpen = false;
    this.emit("close", {
      preventDefault: () => {
        this.isOpen = true;
      },
    });
    if (!this.isOpen) this.emit("closed");
  }
}

function watched(): Window {
  const window = new Window();
  askBeforeClosing(window as unknown as BrowserWindow);
  return window;
}

beforeEach(() => {
  electron.ipcMain = new EventEmitter();
  electron.showMessageBoxSync.mockReset().mockReturnValue(STAY);
});

describe("closing the window", () => {
  it("asks nothing where nothing runs, has run, or runs in another page", () => {
    const window = watched();
    electron.ipcMain.emit(WORK, { ...window.sender, senderFrame: {} }, true);
    electron.ipcMain.emit(WORK, { ...window.sender, sender: {} }, true);
    window.close();
    expect(window.isOpen).toBe(false);
    const later = watched();
    electron.ipcMain.emit(WORK, later.sender, true);
    electron.ipcMain.emit(WORK, later.sender, false);
    later.close();
    expect(later.isOpen).toBe(false);
    const orphan = watched();
    electron.ipcMain.emit(WORK, orphan.sender, true);
    forgetWork(orphan as unknown as BrowserWindow);
    orphan.close();
    expect(orphan.isOpen, "its engine died").toBe(false);
    expect(electron.showMessageBoxSync).not.toHaveBeenCalled();
  });

  it("stays for work as often as the person says so, and closes when they give it up", () => {
    const window = watched();
    electron.ipcMain.emit(WORK, window.sender, true);
    for (const times of [1, 2]) {
      window.close();
      expect(window.isOpen).toBe(true);
      expect(electron.showMessageBoxSync).toHaveBeenCalledTimes(times);
    }
    electron.showMessageBoxSync.mockReturnValue(CLOSE);
    window.close();
    expect(window.isOpen).toBe(false);
    expect(electron.ipcMain.listenerCount(WORK), "of a window that is gone").toBe(0);
  });
});
