import { defineConfig } from "vitest/config";

/** Files named *.long.test.ts run under `npm run test:long` alone: kill series, large references, whole sweeps. */
const long = process.env.ANSATZ_LONG_TESTS === "1";

/** Two workers on two cores; native and wasm modules want processes of their own. */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: long ? 1_800_000 : 240_000,
    hookTimeout: 120_000,
    include: [long ? "test/**/*.long.test.ts" : "test/**/*.test.ts"],
    exclude: long ? [] : ["test/**/*.long.test.ts"],
  },
});
