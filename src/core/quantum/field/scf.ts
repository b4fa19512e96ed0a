/** Self-consistent fields: Hartree–Fock, and Kohn–Sham where a functional is named. */
import { DomainError } from "#shared/errors.ts";
import type { Stability } from "#shared/quantum/field-result.ts";
import type { FunctionalName, GridLevel, GridReport, KohnShamReport } from "#shared/quantum/functionals.ts";
import type { Continuum } from "#shared/quantum/solvents.ts";
import type { Outcome } from "#shared/quantum/state-result.ts";
import type { BasisSet } from "../molecule/basis.ts";
import type { BySpin, IntegralName, NativeScfResult } from "../native/addon-functions.ts";
import { joined } from "../native/joined.ts";
import { callNative, iterationLimit } from "../native/native.ts";
import { flatShells, type QuantumSystem } from "./system.ts";

export type ScfKind = "rhf" | "uhf" | "rohf";

/**
 * Where the iterations begin: the density of the atoms with a spin polarisation of −1 … 1 on each (uhf), or orbitals of
 * another field over as many functions, occupied ones first, which need not be orthonormal here.
 */
export type ScfStart =
  | { readonly atomSpins: readonly number[] }
  | { readonly orbitals: BySpin<Float64Array> };

export interface ScfOptions {
  /** Default: rhf for singlets, uhf otherwise. */
  kind?: ScfKind;
  maxIterations?: number;
  /** Largest element of the orbital gradient FDS − SDF in an orthonormal basis, Hartree. */
  gradientTolerance?: number;
  /** Change of the energy over the last iteration, Hartree. */
  energyTolerance?: number;
  /**
   * Whether a converged field is tested for a lower solution of its kind, and left for it. Default: follow. Costs some
   * Fock builds. part-spins: of a start from orbitals of a restricted field that is stable itself, only along rotations that turn the
   * orbitals of both spins opposite ways, and no better than to tell the sign of their curvature: a third of the cost.
   */
  stability?: "none" | "check" | "follow" | "part-spins";
  /**
   * Where Newton's steps lead when DIIS does not converge: downhill for as long as it takes, or to the stationary point close by, saddle
   * points too, and nowhere if there is none. Default: downhill.
   */
  newton?: "downhill" | "nearest";
  /** Default: superposed atoms. */
  start?: ScfStart;
  /** Coulomb and exchange from densities fitted in this auxiliary set (`loadFittingBasis`). Default: exact integrals. */
  densityFitting?: { readonly auxiliary: BasisSet };
  /** Kohn–Sham (RKS of rhf, UKS of uhf) by this functional on a grid. Default: Hartree–Fock. */
  functional?: DensityFunctional;
}

/** What a Kohn–Sham field is computed with. */
export interface DensityFunctional {
  readonly name: FunctionalName;
  readonly grid: GridLevel;
}

/** What density fitting was done with, and what it costs in accuracy. */
interface FittingReport {
  readonly auxiliary: string;
  /** Auxiliary functions in use; those linearly dependent on others are left out. */
  readonly nAuxiliary: number;
  /** Energy of the fitted density with exact integrals, less the fitted energy. */
  readonly error_hartree: number;
}

/** What a Kohn–Sham field says of itself; what its grid is worth is told by `gridErrorOf`. */
export interface KohnShamField extends Omit<KohnShamReport, "grid"> {
  readonly grid: Omit<GridReport, "error_hartree">;
}

/** A solvent with what a field makes of it. */
export interface SolventField extends Continuum {
  /** Charges on the surface. */
  readonly points: number;
  /** ½ Σ q v, part of the energy. */
  readonly term_hartree: number;
  /** −Σ q (a|g|b), part of the Fock matrices; [nBasis, nBasis] row-major. */
  readonly potential: Float64Array;
}

/** A self-consistent field, or the last state of one that did not converge. */
export interface ScfResult {
  readonly outcome: Outcome;
  readonly kind: ScfKind;
  readonly energy_hartree: number;
  readonly nuclearRepulsion_hartree: number;
  readonly iterations: number;
  /** Fock matrices built, those of the stability test included. */
  readonly fockBuilds: number;
  /** Largest element of the orbital gradient, Hartree. */
  readonly gradient_hartree: number;
  readonly trace_hartree: Float64Array;
  /** One set, or α and β for uhf: columns are orbitals in order of energy, [nBasis, nOrbitals] row-major. */
  readonly orbitals: BySpin<Float64Array>;
  readonly orbitalEnergies_hartree: BySpin<Float64Array>;
  /** Combinations of basis functions left out, with an overlap eigenvalue below 1e-7: as many orbitals fewer than functions. */
  readonly droppedFunctions: number;
  /** Occupied orbitals of each spin. */
  readonly nelec: readonly [number, number];
  /** Spin densities over the basis functions, [nBasis, nBasis]: one (α = β) for rhf, otherwise α and β. */
  readonly densities: BySpin<Float64Array>;
  /** Fock matrices over the basis functions: one for rhf, otherwise α and β. */
  readonly focks: BySpin<Float64Array>;
  readonly stability: Stability;
  /** Bytes of integrals that were kept between iterations. */
  readonly storedIntegralBytes: number;
  /** null for a field of exact integrals. */
  readonly densityFitting: FittingReport | null;
  /** null for Hartree–Fock. */
  readonly kohnSham: KohnShamField | null;
  /** null in the gas phase. */
  readonly solvent: SolventField | null;
}

/**
 * Self-consistent field by DIIS, then Newton steps where that fails, from a superposition of atomic densities.
 *
 * Non-convergence is an outcome, not an error. P. Pulay, doi:10.1002/jcc.540030413. Cost: a Fock build an iteration,
 * about nBasis^2.5 with screening, and some nBasis³.
 *
 * With a functional the energy is that of Kohn and Sham; Newton's steps take the functional's second derivatives from the coarse grid, and
 * so does the stability test where what it finds is well above zero. Cost besides: points × functions² an iteration.
 *
 * In the system's solvent its charges follow every density, their energy is part of the field's, their potential of the Fock matrices and
 * their response of second derivatives (native/include/ansatz/reaction_field.hpp).
 *
 * With density fitting the energies, orbitals and Fock matrices are those of the fitted field, and its error is part of the
 * result (RI-JK; F. Weigend, doi:10.1039/b204199p).
 *
 * @throws DomainError `invalid-input` for rhf with unpaired electrons, rohf or a fit with a functional, fewer independent basis functions than electrons of
 * one spin or an element that the auxiliary set lacks; `not-supported` where the fit needs more memory than the system allows; AbortError.
 */
export function hartreeFock(system: QuantumSystem, options: ScfOptions = {}): ScfResult {
  const kind = options.kind ?? (system.multiplicity === 1 ? "rhf" : "uhf");
  if (kind === "rhf" && system.nelec[0] !== system.nelec[1]) {
    throw new DomainError(
      "invalid-input",
      `RHF needs multiplicity 1, got ${system.multiplicity}: take uhf or rohf.`,
      { multiplicity: system.multiplicity },
    );
  }
  const auxiliary = options.densityFitting?.auxiliary;
  const { functional } = options;
  const result = callNative((addon) =>
    addon.scf({
      ...settingsOf(system, kind, options),
      ...nativeStart(options.start, { system, kind }),
      ...(auxiliary && { auxiliary: flatShells(system.geometry, auxiliary) }),
      ...(functional && { functional: functional.name, grid: functional.grid }),
    }),
  );
  return resultOf(result, { system, kind, auxiliary, functional });
}

type SpinOrbitals = readonly [alpha: Float64Array, beta: Float64Array];
type OptionsOfEach = Omit<ScfOptions, "kind" | "start" | "densityFitting" | "functional">;

/**
 * UHF from several starts of one width, side by side as far as memory goes (`fieldsTogether`): their Fock matrices are built together,
 * which takes half the time of three by themselves. Throws as hartreeFock.
 */
export function unrestrictedFromEach(
  system: QuantumSystem,
  starts: readonly SpinOrbitals[],
  options: OptionsOfEach,
): ScfResult[] {
  const groups = Array.from({ length: Math.ceil(starts.length / system.fieldsTogether) }, (_, k) =>
    starts.slice(k * system.fieldsTogether, (k + 1) * system.fieldsTogether),
  );
  return groups.flatMap((group) => sideBySide(system, group, options));
}

function sideBySide(
  system: QuantumSystem,
  starts: readonly SpinOrbitals[],
  options: OptionsOfEach,
): ScfResult[] {
  const checked = starts.map((orbitals) => nativeStart({ orbitals }, { system, kind: "uhf" }));
  const found = callNative((addon) =>
    addon.scfOfEach({
      ...settingsOf(system, "uhf", options),
      nStarts: starts.length,
      startAlpha: joined(checked.map(({ startAlpha = new Float64Array() }) => startAlpha)),
      startBeta: joined(checked.map(({ startBeta = new Float64Array() }) => startBeta)),
    }),
  );
  return found.map((result) => resultOf(result, { system, kind: "uhf" }));
}

const settingsOf = (system: QuantumSystem, kind: ScfKind, options: ScfOptions) => ({
  system: system.handle,
  kind,
  maxIterations: iterationLimit(options.maxIterations ?? 100),
  gradientTolerance: options.gradientTolerance ?? 1e-8,
  energyTolerance: options.energyTolerance ?? 1e-10,
  stability: options.stability ?? ("follow" as const),
  newton: options.newton ?? ("downhill" as const),
});

interface FieldOf {
  readonly system: QuantumSystem;
  readonly kind: ScfKind;
  readonly auxiliary?: BasisSet | undefined;
  readonly functional?: DensityFunctional | undefined;
}

/** What the native core says of the grid; it does so of every field with a functional. */
function kohnShamReport(
  result: NativeScfResult,
  { name, grid }: DensityFunctional,
  [nAlpha, nBeta]: QuantumSystem["nelec"],
): KohnShamField {
  return {
    functional: name,
    grid: {
      level: grid,
      points: result.gridPoints!, // there with a functional
      electronError: result.gridElectrons! - (nAlpha + nBeta), // there with a functional
    },
    xc_hartree: result.xcEnergy!, // there with a functional
  };
}

/** What the native core says of the solvent; it does so of every field in one. */
function solventField(result: NativeScfResult, { solvent }: QuantumSystem): SolventField | null {
  if (!solvent) return null;
  return {
    ...solvent,
    points: result.surfacePoints!, // there in a solvent
    term_hartree: result.solventEnergy!, // there in a solvent
    potential: result.solventPotential!, // there in a solvent
  };
}

const resultOf = (result: NativeScfResult, { system, kind, auxiliary, functional }: FieldOf): ScfResult => ({
  outcome: result.converged ? "converged" : "not-converged",
  kind,
  energy_hartree: result.energy,
  nuclearRepulsion_hartree: result.nuclearRepulsion,
  iterations: result.iterations,
  fockBuilds: result.fockBuilds,
  gradient_hartree: result.gradient,
  trace_hartree: result.trace,
  orbitals: result.orbitals,
  orbitalEnergies_hartree: result.orbitalEnergies,
  droppedFunctions: system.nBasis - result.orbitalEnergies[0].length,
  nelec: system.nelec,
  densities: result.densities,
  focks: result.focks,
  stability: stabilityOf(result.lowestCurvature, result.instabilitiesFollowed, functional !== undefined),
  storedIntegralBytes: result.storedIntegralBytes,
  densityFitting: auxiliary
    ? {
        auxiliary: auxiliary.name,
        // A fitted field states both.
        nAuxiliary: result.nAuxiliary!,
        error_hartree: result.fittingError!,
      }
    : null,
  kohnSham: functional ? kohnShamReport(result, functional, system.nelec) : null,
  solvent: solventField(result, system),
});

function nativeStart(
  start: ScfStart | undefined,
  { system, kind }: { system: QuantumSystem; kind: ScfKind },
): { atomSpins?: Float64Array; startAlpha?: Float64Array; startBeta?: Float64Array } {
  if (!start) return {};
  if ("atomSpins" in start) {
    const [got, atoms] = [start.atomSpins.length, system.charges.length];
    if (kind !== "uhf" || got !== atoms)
      throw new RangeError(`expected uhf and the spins of ${atoms} atoms, got ${kind} and ${got}`);
    return { atomSpins: Float64Array.from(start.atomSpins) };
  }
  const [startAlpha, given = startAlpha] = start.orbitals;
  const startBeta = kind === "uhf" ? given : undefined;
  requireWidth(startAlpha, system.nelec[0], system.nBasis);
  if (!startBeta) return { startAlpha };
  requireWidth(startBeta, system.nelec[1], system.nBasis);
  return { startAlpha, startBeta };
}

function requireWidth(orbitals: Float64Array, occupied: number, nBasis: number): void {
  const width = orbitals.length / nBasis;
  if (Number.isInteger(width) && width >= occupied && width <= nBasis) return;
  throw new RangeError(`expected ${occupied} to ${nBasis} orbitals of ${nBasis} functions`);
}

/** Curvatures down to here are zero to the accuracy of their search, as along a broken symmetry. */
const UNSTABLE_HARTREE = -1e-5;
/** The same on the grid of a functional, which is not the same from all sides. */
const UNSTABLE_ON_GRID_HARTREE = -5e-4;

function stabilityOf(curvature: number, followed: number, isOnGrid: boolean): Stability {
  if (Number.isNaN(curvature)) return { verdict: "not-checked", lowestCurvature_hartree: null, followed };
  const verdict =
    curvature < (isOnGrid ? UNSTABLE_ON_GRID_HARTREE : UNSTABLE_HARTREE) ? "unstable" : "stable";
  return { verdict, lowestCurvature_hartree: curvature, followed };
}

/** One-electron integrals over the basis functions, [nBasis, nBasis] row-major, atomic units; moments about `origin`. */
export function oneElectronIntegrals(
  system: QuantumSystem,
  origin: readonly [number, number, number] = [0, 0, 0],
): Record<IntegralName, Float64Array> {
  return callNative((addon) => addon.integrals({ system: system.handle, origin: Float64Array.from(origin) }));
}
