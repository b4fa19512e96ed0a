/** Starting the built desktop app under Playwright. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { _electron, type ElectronApplication } from "playwright-core";

const LAUNCH_MS = 60_000;

const require = createRequire(import.meta.url);

/**
 * Holds the app's start until Playwright is attached. Playwright loads it itself only for an Electron that it found
 * itself; without it a window that opens too early is now and then never seen.
 */
const HOLD_START = join(
  dirname(require.resolve("playwright-core/package.json")),
  "lib/server/electron/loader.js",
);

/** ANSATZ_ELECTRON, else the binary that npm's electron brought, if it could. */
function findElectron(): string | undefined {
  const named = process.env.ANSATZ_ELECTRON;
  if (named) return named;
  try {
    const path: unknown = require("electron");
    return typeof path === "string" && existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}

export const electron = findElectron();
const hasDisplay = process.platform !== "linux" || Boolean(process.env.DISPLAY);
/** Why there is nothing to test with; empty where there is. */
export const missing = electron
  ? hasDisplay
    ? ""
    : "no display (DISPLAY is not set)"
  : "no Electron (set ANSATZ_ELECTRON)";
if (missing) process.stderr.write(`\n*** Electron end-to-end tests SKIPPED: ${missing} ***\n\n`);

/**
 * @param folder where the app keeps its notebook and its window's state
 * @param program what starts Electron
 */
export function launchDesktop(folder: string, program = electron ?? ""): Promise<ElectronApplication> {
  if (!existsSync("out/main/index.js")) throw new Error('The app is not built. Run "npm run setup".');
  return _electron.launch({
    executablePath: program,
    args: ["-r", HOLD_START, ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), resolve(".")],
    env: {
      ...(process.env as Record<string, string>),
      ANSATZ_NODE: process.execPath,
      ANSATZ_NOTEBOOK: join(folder, "notebook.sqlite"),
      XDG_CONFIG_HOME: join(folder, "config"),
    },
    timeout: LAUNCH_MS,
  });
}
