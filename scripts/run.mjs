/** `node scripts/run.mjs <command> [arguments]`: sets up what the command needs, then runs it on the project's Node 24. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { electronBinary, node24, root, setup } from "./setup.mjs";

const [command, ...args] = process.argv.slice(2);

/** What each command needs and starts. */
const commands = {
  start: { needs: "app", start: startApp },
  web: { needs: "app", start: () => [node24, ["src/webhost/main.ts", ...args]] },
  demo: { needs: "core", start: () => [node24, ["src/cli/main.ts", "demo", ...args]] },
  ansatz: { needs: "core", start: () => [node24, ["src/cli/main.ts", ...args]] },
  test: { needs: "app", start: () => [node24, ["scripts/test.mjs", ...args]] },
  "test:long": {
    needs: "app",
    start: () => [node24, ["scripts/test.mjs", ...args], { ANSATZ_LONG_TESTS: "1" }],
  },
  "test:hardware": { needs: "core", start: () => [node24, ["src/cli/main.ts", "qpu", "check", ...args]] },
  "test:one": { needs: "core", start: () => [node24, ["node_modules/vitest/vitest.mjs", "run", ...args]] },
  typecheck: { needs: "packages", start: () => [node24, ["scripts/checks.mjs", "typecheck"]] },
  lint: { needs: "packages", start: () => [node24, ["scripts/checks.mjs", "lint"]] },
  format: {
    needs: "packages",
    start: () => [node24, ["node_modules/@biomejs/biome/bin/biome", "check", "--write", ...args]],
  },
  bench: { needs: "core", start: () => [node24, ["bench/run.ts", ...args]] },
};

function startApp() {
  const electron = electronBinary();
  if (electron) return [electron, [...(process.getuid?.() === 0 ? ["--no-sandbox"] : []), ".", ...args]];
  process.stderr.write("ansatz: no Electron binary here; serving the app to a browser instead\n");
  return [node24, ["src/webhost/main.ts", ...args]];
}

const chosen = commands[command];
if (!chosen) {
  process.stderr.write(`expected one of ${Object.keys(commands).join(", ")}; got ${command ?? "nothing"}\n`);
  process.exit(2);
}
try {
  await setup(chosen.needs);
} catch (error) {
  process.stderr.write(`ansatz setup failed: ${error.message}\n`);
  process.exit(1);
}
const [program, programArguments, environment = {}] = chosen.start();
const cwd = command === "ansatz" ? (process.env.INIT_CWD ?? root) : root;
const child = spawn(program, programArguments.map(fromRoot), {
  cwd,
  stdio: "inherit",
  // Keeping compiled code halves the start of a command.
  env: {
    NODE_COMPILE_CACHE: join(root, "node_modules/.cache/node"),
    ...process.env,
    ...environment,
    ANSATZ_NODE: node24,
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("exit", (code, signal) => process.exit(signal ? 128 + (signal === "SIGINT" ? 2 : 15) : code));

/** Entry files are named from the root; users' paths stay as they are. */
function fromRoot(argument, index) {
  return index === 0 && /^(src|scripts|bench|node_modules)\//.test(argument)
    ? join(root, argument)
    : argument;
}
