/** Builds the desktop app and, with it, the page that the web host serves. */
import { resolve } from "node:path";
import react from "@vitejs/plugin-react";
import { defineConfig } from "electron-vite";
import type { Plugin } from "vite";

const WORKER_URL = /new URL\(\s*"(\.{1,2}\/[\w./-]+)\.ts",\s*import\.meta\.url\s*\)/g;

/**
 * Worker threads name their entry as `new URL("./worker.ts", import.meta.url)`. The built tree mirrors src/ file by
 * file, so the entry needs only to be built too and to be called .js.
 */
function workerEntries(): Plugin {
  return {
    name: "ansatz:worker-entries",
    transform(code, id) {
      if (!id.endsWith(".ts") || !WORKER_URL.test(code)) return null;
      return code.replace(WORKER_URL, (_, path: string) => {
        this.emitFile({ type: "chunk", id: resolve(id, "..", `${path}.ts`), preserveSignature: "strict" });
        return `new URL("${path}.js", import.meta.url)`;
      });
    },
  };
}

/** 3Dmol can take a callback as text, for Python's sake; here none is, and the content security policy refuses eval. */
const withoutEvalOf3dmol: Plugin = {
  name: "ansatz:without-eval-of-3dmol",
  onLog: (_level, log) => (log.code === "EVAL" && log.id?.includes("/node_modules/3dmol/") ? false : null),
};

/** Packages stay in node_modules, where their wasm and native files are. */
const PACKAGE = /^(@[\w-]+\/)?[a-z][\w.-]+(\/|$)/;

export default defineConfig({
  // Files keep their depth (src/core/x.ts → out/core/x.js), so a path relative to one of them is right in both trees.
  main: {
    plugins: [workerEntries()],
    build: {
      outDir: "out",
      // The engine's newest syntax (using) is run by Node 24 alone; lowering it would need a runtime library.
      target: "node24",
      rollupOptions: {
        external: [PACKAGE],
        input: {
          "main/index": resolve("src/main/index.ts"),
          "main/engine-process": resolve("src/main/engine-process.ts"),
        },
        output: {
          format: "es",
          preserveModules: true,
          preserveModulesRoot: "src",
          entryFileNames: "[name].js",
        },
      },
    },
  },
  preload: {
    build: {
      rollupOptions: {
        input: { index: "src/preload/index.ts" },
        // A sandboxed preload cannot be an ES module.
        output: { format: "cjs", entryFileNames: "[name].cjs" },
      },
    },
  },
  renderer: {
    root: "src/renderer",
    plugins: [react(), withoutEvalOf3dmol],
    build: {
      target: "chrome130",
      // Every font stays a file: the content security policy takes none from data: URLs.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      rollupOptions: { input: "src/renderer/index.html" },
    },
  },
});
