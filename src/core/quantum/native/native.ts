/** The only importer of the native addon. addon-arguments.ts checks every argument before a call; C++ trusts. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { abortError, DomainError } from "#shared/errors.ts";
import { MAX_ITERATIONS } from "#shared/quantum/energy-request.ts";
import { checkedAddon } from "./addon-arguments.ts";
import type { NativeAddon } from "./addon-functions.ts";

/**
 * A limit of iterations that the native core can count to.
 *
 * @throws DomainError `invalid-input`
 */
export function iterationLimit(limit: number): number {
  if (Number.isInteger(limit) && limit >= 0 && limit <= MAX_ITERATIONS) return limit;
  throw new DomainError(
    "invalid-input",
    `Limit of iterations: expected an integer up to ${MAX_ITERATIONS}, got ${limit}.`,
    { limit },
  );
}

/** Places of the addon, nearest first: beside a packaged bundle, then the build folder above the sources. */
function candidatePaths(): string[] {
  const here = dirname(fileURLToPath(import.meta.url));
  const paths = [join(here, "ansatz.node")];
  for (let folder = here; ; folder = dirname(folder)) {
    paths.push(join(folder, "build", "native", "ansatz.node"));
    paths.push(join(folder, "native", "ansatz.node"));
    if (dirname(folder) === folder)
      return paths.map((path) => path.replace("app.asar/", "app.asar.unpacked/"));
  }
}

let loaded: NativeAddon | undefined;

/**
 * The addon, loaded at the first call.
 *
 * @throws DomainError `addon-not-loaded` with every path tried and the remedy.
 */
export function native(): NativeAddon {
  if (loaded) return loaded;
  const require = createRequire(import.meta.url);
  const tried: string[] = [];
  for (const path of candidatePaths()) {
    try {
      loaded = checkedAddon(require(path) as NativeAddon);
      return loaded;
    } catch (error) {
      const missing = (error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND";
      tried.push(missing ? path : `${path} (${(error as Error).message})`);
    }
  }
  throw new DomainError(
    "addon-not-loaded",
    `The quantum engine (ansatz.node) could not be loaded. Tried ${tried.join(", ")}. ` +
      "Build it with `node scripts/build-native.mjs` (CMake ≥ 3.22 and a C++20 compiler).",
    { tried },
  );
}

/**
 * Calls the addon and turns its errors into those of the program.
 *
 * @throws AbortError when the control block asked to stop; DomainError for input it refuses and where memory runs out.
 */
export function callNative<T>(call: (addon: NativeAddon) => T): T {
  const addon = native();
  try {
    return call(addon);
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (code === "cancelled") throw abortError();
    if (code === "invalid-input" || code === "not-supported") throw new DomainError(code, message);
    if (code === "out-of-memory") throw new DomainError("not-supported", `Out of memory: ${message}`);
    throw error;
  }
}
