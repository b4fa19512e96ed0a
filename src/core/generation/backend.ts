/** The TensorFlow.js backend of this thread. */
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

export type BackendName = "wasm" | "cpu";

let ready: Promise<BackendName> | undefined;

/**
 * Makes TensorFlow.js ready in this thread: WebAssembly with SIMD, or plain JavaScript where that does not start.
 *
 * Measured on one core (docs/benchmarks.md): wasm 25–31 GFLOP/s on the sampler's products, cpu below 1. The wasm backend's own
 * threads do not start under Node; the sampler uses two workers instead.
 */
export function readyBackend(): Promise<BackendName> {
  ready ??= startBackend();
  return ready;
}

async function startBackend(): Promise<BackendName> {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(main), sep));
  if (await tf.setBackend("wasm").catch(() => false)) return "wasm";
  await import("@tensorflow/tfjs-backend-cpu");
  await tf.setBackend("cpu");
  return "cpu";
}
