/**
 * Makes a clone ready to run, with plain Node and no dependencies: npm packages with Node 24 among them, the native addon, the app.
 * Each step is keyed by a hash of what it depends on and is skipped when nothing changed. Speaks on stderr only.
 */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { giveLock, shareLock, takeLock } from "./lock.mjs";

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, ".setup");
const lockPath = join(stamps, "lock");
const ELECTRON_LIMIT_MS = 90_000;

/** The npm package that is Node 24 for this machine, if package.json pins one: the lockfile holds its hash. */
function pinnedNode() {
  const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
  const { optionalDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return name in optionalDependencies ? name : undefined;
}

const pinned = pinnedNode();
/** Node 24 of the project, whatever Node npm runs on; where none is pinned, the one that runs. */
export const node24 = pinned
  ? join(root, "node_modules", pinned, "bin", process.platform === "win32" ? "node.exe" : "node")
  : process.execPath;

const say = (message) => process.stderr.write(`ansatz setup: ${message}\n`);

function filesUnder(path) {
  if (!existsSync(path)) return [];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(path, entry.name)) : [join(path, entry.name)],
  );
}

function hashOf(paths) {
  const hash = createHash("sha256");
  for (const path of paths) {
    const full = join(root, path);
    const files = statSync(full, { throwIfNoEntry: false })?.isFile() ? [full] : filesUnder(full);
    for (const file of files) hash.update(file.slice(root.length)).update(readFileSync(file));
  }
  return hash.digest("hex");
}

const signals = ["SIGINT", "SIGTERM", "SIGHUP"];

/** Runs a child to its end; a signal to this process ends the child too, so that none goes on unseen. */
async function run(command, args, options = {}) {
  const child = spawn(command, args, { cwd: root, stdio: ["ignore", 2, 2], ...options });
  const stop = (signal) => {
    child.kill(signal);
    child.once("exit", () => process.exit(130));
  };
  for (const signal of signals) process.on(signal, stop);
  shareLock(lockPath, child.pid);
  try {
    const [status, signal] = await once(child, "exit");
    if (status === 0) return;
    throw new Error(`"${command} ${args.join(" ")}" ended with ${signal ?? `exit code ${status}`}`);
  } finally {
    for (const signal of signals) process.off(signal, stop);
  }
}

function isDue({ name, inputs, done }) {
  const stamp = join(stamps, name);
  return !(existsSync(stamp) && readFileSync(stamp, "utf8") === hashOf(inputs) && done());
}

async function carryOut({ name, inputs, work }) {
  const hash = hashOf(inputs);
  const started = Date.now();
  say(`${name} …`);
  await work();
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), hash);
  say(`${name}: ready in ${((Date.now() - started) / 1000).toFixed(1)} s`);
}

/** `npm ci` checks every package against the lockfile's hashes and fails where one differs; no install script is run. */
async function installPackages() {
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  await run(npm, ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    shell: process.platform === "win32",
  });
  // npm passes over an optional package that it could not fetch, and over one whose hash is another, in silence.
  if (!existsSync(node24)) {
    throw new Error(
      `npm brought no ${pinned}: it could not be fetched, or its hash is not the one in package-lock.json. Look at the registry that npm uses, then try again.`,
    );
  }
}

/** Tries to fetch Electron's binary; without it the app runs in the browser. */
function fetchElectron() {
  if (process.env.ANSATZ_SKIP_ELECTRON)
    return say("Electron's binary is not fetched: ANSATZ_SKIP_ELECTRON is set");
  const result = spawnSync(node24, ["install.js"], {
    cwd: join(root, "node_modules/electron"),
    stdio: "ignore",
    timeout: ELECTRON_LIMIT_MS,
  });
  if (result.status === 0) return;
  const instead = electronBinary() ? "the one that ANSATZ_ELECTRON names" : "the browser";
  say(`Electron's binary could not be fetched; \`npm start\` will use ${instead} instead`);
}

/** The path of an Electron that can be started, or undefined. */
export function electronBinary() {
  const override = process.env.ANSATZ_ELECTRON;
  if (override && existsSync(override)) return override;
  const pathFile = join(root, "node_modules/electron/path.txt");
  if (!existsSync(pathFile)) return undefined;
  const binary = join(root, "node_modules/electron/dist", readFileSync(pathFile, "utf8"));
  return existsSync(binary) ? binary : undefined;
}

function requireTool(command, hint) {
  const found = spawnSync(command, ["--version"], { stdio: "ignore", shell: process.platform === "win32" });
  if (found.error || found.status !== 0) throw new Error(`${command} was not found; ${hint}`);
}

/**
 * Runs every step that is due for what is needed: "packages", with them the native "core", or the window's code ("app") too.
 * Where none is due, nothing is written: the clone may be another user's.
 */
export async function setup(needs) {
  if (Number(process.versions.node.split(".")[0]) < 20) {
    throw new Error(`Node 20 or newer is needed; this is Node ${process.versions.node}`);
  }
  if (!pinned && Number(process.versions.node.split(".")[0]) < 24) {
    throw new Error(
      `No Node 24 is pinned for ${process.platform}-${process.arch}, and this is Node ${process.versions.node}. Install Node 24 and run this with it.`,
    );
  }
  const steps = stepsOf(needs);
  if (!steps.some(isDue)) return;
  await takeLock(lockPath, (owner) => say(`waiting for another set-up (process ${owner})`));
  try {
    for (const step of steps) if (isDue(step)) await carryOut(step);
  } finally {
    giveLock(lockPath);
  }
}

function stepsOf(needs) {
  const lockfile = ["package-lock.json"];
  const packages = {
    name: "packages",
    inputs: lockfile,
    done: () => existsSync(node24),
    work: installPackages,
  };
  if (needs === "packages") return [packages];
  const core = {
    name: "native core",
    inputs: ["native", "scripts/build-native.mjs", "scripts/lock.mjs"],
    done: () => existsSync(join(root, "build/native/ansatz.node")),
    work: async () => {
      requireTool("cmake", "install CMake 3.22 or newer and a C++20 compiler");
      await run(process.execPath, ["scripts/build-native.mjs"]);
    },
  };
  if (needs === "core") return [packages, core];
  const built = {
    name: "app",
    inputs: [...lockfile, "src", "electron.vite.config.ts", "resources/icons"],
    done: () => existsSync(join(root, "out/renderer/index.html")),
    work: async () => {
      rmSync(join(root, "out"), { recursive: true, force: true });
      await run(node24, ["node_modules/electron-vite/bin/electron-vite.js", "build", "--logLevel", "warn"]);
    },
  };
  const electron = { name: "electron", inputs: lockfile, done: () => true, work: fetchElectron };
  return [packages, core, electron, built];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await setup("app");
