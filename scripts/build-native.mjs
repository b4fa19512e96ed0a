// Builds the native addon into build/native/ansatz.node; a no-op when no source changed.
// Plain Node without dependencies: `node scripts/build-native.mjs [--sanitize]`.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { giveLock, takeLock } from "./lock.mjs";

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

/** A command to its end; `output` "shown" prints its lines as they come, "on failure" only those of one that failed. */
function run(command, args, output) {
  const stdout = output === "shown" ? "inherit" : "pipe";
  const result = spawnSync(command, args, { cwd: root, stdio: ["ignore", stdout, "pipe"], encoding: "utf8" });
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
  await takeLock(lockPath, (owner) => console.log(`native: waiting for the build of process ${owner}`));
  process.on("exit", () => giveLock(lockPath));
  const buildId = sourceHash();
  if (isUpToDate(buildId)) return;
  const started = performance.now();
  console.log("native: building the quantum engine (the first time this takes some minutes)");
  const settings = [
    "-DCMAKE_BUILD_TYPE=Release",
    `-DANSATZ_BUILD_ID=${buildId}`,
    `-DANSATZ_SANITIZE=${sanitize ? "ON" : "OFF"}`,
  ];
  run("cmake", ["-S", path.join(root, "native"), "-B", buildDirectory, ...settings], "on failure");
  const jobs = String(Math.min(2, availableParallelism()));
  run("cmake", ["--build", buildDirectory, "--config", "Release", "--parallel", jobs], "shown");
  writeFileSync(stampPath, buildId);
  console.log(
    `native: built ${path.relative(root, addonPath)} in ${((performance.now() - started) / 1000).toFixed(1)} s`,
  );
}

await main();
