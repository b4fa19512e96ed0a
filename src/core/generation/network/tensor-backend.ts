/** The TensorFlow.js backend of this thread. */
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { setWasmPaths } from "@tensorflow/tfjs-backend-wasm";
import * as tf from "@tensorflow/tfjs-core";

export type TensorBackend = "wasm" | "cpu";

let ready: Promise<TensorBackend> | undefined;

/**
 * Makes TensorFlow.js ready in this thread: WebAssembly with SIMD, or plain JavaScript where that does not start.
 *
 * Measured on one core (docs/benchmarks.md): wasm 25–31 GFLOP/s on the sampler's products, cpu below 1. The wasm backend's own
 * threads do not start under Node; the sampler uses two workers instead.
 */
export function readyBackend(): Promise<TensorBackend> {
  ready ??= startBackend();
  return ready;
}

async function startBackend(): Promise<TensorBackend> {
  const main = createRequire(import.meta.url).resolve("@tensorflow/tfjs-backend-wasm");
  setWasmPaths(join(dirname(main), sep));
  if (await tf.setBackend("wasm").catch(() => false)) return "wasm";
  await import("@tensorflow/tfjs-backend-cpu");
  await tf.setBackend("cpu");
  return "cpu";
}

/** Which backend samples and trains here, and why. @throws where none starts */
export async function describeBackend(): Promise<string> {
  const backend = await readyBackend();
  const flag = async (name: string): Promise<boolean> => Boolean(await tf.env().getAsync(name));
  if (backend === "cpu")
    return "cpu: plain JavaScript, many times slower, because WebAssembly does not start here";
  const simd = await flag("WASM_HAS_SIMD_SUPPORT");
  const threads = await flag("WASM_HAS_MULTITHREAD_SUPPORT");
  return [
    `wasm: TensorFlow.js ${tf.version_core}, WebAssembly ${simd ? "with" : "without"} SIMD`,
    threads ? "with its own threads" : "one thread a worker, one or two workers",
    `@tensorflow/tfjs-node ${isInstalled("@tensorflow/tfjs-node") ? "is installed, but" : "is not installed and"} not used`,
  ].join("; ");
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
