/** `npm test`: types, lint, then every test; ends with the line "N passed, N failed, N skipped". */
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { root } from "./setup.mjs";

const report = join(root, "build/test-report.json");
const node = process.execPath;
const bin = (path) => join(root, "node_modules", path);
const extra = process.argv.slice(2);

/** Desktop tests need a display; on Linux without one they get a virtual one where xvfb-run is there. */
function withDisplay(command) {
  if (process.platform !== "linux" || process.env.DISPLAY) return command;
  const found = spawnSync("xvfb-run", ["--help"], { stdio: "ignore" });
  return found.error ? command : ["xvfb-run", "-a", "-s", "-screen 0 1600x1000x24", ...command];
}

function check(name, args) {
  const started = Date.now();
  const [command, ...rest] = name === "tests" ? withDisplay([node, ...args]) : [node, ...args];
  const { status } = spawnSync(command, rest, { cwd: root, stdio: "inherit" });
  process.stdout.write(
    `${name}: ${status === 0 ? "ok" : "FAILED"} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
  );
  return status === 0;
}

mkdirSync(join(root, "build"), { recursive: true });
rmSync(report, { force: true });
const checks = [
  ["types (node)", [bin("typescript/bin/tsc"), "-p", "tsconfig.json"]],
  ["types (web)", [bin("typescript/bin/tsc"), "-p", "tsconfig.web.json"]],
  ["lint and import rules", [bin("@biomejs/biome/bin/biome"), "check", "--diagnostic-level=error"]],
].map(([name, args]) => check(name, args));
const tests = check("tests", [
  bin("vitest/vitest.mjs"),
  "run",
  "--reporter=default",
  "--reporter=json",
  `--outputFile.json=${report}`,
  ...extra,
]);
const failedChecks = checks.filter((ok) => !ok).length;
let counts = { passed: 0, failed: 1, skipped: 0 };
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, "utf8"));
  counts = { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests };
} catch {
  process.stdout.write("vitest left no report\n");
}
if (!tests && counts.failed === 0) counts.failed = 1;
const passed = counts.passed + checks.length - failedChecks;
process.stdout.write(
  `\n${passed} passed, ${counts.failed + failedChecks} failed, ${counts.skipped} skipped\n`,
);
process.exit(tests && failedChecks === 0 ? 0 : 1);
