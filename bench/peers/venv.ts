/** A Python environment with a bench's peers, made once under .venv/; never needed by the app. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** Path of the Python that has the packages of requirements-<name>.txt; installs them at the first call. */
export function peerPython(name: string): string {
  const folder = join(here, "..", "..", ".venv", `peers-${name}`);
  const python = join(folder, process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
  if (existsSync(python)) return python;
  process.stderr.write(`making ${folder} (some minutes)\n`);
  execFileSync("python3", ["-m", "venv", folder], { stdio: "inherit" });
  execFileSync(python, ["-m", "pip", "install", "-q", "-r", join(here, `requirements-${name}.txt`)], {
    stdio: "inherit",
  });
  return python;
}
