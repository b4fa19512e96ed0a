/** One process at a time: two commands started at once must not build or install over each other. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

const WAIT_MS = 200;
/** An owner writes its name right after it made the file; this long it may take. */
const PATIENCE = 20;

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}

const ownersOf = (path) => (existsSync(path) ? readFileSync(path, "utf8").trim() : "").split(" ").map(Number);

/** Takes the lock file, or waits for it; a dead owner's lock is taken over. `waiting` hears once whom it waits for. */
export async function takeLock(path, waiting) {
  mkdirSync(dirname(path), { recursive: true });
  for (let waited = 0; ; waited++) {
    try {
      writeFileSync(path, String(process.pid), { flag: "wx" });
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owners = ownersOf(path).filter((owner) => owner > 0);
    const isLeft = owners.length > 0 ? !owners.some(isAlive) : waited > PATIENCE;
    if (isLeft) rmSync(path, { force: true });
    else {
      if (waited === 0) waiting(owners[0] ?? "that is starting");
      await delay(WAIT_MS);
    }
  }
}

/** While children work, they own the lock too: they may outlive their parent. */
export function shareLock(path, child) {
  if (existsSync(path)) writeFileSync(path, `${process.pid} ${child ?? ""}`);
}

export const giveLock = (path) => rmSync(path, { force: true });
