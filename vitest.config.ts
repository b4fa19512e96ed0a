import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** Files named *.long.test.ts run under `npm run test:long` alone: kill series, large references, whole sweeps. */
const long = process.env.ANSATZ_LONG_TESTS === "1";
const suffix = long ? "long.test.ts" : "test.ts";
const exclude = long ? [] : ["test/**/*.long.test.ts"];

/** Tests of pure functions, but those that put something in a module's place or change what is global. */
const pure = globSync(`test/unit/{shared,renderer,cli,core/ranking,core/export}/**/*.${suffix}`)
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => !/\bvi\.|process\.env\.\w+ = /.test(readFileSync(file, "utf8")));

/**
 * Two workers on two cores; native and wasm modules want processes, not threads. Tests of pure functions go through two processes
 * one after the other, since starting one and importing anew takes longer than most of them; all others have one a file.
 */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: long ? 1_800_000 : 240_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: "pure",
          isolate: false,
          include: pure,
          exclude,
        },
      },
      {
        extends: true,
        test: {
          name: "apart",
          include: [`test/**/*.${suffix}`],
          exclude: [...exclude, ...pure],
        },
      },
    ],
  },
});
