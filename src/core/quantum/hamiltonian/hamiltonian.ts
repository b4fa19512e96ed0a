import { DomainError } from "#shared/errors.ts";
import type { ControlBlock } from "../control-block.ts";
import type { SectorOptions } from "../native/addon-functions.ts";
import { determinantCount, MAX_ORBITALS } from "../native/limits.ts";

/** Electronic Hamiltonian of an active space over real orthonormal orbitals. */
export interface ActiveHamiltonian {
  readonly norb: number;
  /** Active electrons of each spin, [nα, nβ]. */
  readonly nelec: readonly [number, number];
  /** Nuclear repulsion and the energy of the frozen core, Hartree. */
  readonly coreEnergy: number;
  /** h_pq with the field of the frozen core, Hartree; [norb, norb], row-major, symmetric. */
  readonly oneBodyTensor: Float64Array;
  /** (pq|rs) in chemists' order, Hartree; [norb, norb, norb, norb], row-major, eightfold symmetric. */
  readonly twoBodyTensor: Float64Array;
}

/** Where and how native work runs. */
export interface NativeContext {
  /** Threads of one calculation; the result has the same bits for any number. */
  readonly threads?: number;
  /** [cancel, iteration, maxIterations, phase] on a SharedArrayBuffer: set [0] from another thread to cancel. */
  readonly control?: ControlBlock | undefined;
}

/** Lays a Hamiltonian out for the native core, which checks the integrals; orbitals and electrons are checked here. */
export function sectorOptions(
  hamiltonian: ActiveHamiltonian,
  context: NativeContext,
  largest = MAX_ORBITALS,
): SectorOptions {
  const { norb, nelec, coreEnergy, oneBodyTensor, twoBodyTensor } = hamiltonian;
  const [nalpha, nbeta] = nelec;
  const fits = (electrons: number) => Number.isInteger(electrons) && electrons >= 0 && electrons <= norb;
  if (!Number.isInteger(norb) || norb < 1 || norb > largest || !fits(nalpha) || !fits(nbeta))
    throw new DomainError(
      "invalid-input",
      `An active space holds 1 to ${largest} orbitals with at most one electron of each spin in an orbital; ` +
        `got ${norb} orbitals for ${nalpha} α and ${nbeta} β electrons.`,
      { norb, nalpha, nbeta },
    );
  const { threads = 1, control } = context;
  return { norb, nalpha, nbeta, coreEnergy, oneBodyTensor, twoBodyTensor, threads, control };
}

/** Refuses a calculation that needs more memory than allowed, before it begins. */
export function requireMemory(
  needed_bytes: number,
  allowed_bytes: number,
  hamiltonian: ActiveHamiltonian,
): void {
  if (needed_bytes <= allowed_bytes) return;
  const gibibytes = (bytes: number) => `${(bytes / 2 ** 30).toPrecision(3)} GiB`;
  const electrons = hamiltonian.nelec[0] + hamiltonian.nelec[1];
  throw new DomainError(
    "not-supported",
    `(${electrons}e, ${hamiltonian.norb}o) has ${determinantCount(hamiltonian.norb, hamiltonian.nelec)} determinants and ` +
      `needs about ${gibibytes(needed_bytes)}; ${gibibytes(allowed_bytes)} are allowed. Choose a smaller active space.`,
    { needed_bytes, allowed_bytes },
  );
}

/** Memory allowed for one calculation unless the caller says otherwise. */
export const DEFAULT_MEMORY_BYTES = 4 * 2 ** 30;
