/**
 * How long a state takes on one thread of a machine of ordinary speed, and how much memory it holds: laws fitted by hand to measured states,
 * right to a factor of two for states of one kind, and for all after the machine and the kind were timed.
 */
import { atomicNumber } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { isLayered } from "#shared/quantum/vqe.ts";
import { casciMemory_bytes } from "../ci/ci.ts";
import {
  NATURAL_ORBITAL_DETERMINANTS,
  selectedDeterminants,
  selectedMemory_bytes,
} from "../ci/selected-ci.ts";
import { coreOf } from "../field/chemical-core.ts";
import { MP2_MEMORY_BYTES } from "../field/mp2.ts";
import { MOST_STARTS } from "../field/open-shell.ts";
import { fieldMemory_bytes, SYSTEM_MEMORY_BYTES } from "../field/system.ts";
import { DEFAULT_MEMORY_BYTES } from "../hamiltonian/hamiltonian.ts";
import type { BasisSet } from "../molecule/basis.ts";
import { nevpt2Memory_bytes } from "../multireference/nevpt2.ts";
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

const BYTES = 8;
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

interface Sector {
  readonly norb: number;
  readonly nelec: readonly [number, number];
}

/** All electrons in all orbitals, or all but the chemical core's. */
function fullSpace({ symbols, charge, frozenCore }: AskedState, n: number): { nelec: number; norb: number } {
  // openSystem refuses symbols of no element.
  const numbers = symbols.map((symbol) => atomicNumber(symbol)!);
  const core = frozenCore ? numbers.reduce((sum, z) => sum + coreOf(z), 0) : 0;
  return { nelec: numbers.reduce((sum, z) => sum + z, -charge) - 2 * core, norb: n - core };
}

/** Of n basis functions. */
function sectorOf(state: AskedState, n: number): Sector {
  const isFull = state.method === "fci" || (state.method === "sci" && state.activeSpace == null);
  const { nelec, norb } = isFull ? fullSpace(state, n) : spaceOf(state);
  const most = Math.min(norb, nelec);
  const alpha = Math.min(most, Math.ceil((nelec + state.multiplicity - 1) / 2));
  return { norb, nelec: [alpha, nelec - alpha] };
}

/** State vectors that one state takes at least. */
const FEWEST_VECTORS = 22;

/** Determinants of exact diagonalisation; more are refused. */
const exactDeterminants = ({ norb, nelec }: Sector): number =>
  Math.min(determinantCount(norb, nelec), DEFAULT_MEMORY_BYTES / (BYTES * FEWEST_VECTORS));

const stateCount = ({ states = 1, spinStates }: AskedState): number =>
  spinStates?.reduce((sum, { count }) => sum + count, 0) ?? states;

/** Exact diagonalisation and, where it is asked for, VQE of one state in the active space, ms. */
function spaceTime_ms(state: AskedState, { norb, nelec }: Sector): number {
  const determinants = exactDeterminants({ norb, nelec });
  const ci = CI_ITERATIONS * CI_MS * determinants ** CI_POWER * stateCount(state);
  if (state.method !== "vqe") return ci;
  const { ansatz, starts = 1 } = state;
  // Layers start several times at random, on all 4^norb amplitudes.
  const repeats = isLayered(ansatz) ? starts * 20 * (4 ** norb / determinants) : 1;
  return ci + VQE_ITERATIONS * repeats * GRADIENT_MS * determinants * parameterCount(norb, nelec);
}

/** Points at which CASSCF looks, of all starts together: 100 to 200 of water in (8,6) and ethylene in (4,4). */
const CASSCF_POINTS = 150;
/** A Coulomb build for a pair of active orbitals, in closed shells of that size; and what else a point takes, ms. */
const PAIR_FACTOR = 0.04;
const POINT_MS = 5;
/** ms for a determinant and four active orbitals, of two-particle densities. */
const DENSITY_MS = 1e-6;

/** States and derivatives at every point, ms. */
function casscfTime_ms(state: AskedState, { norb, nelec }: Sector, closed_ms: number): number {
  const builds = PAIR_FACTOR * closed_ms * ((norb * (norb + 1)) / 2 + 2);
  const densities = DENSITY_MS * norb ** 4 * exactDeterminants({ norb, nelec }) * stateCount(state);
  return CASSCF_POINTS * (POINT_MS + builds + densities + spaceTime_ms(state, { norb, nelec }));
}

/** ms for a determinant and root of selected CI, and moves of one electron of each spin to this power: 20 000 to 250 000 of water and N₂. */
const SELECTED_MS = 4.4e-4;
const SELECTED_POWER = 0.7;

/** All sizes, in both sets of orbitals, ms. */
function selectedTime_ms(state: AskedState, sector: Sector): number {
  const { norb, nelec } = sector;
  const moves = nelec.reduce((product, n) => product * Math.max(1, n * (norb - n)), 1);
  const last = selectedDeterminants(sector, state.selection);
  const determinants = last + Math.min(last, NATURAL_ORBITAL_DETERMINANTS);
  return SELECTED_MS * determinants * moves ** SELECTED_POWER * stateCount(state);
}

/** What is correlated in a space of orbitals, ms. */
function correlatedTime_ms(state: AskedState, sector: Sector, closed_ms: number): number {
  if (state.method === "casscf") return casscfTime_ms(state, sector, closed_ms);
  if (state.method === "sci") return selectedTime_ms(state, sector);
  return (1 + (state.ions ?? []).length) * spaceTime_ms(state, sector);
}

const usesSpace = ({ method }: AskedState): boolean =>
  ["vqe", "casci", "casscf", "fci", "sci"].includes(method);

/** Which of the laws below a state goes by: those of one kind are timed together. */
export function kindOf({ method, multiplicity, openShell, optimise, vibrations }: AskedState): string {
  const spin = multiplicity > 3 ? "quartet" : (openShell ?? (multiplicity > 1 && "open"));
  const what = [spin, optimise && "relaxed", vibrations && "vibrations"];
  return [method, ...what.filter((part) => typeof part === "string")].join(" ");
}

/** Seconds of the processor on one thread: by the clock of a machine that does nothing else. */
export function stateSeconds(state: AskedState, basis: BasisSet): number {
  const { symbols, method, multiplicity, openShell, optimise, vibrations } = state;
  const n = functionCount(symbols, basis);
  const closed = closedShell_ms(n) * (sharesExponents(basis) ? 1 : UNSHARED_FACTOR);
  const isOpen = multiplicity > 1;
  const starts = isOpen ? OPEN_SHELL_FACTOR[openShell ?? "none"] : 1;
  const field = closed * starts * (method === "mp2" || method === "vqe" ? 1 : FIELD_SHARE);
  const step = closed * (isOpen ? UHF_FACTOR : 1);
  const relaxing = optimise ? RELAXATION_FACTOR * step : 0;
  const vibrating = vibrations ? 6 * symbols.length * DISPLACEMENT_FACTOR * step : 0;
  const space = usesSpace(state) ? correlatedTime_ms(state, sectorOf(state, n), closed) : 0;
  return (OVERHEAD_MS + field + relaxing + vibrating + space) / 1000;
}

/** Fields of an open shell side by side, whose MP2 shares a pass over the integrals. */
const fieldsOf = ({ openShell, multiplicity }: AskedState): number =>
  openShell && multiplicity <= 3 ? MOST_STARTS[openShell] : 1;

/** Half-transformed integrals of MP2: pairs of functions, for each occupied with each empty orbital, as far as memory goes. */
function mp2Memory_bytes(state: AskedState, n: number): number {
  const { symbols, method, multiplicity } = state;
  if (method !== "mp2" && method !== "vqe") return 0;
  // openSystem refuses symbols of no element.
  const occupied = Math.min(n, symbols.reduce((sum, symbol) => sum + atomicNumber(symbol)!, 0) / 2);
  const pairs = (n * (n + 1)) / 2;
  const spins = fieldsOf(state) * (multiplicity > 1 ? 2 : 1);
  return Math.min(MP2_MEMORY_BYTES, BYTES * pairs * occupied * (n - occupied) * spins);
}

/** Doubly occupied orbitals beside the active ones. */
const coreCount = (state: AskedState, n: number): number =>
  Math.max(0, (fullSpace({ ...state, frozenCore: false }, n).nelec - spaceOf(state).nelec) / 2);

/** Vectors and matrices of states in a space of orbitals, integrals of CASSCF and NEVPT2 among them. */
function spaceMemory_bytes(state: AskedState, n: number): number {
  if (!usesSpace(state)) return 0;
  const sector = sectorOf(state, n);
  const { norb } = sector;
  if (state.method === "sci") return selectedMemory_bytes(sector, state.selection);
  const orbitals = state.method === "casscf" ? BYTES * n * norb ** 3 : 0;
  // What needs more is refused.
  const exact = Math.min(DEFAULT_MEMORY_BYTES, casciMemory_bytes(sector, stateCount(state)));
  return (
    orbitals +
    Math.max(exact, state.pt2 ? nevpt2Memory_bytes({ nOrbitals: n, norb, nCore: coreCount(state, n) }) : 0)
  );
}

/** The most that a state holds at a time, bytes, beside the program itself. */
export function stateMemory_bytes(state: AskedState, basis: BasisSet): number {
  const n = functionCount(state.symbols, basis);
  const field = Math.min(SYSTEM_MEMORY_BYTES, fieldMemory_bytes(n, fieldsOf(state)));
  return field + Math.max(mp2Memory_bytes(state, n), spaceMemory_bytes(state, n));
}
