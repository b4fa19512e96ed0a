/** Orbitals projected on atomic valence orbitals (AVAS). */
import { DomainError } from "#shared/errors.ts";
import { atomicNumber } from "#shared/molecule/molecule.ts";
import { chemicalCore } from "../field/chemical-core.ts";
import { oneElectronIntegrals, type ScfResult } from "../field/scf.ts";
import { openSystem, type QuantumSystem } from "../field/system.ts";
import { type BasisSet, type ElementShell, loadBasisSet } from "../molecule/basis.ts";
import { block, joinedBasis } from "../molecule/joined-basis.ts";
import { callNative } from "../native/native.ts";

/** The minimal basis whose functions stand for atomic orbitals. */
const REFERENCE_BASIS = "sto-3g";

/** Weight in valence functions of what is a valence orbital: of empty ones the others have nearly none. */
const VALENCE = 0.2;

interface AvasOrbitals {
  /** Weight in the targets of each rotated occupied (without the core) and virtual orbital, 0 … 1, falling. */
  readonly occupiedWeights: Float64Array;
  readonly virtualWeights: Float64Array;
  /** Core, active occupied, singly occupied, active virtual, empty, each by rising energy: columns [nBasis, nOrbitals]. */
  readonly orbitals: Float64Array;
}

const SHELL_LETTERS = "spdf";
const P_DIRECTIONS = ["x", "y", "z"];

/** Names of a minimal basis's functions on one atom in their order, such as "O 2pz". */
function functionNames(symbol: string, shells: readonly ElementShell[], pure: boolean): string[] {
  const seen = [0, 0, 0, 0];
  return shells.flatMap(({ l }) => {
    const shell = `${symbol} ${l + 1 + seen[l]!++}${SHELL_LETTERS[l]}`;
    if (l === 1) return P_DIRECTIONS.map((direction) => shell + direction);
    return new Array<string>(pure ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2).fill(shell);
  });
}

/** Of the reference functions, in the order of `functionNames` atom by atom, which are targets; refuses targets that the molecule does not have. */
function isTarget(system: QuantumSystem, reference: BasisSet, targets: readonly string[]): boolean[] {
  const pure = system.basis.functions === "pure";
  const matched = new Set<string>();
  const found = system.geometry.symbols.flatMap((symbol, atom) =>
    functionNames(symbol, reference.elements[symbol] ?? [], pure).map((name) => {
      const target = targets.find((asked) => asked === name || asked === name.replace(/[xyz]$/, ""));
      const isOne = target !== undefined && system.charges[atom] !== 0;
      if (isOne) matched.add(target);
      return isOne;
    }),
  );
  const missing = targets.filter((target) => !matched.has(target));
  if (missing.length > 0) {
    throw new DomainError(
      "invalid-input",
      `AVAS: expected atomic orbitals of ${[...new Set(system.geometry.symbols)].join(", ")} in STO-3G, got ${missing.join(", ")}.`,
      { targets: missing },
    );
  }
  return found;
}

/** Whether the d shell of an element is of its valence: from scandium to zinc and from yttrium to cadmium. */
function isOfBlockD(symbol: string): boolean {
  const z = atomicNumber(symbol) ?? 0;
  return (z >= 21 && z <= 30) || (z >= 39 && z <= 48);
}

/** The valence shells of an element in a minimal basis: "C 2s", "C 2p", of a transition metal the d shell below too. */
function valenceShells(symbol: string, shells: readonly ElementShell[]): string[] {
  const count = (l: number): number => shells.filter((shell) => shell.l === l).length;
  const [s, p, d] = [count(0), count(1), count(2)];
  // The first p shell is 2p, the first d shell 3d.
  return [
    `${symbol} ${s}s`,
    ...(p > 0 ? [`${symbol} ${p + 1}p`] : []),
    ...(d > 0 && isOfBlockD(symbol) ? [`${symbol} ${d + 2}d`] : []),
  ];
}

/**
 * Orbitals of a closed shell rotated to its valence orbitals, all occupied but the core's and as many empty ones as a minimal basis has: of these how many.
 *
 * Throws as avasOrbitals.
 */
export async function valenceOrbitals(
  system: QuantumSystem,
  scf: ScfResult,
  resources: string,
): Promise<{ pairs: number; empty: number; orbitals: Float64Array }> {
  const reference = await loadBasisSet(resources, REFERENCE_BASIS);
  const { symbols } = system.geometry;
  const elements = new Set(symbols.filter((_, atom) => system.charges[atom] !== 0));
  const targets = [...elements].flatMap((symbol) => valenceShells(symbol, reference.elements[symbol] ?? []));
  const { occupiedWeights, virtualWeights, orbitals } = await avasOrbitals(system, scf, {
    ...{ targets, threshold: VALENCE, resources },
  });
  const chosen = (weights: Float64Array): number => weights.filter((weight) => weight > VALENCE).length;
  return { pairs: chosen(occupiedWeights), empty: chosen(virtualWeights), orbitals };
}

/** The mean of the Fock matrices of both spins. */
function meanFock({ focks }: ScfResult): Float64Array {
  const [alpha, beta = alpha] = focks;
  return alpha.map((value, i) => 0.5 * (value + beta[i]!));
}

/** Columns from the given one on of [rows, width], and those before it. */
function parted(
  matrix: Float64Array,
  width: number,
  first: number,
): [before: Float64Array, after: Float64Array] {
  return [matrix.filter((_, k) => k % width < first), matrix.filter((_, k) => k % width >= first)];
}

/** Columns of two matrices of as many rows side by side. */
function joined(left: Float64Array, right: Float64Array, rows: number): Float64Array {
  const [m, n] = [left.length / rows, right.length / rows];
  return Float64Array.from({ length: left.length + right.length }, (_, k) => {
    const [row, column] = [Math.floor(k / (m + n)), k % (m + n)];
    return column < m ? left[row * m + column]! : right[row * n + column - m]!;
  });
}

/**
 * Rotates the orbitals of an RHF or ROHF field, occupied and virtual ones among themselves, to those with the largest
 * weight in the atomic orbitals named; native/include/ansatz/avas.hpp has method and source. The chemical core stays as it
 * is and takes no part: valence functions of a minimal basis overlap with it.
 *
 * @throws DomainError `invalid-input` for an atomic orbital that the molecule does not have
 */
export async function avasOrbitals(
  system: QuantumSystem,
  scf: ScfResult,
  { targets, threshold, resources }: { targets: readonly string[]; threshold: number; resources: string },
): Promise<AvasOrbitals> {
  const reference = await loadBasisSet(resources, REFERENCE_BASIS);
  const isOne = isTarget(system, reference, targets);
  const { geometry, charge, multiplicity } = system;
  const { basis, first: own, second } = joinedBasis(geometry.symbols, system.basis, reference);
  const at = second.filter((_, k) => isOne[k]);
  using joint = openSystem({ geometry, charge, multiplicity, basis });
  const { overlap } = oneElectronIntegrals(joint);
  const nCore = Math.min(chemicalCore(system), scf.nelec[1]);
  const [core, orbitals] = parted(scf.orbitals[0], scf.orbitalEnergies_hartree[0].length, nCore);
  const found = callNative((addon) =>
    addon.avas({
      nBasis: system.nBasis,
      nTarget: at.length,
      threshold,
      orbitals,
      nDouble: scf.nelec[1] - nCore,
      nSingle: scf.nelec[0] - scf.nelec[1],
      fock: meanFock(scf),
      targetOverlap: block(overlap, joint.nBasis, at, at),
      crossOverlap: block(overlap, joint.nBasis, at, own),
    }),
  );
  return { ...found, orbitals: joined(core, found.orbitals, system.nBasis) };
}
