/** A molecule with its basis and electrons, open in the native core. */
import { DomainError } from "#shared/errors.ts";
import { atomicNumber, type Geometry } from "#shared/molecule/molecule.ts";
import type { Continuum } from "#shared/quantum/solvents.ts";
import { toBohr } from "#shared/units.ts";
import type { ControlBlock } from "../control-block.ts";
import type { Dispersion, DispersionModel } from "../dispersion/dispersion.ts";
import type { BasisSet, ElementShell } from "../molecule/basis.ts";
import { nativeSolvent } from "../molecule/cavity.ts";
import { checkGeometry } from "../molecule/geometry.ts";
import { checkPointCharges, type PointCharges } from "../molecule/point-charges.ts";
import type { FlatShells, NativeHandle } from "../native/addon-functions.ts";
import { callNative } from "../native/native.ts";

/** Electron repulsion integrals that cannot change a Fock matrix element by more than this are left out, Hartree. */
const INTEGRAL_THRESHOLD = 1e-12;
/** For the integrals and matrices of a system, unless another is named. */
export const SYSTEM_MEMORY_BYTES = 2 * 1024 ** 3;
const BYTES_PER_NUMBER = 8;
/** Matrices of nBasis² that a field holds: DIIS and others. */
const MATRICES_OF_FIELD = 95;
/** Partial Coulomb and exchange matrices of a field; each thread that builds for all fields keeps its own. */
const MATRICES_OF_BUILD = 55;

/**
 * What the matrices of so many fields side by side hold at most, bytes. Measured of 308 functions: 145 matrices of nBasis² for one
 * field, 709 for three, 2034 for six.
 */
export const matrixBytes = (nBasis: number, fields = 1): number =>
  fields * (MATRICES_OF_FIELD + MATRICES_OF_BUILD * fields) * BYTES_PER_NUMBER * nBasis ** 2;

/** Integrals of four functions in their eight orders, with what fills up vectors. */
const BYTES_PER_FOUR_FUNCTIONS = 1.5;

/** What the integrals and matrices of so many fields side by side hold where there is room for them, bytes. */
export const fieldMemory_bytes = (nBasis: number, fields: number): number =>
  matrixBytes(nBasis, fields) + BYTES_PER_FOUR_FUNCTIONS * nBasis ** 4;

export interface SystemOptions {
  geometry: Geometry;
  charge: number;
  /** 2S + 1 */
  multiplicity: number;
  basis: BasisSet;
  /** Atoms (from 0) that lend their functions but have neither charge nor electrons: counterpoise. */
  ghosts?: readonly number[];
  pointCharges?: PointCharges;
  /** Added to the energy of the field at every geometry. */
  dispersion?: DispersionModel | undefined;
  /** Around the molecule; default: none. */
  solvent?: Continuum | undefined;
  /** Memory for integrals and matrices; integrals that do not fit are computed anew each iteration. Default 2 GiB. */
  memoryBytes?: number;
  /** Fields that shall be found side by side, and that memory is kept for. Default 1. */
  fieldsTogether?: number;
  threads?: number;
  control?: ControlBlock | undefined;
}

export interface QuantumSystem extends Disposable {
  readonly handle: NativeHandle;
  readonly geometry: Geometry;
  readonly charge: number;
  readonly multiplicity: number;
  readonly basis: BasisSet;
  /** Electrons of each spin, [nα, nβ]. */
  readonly nelec: readonly [number, number];
  readonly nBasis: number;
  /** Fields whose matrices memory holds beside the integrals, 1 at least. */
  readonly fieldsTogether: number;
  /** What answers each density; null in the gas phase. */
  readonly solvent: Continuum | null;
  /** Atom (from 0) of each basis function. */
  readonly functionAtoms: Int32Array;
  /** Nuclear charge of each atom, 0 for a ghost. */
  readonly charges: Float64Array;
  /** What is added to the energy of a field of these nuclei; nuclearGradient has it, a field's own energy has not. */
  readonly dispersion: Dispersion | null;
  /** Nuclei, functions and charges around as text: the same of systems that differ in their electrons alone. */
  readonly nuclei: string;
}

interface PlacedShell extends ElementShell {
  atom: number;
}

function placeShells({ geometry, basis }: Pick<SystemOptions, "geometry" | "basis">): PlacedShell[] {
  return geometry.symbols.flatMap((symbol, atom) => {
    const shells = basis.elements[symbol];
    if (!shells) {
      throw new DomainError(
        "invalid-input",
        `Basis set ${basis.name} has no functions for ${symbol} (atom ${atom + 1}): expected one of ` +
          `${Object.keys(basis.elements).join(", ")}.`,
        { symbol, basis: basis.name },
      );
    }
    return shells.map((shell) => ({ ...shell, atom }));
  });
}

function countElectrons(charges: Float64Array, charge: number, multiplicity: number): [number, number] {
  const total = charges.reduce((sum, z) => sum + z, 0) - charge;
  const unpaired = multiplicity - 1;
  if (!Number.isInteger(total) || total < 0) {
    throw new DomainError("invalid-input", `Expected a charge of at most ${total + charge}, got ${charge}.`, {
      charge,
    });
  }
  if (!Number.isInteger(multiplicity) || unpaired < 0 || unpaired > total || (total - unpaired) % 2 !== 0) {
    const [lowest, expected] =
      total % 2 === 0 ? [1, "an odd multiplicity (1, 3, …)"] : [2, "an even multiplicity (2, 4, …)"];
    throw new DomainError(
      "invalid-input",
      `${total} electrons (charge ${charge}) do not go with multiplicity ${multiplicity}: expected ${expected} ` +
        `of at most ${total + 1}; the least is --multiplicity ${lowest}.`,
      { electrons: total, charge, multiplicity },
    );
  }
  return [(total + unpaired) / 2, (total - unpaired) / 2];
}

const functionsOf = (l: number, pure: boolean): number => (pure ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2);

/** The shells of a basis set on the atoms of a geometry, as the native core takes them. */
const flatten = (shells: readonly PlacedShell[], { functions }: BasisSet): FlatShells => ({
  shellAtom: Int32Array.from(shells, (shell) => shell.atom),
  shellL: Int32Array.from(shells, (shell) => shell.l),
  shellPure: Int32Array.from(shells, () => Number(functions === "pure")),
  shellPrimitives: Int32Array.from(shells, (shell) => shell.exponents.length),
  exponents: Float64Array.from(shells.flatMap((shell) => shell.exponents)),
  coefficients: Float64Array.from(shells.flatMap((shell) => shell.coefficients)),
});

/**
 * Another basis set on the atoms of a system.
 *
 * @throws DomainError `invalid-input` for an element without functions.
 */
export const flatShells = (geometry: Geometry, basis: BasisSet): FlatShells =>
  flatten(placeShells({ geometry, basis }), basis);

/** @throws DomainError */
function requireRoom(
  [nAlpha]: readonly [number, number],
  { nBasis, basis }: Pick<QuantumSystem, "nBasis" | "basis">,
): void {
  if (nAlpha <= nBasis) return;
  throw new DomainError(
    "invalid-input",
    `${nAlpha} electrons of one spin need as many basis functions, got ${nBasis} in ${basis.name}.`,
  );
}

/** Fields whose matrices fit, 1 at least. */
function fieldsThatFit(nBasis: number, bytes: number): number {
  let fields = 1;
  while (matrixBytes(nBasis, fields + 1) <= bytes) fields++;
  return fields;
}

/**
 * How memory is parted: matrices of the fields that are wanted side by side, as far as half of it goes, and integrals.
 *
 * @throws DomainError `not-supported` where the matrices of one do not fit
 */
function partsOfMemory(
  nBasis: number,
  { memoryBytes = SYSTEM_MEMORY_BYTES, fieldsTogether: wanted = 1 }: SystemOptions,
): { integralBytes: number; fieldsTogether: number } {
  const least = matrixBytes(nBasis);
  if (least <= memoryBytes) {
    const kept = Math.min(wanted, fieldsThatFit(nBasis, memoryBytes / 2));
    const integralBytes = memoryBytes - matrixBytes(nBasis, kept);
    const held = Math.min(integralBytes, BYTES_PER_FOUR_FUNCTIONS * nBasis ** 4);
    return { integralBytes, fieldsTogether: fieldsThatFit(nBasis, memoryBytes - held) };
  }
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;
  throw new DomainError(
    "not-supported",
    `${nBasis} basis functions need ${gib(least)} for matrices alone, expected at most ${gib(memoryBytes)}: ` +
      "take a smaller basis or allow more memory.",
    { nBasis, memoryBytes },
  );
}

const disposal = (system: NativeHandle) => (): void =>
  callNative((addon) => addon.releaseIntegrals({ system }));

/** Electrons and functions on their atoms, of which nothing is computed. Throws as openSystem. */
function placed(options: SystemOptions) {
  const { geometry, basis } = options;
  checkGeometry(geometry);
  const ghosts = new Set(options.ghosts);
  if (options.pointCharges) checkPointCharges(options.pointCharges, geometry, ghosts);
  // checkGeometry refused symbols of no element.
  const charges = Float64Array.from(geometry.symbols, (symbol, i) =>
    ghosts.has(i) ? 0 : atomicNumber(symbol)!,
  );
  const nelec = countElectrons(charges, options.charge, options.multiplicity);
  const shells = placeShells(options);
  const pure = basis.functions === "pure";
  const functionAtoms = Int32Array.from(
    shells.flatMap(({ l, atom }) => new Array<number>(functionsOf(l, pure)).fill(atom)),
  );
  const nBasis = functionAtoms.length;
  requireRoom(nelec, { nBasis, basis });
  return { ghosts, charges, nelec, shells, pure, functionAtoms, nBasis, ...partsOfMemory(nBasis, options) };
}

/** Of a system that need not be open. */
export type SystemSize = Pick<QuantumSystem, "geometry" | "charges" | "nelec" | "nBasis">;

/** How large a system is, without opening it. Throws as openSystem, but for what a solvent does not go with. */
export function systemSize(options: SystemOptions): SystemSize {
  const { charges, nelec, nBasis } = placed(options);
  return { geometry: options.geometry, charges, nelec, nBasis };
}

/**
 * Opens a system in the native core after checking that it can be computed.
 *
 * @throws DomainError `invalid-input` for overlapping atoms and charges, elements without a basis, wrong electron counts;
 * `not-supported` where the matrices alone need more than memoryBytes, and for what a solvent does not go with (nativeSolvent).
 */
export function openSystem(options: SystemOptions): QuantumSystem {
  const { geometry, basis } = options;
  const { ghosts, charges, nelec, shells, pure, functionAtoms, nBasis, integralBytes, fieldsTogether } =
    placed(options);
  const solvent = options.solvent ?? null;
  const handle = callNative((addon) =>
    addon.openSystem({
      positions: Float64Array.from(geometry.coordinates_angstrom, toBohr),
      charges,
      pointChargePositions: Float64Array.from(options.pointCharges?.coordinates_angstrom ?? [], toBohr),
      pointCharges: Float64Array.from(options.pointCharges?.charges ?? []),
      ...flatten(shells, basis),
      nAlpha: nelec[0],
      nBeta: nelec[1],
      ...(solvent && nativeSolvent(solvent, { ...options, ghosts })),
      integralThreshold: INTEGRAL_THRESHOLD,
      integralBytes,
      threads: options.threads ?? 1,
      control: options.control,
    }),
  );
  return {
    handle,
    geometry,
    charge: options.charge,
    multiplicity: options.multiplicity,
    basis,
    nelec,
    nBasis,
    fieldsTogether,
    solvent,
    functionAtoms,
    charges,
    dispersion: options.dispersion?.(geometry, ghosts) ?? null,
    nuclei: JSON.stringify([geometry, [...charges], options.pointCharges, pure, shells, solvent]),
    [Symbol.dispose]: disposal(handle),
  };
}

/**
 * The same nuclei and basis with other electrons. Integrals are made once for both and kept until both are disposed of; results have
 * the bits of a system that was opened by itself.
 *
 * @throws DomainError `invalid-input` for electrons that do not go with the multiplicity or are more than functions
 */
export function withElectrons(
  system: QuantumSystem,
  { charge, multiplicity }: Pick<SystemOptions, "charge" | "multiplicity">,
): QuantumSystem {
  const nelec = countElectrons(system.charges, charge, multiplicity);
  requireRoom(nelec, system);
  const [nAlpha, nBeta] = nelec;
  const handle = callNative((addon) => addon.withElectrons({ system: system.handle, nAlpha, nBeta }));
  return { ...system, handle, charge, multiplicity, nelec, [Symbol.dispose]: disposal(handle) };
}
