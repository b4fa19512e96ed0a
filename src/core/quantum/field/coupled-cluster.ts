/** Coupled cluster with single and double excitations, and triples by perturbation theory. */
import { DomainError } from "#shared/errors.ts";
import type { CoupledClusterResult } from "#shared/quantum/coupled-cluster-result.ts";
import { type ActiveHamiltonian, type NativeContext, sectorOptions } from "../hamiltonian/hamiltonian.ts";
import type { NativeCoupledClusterResult } from "../native/addon-functions.ts";
import { MAX_COUPLED_ORBITALS } from "../native/limits.ts";
import { callNative } from "../native/native.ts";
import { correlatedOrbitals, type FrozenCore, frozenCount } from "./correlated-orbitals.ts";
import type { ScfResult } from "./scf.ts";
import type { QuantumSystem, SystemSize } from "./system.ts";

/** What one calculation may hold, integrals included. */
export const COUPLED_CLUSTER_MEMORY_BYTES = 8 * 1024 ** 3;
/** Of half-transformed integrals: more are taken in several passes. */
const HALF_TRANSFORMED_BYTES = 1024 ** 2 * 256;
/** Whose scratch is counted. */
const THREADS = 8;

interface CoupledClusterOptions {
  /** Orbitals left uncorrelated. Default 0. */
  nFrozenCore?: FrozenCore;
  /** Whether (T) is wanted as well. Default false. */
  triples?: boolean;
  /** Default 100. */
  maxIterations?: number;
  /** Change of the energy in the last iteration, Hartree. Default 1e-9. */
  energyTolerance?: number;
  /** Norm of the change of all amplitudes in the last iteration. Default 1e-7. */
  amplitudeTolerance?: number;
}

/** Correlated orbitals of each spin, of an open shell of the spin that has more of them. */
export interface CorrelatedOrbitals {
  readonly nOccupied: number;
  readonly nVirtual: number;
  readonly isOpen: boolean;
}

const triangle = (n: number): number => (n * (n + 1)) / 2;

/** Integrals over pairs of orbitals, amplitudes and what an iteration makes of them, numbers. */
function closedShellNumbers({ nOccupied: o, nVirtual: v }: CorrelatedOrbitals, triples: boolean): number {
  const singlesSquared = (o * v) ** 2;
  const pairs = 2 * triangle(o) * (triangle(o + v) + triangle(v));
  const iteration =
    21 * singlesSquared + o ** 2 * triangle(v) + 2 * o ** 3 * v + pairs + THREADS * 2 * 96 * triangle(v);
  const ofTriples = 3 * singlesSquared + (3 * o * v ** 2 + 2 * o ** 2 * v) * (o + v) + THREADS * v ** 3;
  return triangle(o + v) ** 2 + Math.max(iteration, triples ? ofTriples : 0);
}

/** The same in blocks of spins: antisymmetric integrals, made of those over pairs of α and α, α and β, β and β. */
function openShellNumbers({ nOccupied: o, nVirtual: v }: CorrelatedOrbitals, triples: boolean): number {
  const integrals = 3 * v ** 4 + 6 * o * v ** 3 + 12 * (o * v) ** 2 + 6 * o ** 3 * (o + v);
  const iteration = 2 * o * v ** 3 + 110 * (o * v) ** 2;
  return (
    integrals +
    Math.max(3 * triangle(o + v) ** 2, iteration, triples ? 24 * (o * v) ** 2 + THREADS * 3 * v ** 3 : 0)
  );
}

/** The most that is held at a time, bytes. */
export function coupledClusterMemory_bytes(
  orbitals: CorrelatedOrbitals,
  { triples }: { triples: boolean },
): number {
  const numbers = (orbitals.isOpen ? openShellNumbers : closedShellNumbers)(orbitals, triples);
  const halfTransformed = triangle(orbitals.nOccupied + orbitals.nVirtual) ** 2;
  return 8 * numbers + Math.min(HALF_TRANSFORMED_BYTES, 8 * halfTransformed);
}

const gib = (bytes: number): string => `${(bytes / 1024 ** 3).toPrecision(3)} GiB`;

/**
 * Refuses, before any work, what needs more than COUPLED_CLUSTER_MEMORY_BYTES.
 *
 * @throws DomainError `not-supported` that says what helps
 */
export function checkCoupledCluster(
  system: SystemSize,
  { nFrozenCore = 0, triples = false }: Pick<CoupledClusterOptions, "nFrozenCore" | "triples">,
): void {
  const nFrozen = frozenCount(system, nFrozenCore);
  const nOccupied = system.nelec[0] - nFrozen;
  const space = {
    nOccupied,
    nVirtual: system.nBasis - system.nelec[1],
    isOpen: system.nelec[0] !== system.nelec[1],
  };
  const needed_bytes = coupledClusterMemory_bytes(space, { triples });
  if (needed_bytes <= COUPLED_CLUSTER_MEMORY_BYTES) return;
  throw new DomainError(
    "not-supported",
    `Coupled cluster with ${nOccupied} occupied and ${space.nVirtual} virtual orbitals needs about ${gib(needed_bytes)}; ` +
      `${gib(COUPLED_CLUSTER_MEMORY_BYTES)} are allowed. Take a smaller basis set${nFrozen === 0 ? ", a frozen core" : ""} or the method mp2.`,
    { needed_bytes, allowed_bytes: COUPLED_CLUSTER_MEMORY_BYTES },
  );
}

/** Results of the native core as those of this room. */
function resultOf(
  { converged, correlation, trace, ...found }: NativeCoupledClusterResult,
  {
    reference_hartree,
    triples,
    nFrozenCore,
  }: { reference_hartree: number; triples: boolean; nFrozenCore: number },
): Omit<CoupledClusterResult, "wallTime_ms"> {
  const triples_hartree = triples && converged ? found.triples : null;
  const correlation_hartree = correlation + (triples_hartree ?? 0);
  return {
    outcome: converged ? "converged" : "not-converged",
    energy_hartree: reference_hartree + correlation_hartree,
    correlation_hartree,
    triples_hartree,
    t1Diagnostic: found.t1Diagnostic,
    d1Diagnostic: found.d1Diagnostic,
    largestAmplitude: found.largestAmplitude,
    iterations: found.iterations,
    trace_hartree: [...trace],
    nFrozenCore,
  };
}

const DEFAULTS = { maxIterations: 100, energyTolerance: 1e-9, amplitudeTolerance: 1e-7 } as const;

/**
 * CCSD, or CCSD(T), from canonical RHF or UHF orbitals.
 *
 * G. D. Purvis, R. J. Bartlett, doi:10.1063/1.443164; K. Raghavachari and others, doi:10.1016/S0009-2614(89)87395-6. Amplitudes that do
 * not converge are an outcome, and have no triples. Cost an iteration nOccupied² · nVirtual⁴, (T) nOccupied³ · nVirtual⁴.
 *
 * @throws DomainError `invalid-input` for rohf orbitals, an unconverged field or a core that is too large, `not-supported` for what needs
 * too much memory; AbortError
 */
export function coupledCluster(
  system: QuantumSystem,
  scf: ScfResult,
  { nFrozenCore = 0, triples = false, ...limits }: CoupledClusterOptions = {},
): Omit<CoupledClusterResult, "wallTime_ms"> {
  checkCoupledCluster(system, { nFrozenCore, triples });
  const orbitals = correlatedOrbitals(system, [scf], { title: "Coupled cluster", frozen: nFrozenCore });
  const found = callNative((addon) =>
    addon.coupledCluster({ ...DEFAULTS, ...limits, system: system.handle, triples, ...orbitals }),
  );
  const { energy_hartree: reference_hartree } = scf;
  return resultOf(found, { reference_hartree, triples, nFrozenCore: orbitals.nFrozen });
}

/**
 * The same of a Hamiltonian's closed shell, its first orbitals doubly occupied; these need not be canonical. The integrals over all four
 * orbitals are held.
 *
 * @throws DomainError `invalid-input` for unpaired electrons or too many orbitals, `not-supported` for what needs too much memory; AbortError
 */
export function coupledClusterOfHamiltonian(
  hamiltonian: ActiveHamiltonian,
  { triples, ...context }: NativeContext & { triples: boolean },
): Omit<CoupledClusterResult, "wallTime_ms"> {
  const [nAlpha, nBeta] = hamiltonian.nelec;
  if (nAlpha !== nBeta)
    throw new DomainError(
      "not-supported",
      `Coupled cluster of a Hamiltonian: expected a closed shell, multiplicity 1, got ${Math.abs(nAlpha - nBeta) + 1}. Take the method sci.`,
    );
  const found = callNative((addon) =>
    addon.coupledClusterOfHamiltonian({
      ...sectorOptions(hamiltonian, context, MAX_COUPLED_ORBITALS),
      ...DEFAULTS,
      triples,
    }),
  );
  return resultOf(found, { reference_hartree: found.reference, triples, nFrozenCore: 0 });
}
