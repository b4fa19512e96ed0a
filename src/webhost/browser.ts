/** Opening a page in the browser that the person uses. */
import { spawn } from "node:child_process";

/** The program that opens an address here, or undefined where nobody could see it. */
function opener(): [program: string, ...args: string[]] | undefined {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}

/** Opens the address; does nothing where there is no display or no such program, for the address is printed anyway. */
export function openBrowser(url: string): void {
  const found = opener();
  if (!found) return;
  const [program, ...args] = found;
  const child = spawn(program, [...args, url], { stdio: "ignore", detached: true });
  child.on("error", () => {});
  child.unref();
}
