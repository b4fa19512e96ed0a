/** Opening a page in the browser that the person uses. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** The program that opens a file here, or undefined where nobody could see it. */
function opener(): [program: string, ...args: string[]] | undefined {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** A page that goes on to the address at once. */
const redirectTo = (url: string): string =>
  `<!doctype html><meta charset="utf-8"><title>Ansatz</title><meta name="referrer" content="no-referrer">` +
  `<meta http-equiv="refresh" content="0; url=${url}"><a href="${url}">Open Ansatz</a>\n`;

/** A file that only its owner can read, in a folder of its own; undefined where none can be written. */
function writePage(html: string): { folder: string; file: string } | undefined {
  try {
    const folder = mkdtempSync(join(tmpdir(), "ansatz-open-"));
    const file = join(folder, "ansatz.html");
    writeFileSync(file, html, { mode: 0o600, flag: "wx" });
    return { folder, file };
  } catch {
    return undefined;
  }
}

/**
 * Opens the address; does nothing where there is no display, no such program or no room for the file: the address is printed
 * anyway.
 *
 * Every user of a machine can read the arguments of every program, and the address holds the token. So the browser is
 * given the path of a file that only its owner can read and that goes on to the address.
 *
 * @returns how to remove the file.
 */
export function openBrowser(url: string): Disposable {
  const found = opener();
  if (!found) return { [Symbol.dispose]: () => {} };
  const page = writePage(redirectTo(url));
  if (!page) return { [Symbol.dispose]: () => {} };
  const [program, ...args] = found;
  const child = spawn(program, [...args, page.file], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
  return { [Symbol.dispose]: () => rmSync(page.folder, { recursive: true, force: true }) };
}
