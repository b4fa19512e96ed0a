import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const clone = mkdtempSync(join(tmpdir(), "ansatz-setup-"));
afterAll(() => rmSync(clone, { recursive: true }));
const stamps = join(clone, ".setup");

function put(path: string, text: string) {
  mkdirSync(dirname(join(clone, path)), { recursive: true });
  writeFileSync(join(clone, path), text);
}

/** What a step keeps once it is done: the hash of its inputs' paths and contents. */
function stamp(name: string, inputs: readonly string[]) {
  const hash = createHash("sha256");
  for (const path of inputs) hash.update(`/${path}`).update(readFileSync(join(clone, path)));
  put(join(".setup", name), hash.digest("hex"));
}

const setUp = () =>
  spawnSync(
    process.execPath,
    ["--input-type=module", "-e", "await (await import('./scripts/setup.mjs')).setup({ app: false })"],
    { cwd: clone, encoding: "utf8" },
  );

describe("setting up", () => {
  it("writes nothing where nothing is due, for the clone may be another user's", () => {
    cpSync("scripts", join(clone, "scripts"), { recursive: true });
    put("package-lock.json", "{}");
    put("native/core.cpp", "");
    put(process.platform === "win32" ? "node_modules/node/bin/node.exe" : "node_modules/node/bin/node", "");
    put("build/native/ansatz.node", "");
    stamp("packages", ["package-lock.json"]);
    stamp("native core", ["native/core.cpp", "scripts/build-native.mjs", "scripts/lock.mjs"]);
    const before = statSync(stamps).mtimeMs;
    expect(setUp()).toMatchObject({ status: 0, stderr: "" });
    // A lock taken and given back would show as a change of its folder.
    expect(statSync(stamps).mtimeMs).toBe(before);
  });
});
