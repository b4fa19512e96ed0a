import { defineConfig } from "vitest/config";

/** Two workers on two cores; native and wasm modules want processes of their own. */
export default defineConfig({
  test: {
    pool: "forks",
    maxWorkers: 2,
    testTimeout: 240_000,
    hookTimeout: 120_000,
    include: ["test/**/*.test.ts"],
  },
});
