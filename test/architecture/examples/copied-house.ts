/** A copy of the sources in which an example is put into its files, for the compiler to look at. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Sources without their tests, as the two configurations of the compiler see them. */
const ROOMS = {
  node: ["core", "rpc", "main", "cli", "webhost"].map((room) => `src/${room}`),
  web: ["src/renderer", "src/preload"],
};

export interface House extends Disposable {
  path: string;
  /** What the compiler says; empty where nothing is missing. */
  typeErrors(rooms: keyof typeof ROOMS): string;
}

export function copyHouse(name: string): House {
  const path = realpathSync(mkdtempSync(join(tmpdir(), `ansatz-${name}-`)));
  for (const part of ["src", "package.json", "tsconfig.json", "tsconfig.web.json"]) {
    cpSync(part, join(path, part), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(path, "node_modules"));
  for (const [room, include] of Object.entries(ROOMS)) {
    const base = `./tsconfig${room === "web" ? ".web" : ""}.json`;
    writeFileSync(join(path, `${room}.json`), JSON.stringify({ extends: base, include }));
  }
  return {
    path,
    typeErrors(rooms) {
      const compiler = resolve("node_modules/typescript/bin/tsc");
      const { stdout, stderr } = spawnSync(process.execPath, [compiler, "-p", `${rooms}.json`], {
        cwd: path,
        encoding: "utf8",
      });
      return stdout + stderr;
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}
