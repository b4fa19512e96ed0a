/**
 * How long a state takes on one thread of a machine of ordinary speed, and how much memory it holds: laws fitted by hand to measured states,
 * right to a factor of two for states of one kind, and for all after the machine and the kind were timed.
 */
import { atomicNumber } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { isLayered } from "#shared/quantum/vqe.ts";
import { casciMemory_bytes } from "../ci/ci.ts";
import { MP2_MEMORY_BYTES } from "../field/mp2.ts";
import { DEFAULT_MEMORY_BYTES } from "../hamiltonian/hamiltonian.ts";
import type { BasisSet } from "../molecule/basis.ts";
import { determinantCount } from "../native/limits.ts";

/** A request with the elements alone: where the atoms are matters less. */
export interface AskedState extends Omit<EnergyRequest, "geometry"> {
  readonly symbols: readonly string[];
}

/** Basis functions on some atoms; an element that the set lacks has none. */
export function functionCount(symbols: readonly string[], { elements, functions }: BasisSet): number {
  const ofShell = (l: number): number =>
    functions === "pure" || l < 2 ? 2 * l + 1 : ((l + 1) * (l + 2)) / 2;
  const ofElement = (symbol: string): number =>
    (elements[symbol] ?? []).reduce((sum, { l }) => sum + ofShell(l), 0);
  return symbols.reduce((sum, symbol) => sum + ofElement(symbol), 0);
}

/**
 * RHF with its test of stability and MP2 of a closed shell of n functions, ms: 34 states of 1 to 11 heavy atoms, 7 to 130 functions in
 * STO-3G, 6-31G and 6-31+G**, processor time on an AMD EPYC with AVX2, 29 November 2026; 0.6 to 1.5 of what was measured.
 */
const closedShell_ms = (n: number): number => 0.025 * n ** 2 + 2.6e-5 * n ** 4;

/** Of any state, ms: reading the basis set, properties of the density, notes. */
const OVERHEAD_MS = 20;

/** Where s and p functions have exponents of their own, as in def2 and Dunning's sets: 1.4 to 1.9 of the law, five states in def2-SVP. */
const UNSHARED_FACTOR = 1.5;

function sharesExponents({ elements }: BasisSet): boolean {
  const shells = Object.values(elements).flat();
  const ofS = new Set(shells.filter(({ l }) => l === 0).map(({ exponents }) => exponents.join()));
  return shells.some(({ l, exponents }) => l === 1 && ofS.has(exponents.join()));
}

/** Of that, the field alone, without MP2. */
const FIELD_SHARE = 0.65;

/** Several starts by UHF with their MP2, in closed shells of the same size: five holes 2.8 to 4.7; triplets move twice as many electrons. */
const OPEN_SHELL_FACTOR = { hole: 4, electron: 4, pair: 8, none: 8 } as const;

/** All steps of a relaxation, each with a gradient, in closed shells: 3 to 36 steps. */
const RELAXATION_FACTOR = 10;
/** A field from near orbitals and a gradient; a Hessian has 6 for each atom. */
const DISPLACEMENT_FACTOR = 1.5;
/** A step by UHF against one by RHF. */
const UHF_FACTOR = 3;

/** The size of the active space where the request says it; of rules that choose it by the molecule, a middling one. */
function spaceOf({ activeSpace }: Partial<Pick<EnergyRequest, "activeSpace">>): {
  nelec: number;
  norb: number;
} {
  // Records leave out what is null.
  if (activeSpace == null) return { nelec: 4, norb: 4 };
  if (!("rule" in activeSpace) || activeSpace.rule === "frontier") return activeSpace;
  const norb = activeSpace.rule === "orbitals" ? activeSpace.orbitals.length : 8;
  return { nelec: norb, norb };
}

/** ms for a determinant and a parameter: an energy with its gradient (docs/benchmarks.md, N2 to H10). */
const GRADIENT_MS = 7e-7;
/** ms for a determinant and iteration of exact diagonalisation, its strings' excitations taken as one more power 0.19. */
const CI_MS = 1.1e-4;
const CI_POWER = 1.19;
const CI_ITERATIONS = 25;
const VQE_ITERATIONS = 9;

/** UCCSD's singles and doubles, all of them: of molecules without symmetry. */
function parameterCount(norb: number, [alpha, beta]: readonly [number, number]): number {
  const pairs = (n: number): number => (n * (n - 1)) / 2;
  const [up, down] = [alpha * (norb - alpha), beta * (norb - beta)];
  return up + down + up * down + pairs(alpha) * pairs(norb - alpha) + pairs(beta) * pairs(norb - beta);
}

function sectorOf(state: AskedState): { norb: number; nelec: [number, number] } {
  const { nelec, norb } = spaceOf(state);
  const alpha = Math.ceil((nelec + state.multiplicity - 1) / 2);
  return { norb, nelec: [alpha, nelec - alpha] };
}

/** Exact diagonalisation and, where it is asked for, VQE of one state in the active space, ms. */
function spaceTime_ms(state: AskedState): number {
  const { norb, nelec } = sectorOf(state);
  const determinants = determinantCount(norb, nelec);
  const ci = CI_ITERATIONS * CI_MS * determinants ** CI_POWER * (state.states ?? 1);
  if (state.method !== "vqe") return ci;
  const { ansatz, starts = 1 } = state;
  // Layers start several times at random, on all 4^norb amplitudes.
  const repeats = isLayered(ansatz) ? starts * 20 * (4 ** norb / determinants) : 1;
  return ci + VQE_ITERATIONS * repeats * GRADIENT_MS * determinants * parameterCount(norb, nelec);
}

const usesSpace = ({ method }: AskedState): boolean => ["vqe", "casci", "casscf"].includes(method);

/** Which of the laws below a state goes by: those of one kind are timed together. */
export function kindOf({ method, multiplicity, openShell, optimise, vibrations }: AskedState): string {
  const spin = multiplicity > 3 ? "quartet" : (openShell ?? (multiplicity > 1 && "open"));
  const what = [spin, optimise && "relaxed", vibrations && "vibrations"];
  return [method, ...what.filter((part) => typeof part === "string")].join(" ");
}

/** Seconds of the processor on one thread: by the clock of a machine that does nothing else. */
export function stateSeconds(state: AskedState, basis: BasisSet): number {
  const { symbols, method, multiplicity, openShell, optimise, vibrations, ions = [] } = state;
  const n = functionCount(symbols, basis);
  const closed = closedShell_ms(n) * (sharesExponents(basis) ? 1 : UNSHARED_FACTOR);
  const isOpen = multiplicity > 1;
  const starts = isOpen ? OPEN_SHELL_FACTOR[openShell ?? "none"] : 1;
  const field = closed * starts * (method === "mp2" || method === "vqe" ? 1 : FIELD_SHARE);
  const step = closed * (isOpen ? UHF_FACTOR : 1);
  const relaxing = optimise ? RELAXATION_FACTOR * step : 0;
  const vibrating = vibrations ? 6 * symbols.length * DISPLACEMENT_FACTOR * step : 0;
  const space = usesSpace(state) ? (1 + ions.length) * spaceTime_ms(state) : 0;
  return (OVERHEAD_MS + field + relaxing + vibrating + space) / 1000;
}

/** Integrals are kept for each four functions in their eight orders, as far as memory goes. */
const ORDERS = 8;
const BYTES = 8;
/** Starts of an open shell beside a closed one whose MP2 shares a pass over the integrals, two spins each. */
const SPINS_TOGETHER = 6;

/** Half-transformed integrals of MP2: pairs of functions, for each occupied with each empty orbital, as far as memory goes. */
function mp2Memory_bytes({ symbols, method, multiplicity, openShell }: AskedState, n: number): number {
  if (method !== "mp2" && method !== "vqe") return 0;
  // openSystem refuses symbols of no element.
  const occupied = Math.min(n, symbols.reduce((sum, symbol) => sum + atomicNumber(symbol)!, 0) / 2);
  const pairs = (n * (n + 1)) / 2;
  const spins = openShell ? SPINS_TOGETHER : multiplicity > 1 ? 2 : 1;
  return Math.min(MP2_MEMORY_BYTES, BYTES * pairs * occupied * (n - occupied) * spins);
}

/** The most that a state holds at a time, bytes, beside the program itself. */
export function stateMemory_bytes(state: AskedState, basis: BasisSet): number {
  const n = functionCount(state.symbols, basis);
  const integrals = Math.min(DEFAULT_MEMORY_BYTES, (BYTES / ORDERS) * n ** 4);
  const space = usesSpace(state) ? casciMemory_bytes(sectorOf(state), state.states ?? 1) : 0;
  return Math.max(integrals + mp2Memory_bytes(state, n), space);
}
