// Builds the native addon into build/native/ansatz.node; a no-op when no source changed.
// Plain Node without dependencies: `node scripts/build-native.mjs [--sanitize]`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
const sanitize = process.argv.includes("--sanitize");
const buildDirectory = path.join(root, "build", sanitize ? "native-sanitize" : "native");
const addonPath = path.join(buildDirectory, "ansatz.node");
const stampPath = path.join(buildDirectory, "build-id");
const lockPath = `${buildDirectory}.lock`;

/** A hash of every file that goes into the addon and of the platform it is built for. */
function sourceHash() {
  const native = path.join(root, "native");
  const files = readdirSync(native, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(cpp|hpp|txt)$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath ?? entry.path, entry.name)))
    .sort();
  const hash = createHash("sha256").update(`${process.platform} ${process.arch}\n`);
  for (const file of files) {
    hash.update(`${file.split(path.sep).join("/")}\n`).update(readFileSync(path.join(root, file)));
  }
  return hash.digest("hex").slice(0, 16);
}

const isUpToDate = (buildId) =>
  existsSync(addonPath) && existsSync(stampPath) && readFileSync(stampPath, "utf8") === buildId;

const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
};

/** Waits until this process alone may build; a lock whose owner died is taken over. */
async function lock() {
  mkdirSync(path.dirname(lockPath), { recursive: true });
  const ownerPath = path.join(lockPath, "pid");
  for (let waited = 0; ; waited += 1) {
    try {
      mkdirSync(lockPath);
      writeFileSync(ownerPath, String(process.pid));
      return;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    const owner = existsSync(ownerPath) ? Number(readFileSync(ownerPath, "utf8")) : 0;
    if (owner > 0 ? !isAlive(owner) : waited > 20) {
      rmSync(lockPath, { recursive: true, force: true });
      continue;
    }
    if (waited === 0) console.log(`native: waiting for the build of process ${owner}`);
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

function run(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  if (result.error?.code === "ENOENT") {
    console.error(
      `native: ${command} was not found. Install CMake ≥ 3.22 and a C++20 compiler, then try again.`,
    );
    process.exit(1);
  }
  if (result.error || result.status !== 0) {
    console.error(`${result.stdout ?? ""}\n${result.stderr ?? ""}`.trim());
    console.error(`native: \`${command} ${args.join(" ")}\` failed (see above).`);
    process.exit(1);
  }
}

async function main() {
  if (isUpToDate(sourceHash())) return;
  await lock();
  process.on("exit", () => rmSync(lockPath, { recursive: true, force: true }));
  const buildId = sourceHash();
  if (isUpToDate(buildId)) return;
  const started = performance.now();
  console.log("native: building the quantum engine (the first time this takes some minutes)");
  run("cmake", [
    ...["-S", path.join(root, "native"), "-B", buildDirectory],
    ...[
      "-DCMAKE_BUILD_TYPE=Release",
      `-DANSATZ_BUILD_ID=${buildId}`,
      `-DANSATZ_SANITIZE=${sanitize ? "ON" : "OFF"}`,
    ],
  ]);
  run("cmake", [
    "--build",
    buildDirectory,
    "--config",
    "Release",
    "--parallel",
    String(Math.min(2, availableParallelism())),
  ]);
  writeFileSync(stampPath, buildId);
  console.log(
    `native: built ${path.relative(root, addonPath)} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

await main();
