/** Types, lint and import rules: `node scripts/checks.mjs [typecheck] [lint]`, each as `npm test` runs it. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { root } from "./setup.mjs";

const bin = (path) => join(root, "node_modules", path);
const CHECKS = {
  typecheck: [
    ["types (node)", [bin("typescript/bin/tsc"), "-p", "tsconfig.json"]],
    ["types (web)", [bin("typescript/bin/tsc"), "-p", "tsconfig.web.json"]],
  ],
  lint: [
    ["lint and format", [bin("@biomejs/biome/bin/biome"), "check", "--diagnostic-level=error"]],
    ["import rules", [join(root, "scripts/import-rules.ts")]],
  ],
};

/** Runs Node with these arguments, says whether it went well, and returns that. */
export function check(name, args, wrap = (command) => command) {
  const started = Date.now();
  const [command, ...rest] = wrap([process.execPath, ...args]);
  const { status } = spawnSync(command, rest, { cwd: root, stdio: "inherit" });
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  process.stdout.write(`${name}: ${status === 0 ? "ok" : "FAILED"} (${seconds} s)\n`);
  return status === 0;
}

/** Runs every check of the groups named; true for each that went well. */
export const runChecks = (groups) =>
  groups.flatMap((group) => CHECKS[group]).map(([name, args]) => check(name, args));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const groups = process.argv.slice(2);
  process.exit(runChecks(groups).every(Boolean) ? 0 : 1);
}
