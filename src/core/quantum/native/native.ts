/** The only importer of the native addon. addon-arguments.ts checks every argument before a call; C++ trusts. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { abortError, DomainError } from "#shared/errors.ts";
import { MAX_ITERATIONS } from "#shared/quantum/energy-request.ts";
import { checkedAddon } from "./addon-arguments.ts";
import type { CiAddon, CircuitAddon, VqeAddon } from "./addon-functions.ts";

/** A handle of the addon; what it owns is freed with it. */
export type NativeHandle = object & { readonly __handle: "system" };

/** Shared with the native code: [cancel, iteration, maxIterations, phase], and the number of checks where there is a fifth. */
export type ControlBlock = Int32Array<SharedArrayBuffer>;

export const createControlBlock = (): ControlBlock => new Int32Array(new SharedArrayBuffer(16));

/** Asks the calculation that holds this block to stop at its next iteration. */
export const requestCancel = (control: ControlBlock): void => {
  Atomics.store(control, 0, 1);
};

/** @throws AbortError when the control block asked to stop: for loops outside the native core. */
export function throwIfCancelled(control: ControlBlock | undefined): void {
  if (control && Atomics.load(control, 0) !== 0) throw abortError();
}

/** Names of the numbers in control[3]; the order is that of ansatz::Phase. */
export const PHASE_NAMES = [
  "idle",
  "integrals",
  "scf",
  "transformation",
  "ci",
  "vqe",
  "gradient",
  "mp2",
  "stability",
] as const;

/** Contracted shells one after another. */
export interface FlatShells {
  shellAtom: Int32Array;
  shellL: Int32Array;
  shellPure: Int32Array;
  shellPrimitives: Int32Array;
  exponents: Float64Array;
  coefficients: Float64Array;
}

interface OpenSystemOptions extends FlatShells {
  /** x y z of each atom, bohr. */
  positions: Float64Array;
  charges: Float64Array;
  pointChargePositions: Float64Array;
  pointCharges: Float64Array;
  nAlpha: number;
  nBeta: number;
  integralThreshold: number;
  integralBytes: number;
  threads: number;
  control?: ControlBlock | undefined;
}

interface NativeScfResult {
  converged: boolean;
  iterations: number;
  fockBuilds: number;
  energy: number;
  nuclearRepulsion: number;
  gradient: number;
  trace: Float64Array;
  storedIntegralBytes: number;
  /** NaN where it was not computed. */
  lowestCurvature: number;
  instabilitiesFollowed: number;
  focks: Float64Array[];
  orbitals: Float64Array[];
  orbitalEnergies: Float64Array[];
  densities: Float64Array[];
  /** Of a fitted field only. */
  nAuxiliary?: number;
  fittingError?: number;
}

interface NativeMp2Result {
  sameSpin: number;
  oppositeSpin: number;
  largestAmplitude: number;
  /** Where naturalOrbitals was asked for. */
  naturalOccupations?: Float64Array;
  naturalOrbitals?: Float64Array;
}

export type IntegralName =
  | "overlap"
  | "kinetic"
  | "nuclearAttraction"
  | "dipoleX"
  | "dipoleY"
  | "dipoleZ"
  | "quadrupoleXX"
  | "quadrupoleXY"
  | "quadrupoleXZ"
  | "quadrupoleYY"
  | "quadrupoleYZ"
  | "quadrupoleZZ";

/** Chemistry: native/addon/chemistry.cpp. */
interface ChemistryAddon {
  openSystem(options: OpenSystemOptions): NativeHandle;
  releaseIntegrals(options: { system: NativeHandle }): void;
  integrals(options: { system: NativeHandle; origin: Float64Array }): Record<IntegralName, Float64Array>;
  scf(options: {
    system: NativeHandle;
    kind: "rhf" | "uhf" | "rohf";
    maxIterations: number;
    gradientTolerance: number;
    energyTolerance: number;
    stability: "none" | "check" | "follow";
    /** −1 … 1, of each atom: where UHF starts. */
    atomSpins?: Float64Array;
    /** [nBasis, n], occupied ones first: to start from instead of atoms, β for uhf alone. */
    startAlpha?: Float64Array;
    startBeta?: Float64Array;
    auxiliary?: FlatShells;
  }): NativeScfResult;
  activeSpaceHamiltonian(options: {
    system: NativeHandle;
    orbitals: Float64Array;
    core: Int32Array;
    active: Int32Array;
  }): { norb: number; coreEnergy: number; oneBodyTensor: Float64Array; twoBodyTensor: Float64Array };
  mp2(options: {
    system: NativeHandle;
    nFrozen: number;
    memoryBytes: number;
    orbitalsAlpha: Float64Array;
    energiesAlpha: Float64Array;
    orbitalsBeta?: Float64Array;
    energiesBeta?: Float64Array;
    naturalOrbitals: boolean;
  }): NativeMp2Result;
  avas(options: {
    nBasis: number;
    nTarget: number;
    nDouble: number;
    nSingle: number;
    orbitals: Float64Array;
    fock: Float64Array;
    targetOverlap: Float64Array;
    crossOverlap: Float64Array;
    threshold: number;
  }): { occupiedWeights: Float64Array; virtualWeights: Float64Array; orbitals: Float64Array };
  gradient(options: {
    system: NativeHandle;
    densityAlpha: Float64Array;
    fockAlpha: Float64Array;
    densityBeta?: Float64Array;
    fockBeta?: Float64Array;
  }): Float64Array;
}

/** Fields in space and populations: native/addon/properties.cpp. */
interface PropertiesAddon {
  /** An orbital, or Σ weight · orbital² where weights are given. */
  fieldOnGrid(options: {
    system: NativeHandle;
    /** [nBasis, n] */
    orbitals: Float64Array;
    weights?: Float64Array;
    /** bohr */
    origin: Float64Array;
    /** bohr, a step along each axis in turn. */
    axes: Float64Array;
    counts: Int32Array;
  }): Float64Array;
  /** Of each basis function. */
  lowdinPopulations(options: { system: NativeHandle; density: Float64Array }): Float64Array;
}

export interface NativeAddon extends ChemistryAddon, PropertiesAddon, CiAddon, VqeAddon, CircuitAddon {
  /** Hash of the native sources this addon was built from. */
  buildId(): string;
  instructionSet(): "baseline" | "avx2" | "avx512";
}

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
 * @throws AbortError when the control block asked to stop; DomainError for input it refuses and for want of memory.
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
