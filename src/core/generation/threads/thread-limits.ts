/** What a thread of the generator may hold. */
import type { ResourceLimits } from "node:worker_threads";

/**
 * Left alone, V8 lets a sampling thread hold some 170 MB of which 13 live; the rest is garbage that it has not yet collected. No
 * speed is lost with less (docs/benchmarks.md).
 */
export const THREAD_LIMITS: ResourceLimits = { maxYoungGenerationSizeMb: 24 };
