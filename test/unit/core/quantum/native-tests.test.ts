import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const suffix = process.platform === "win32" ? ".exe" : "";
const program = fileURLToPath(
  new URL(`../../../../build/native/ansatz_native_test${suffix}`, import.meta.url),
);

/** Classes of shell quartets in native/test/repulsion_kernels.cpp and some 300 other checks, for one instruction set at least. */
const CHECKS = 16 * (16 + 5) + 300;

it("native kernels agree with their slow twins, fields hold and iterations end, without Node", () => {
  const { stdout, status } = spawnSync(program, { encoding: "utf8" });
  expect(stdout).not.toContain("FAILED");
  expect(status).toBe(0);
  const [, passed] = /(\d+) passed, 0 failed/.exec(stdout)!;
  expect(Number(passed)).toBeGreaterThan(CHECKS);
});
