/**
 * How long a state takes on one thread of a machine of ordinary speed, and how much memory it holds: what integrals, Fock matrices and
 * MP2 take by the number of basis functions, and how many of them a state needs on average; for one state right to a factor of two.
 */
import { atomicNumber } from "#shared/molecule/molecule.ts";
import { type EnergyRequest, isCoupledCluster } from "#shared/quantum/energy-request.ts";
import { hasOwnExchange, isFunctional } from "#shared/quantum/functionals.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import { isLayered } from "#shared/quantum/vqe.ts";
import { casciMemory_bytes } from "../ci/ci.ts";
import {
  NATURAL_ORBITAL_DETERMINANTS,
  selectedDeterminants,
  selectedMemory_bytes,
} from "../ci/selected-ci.ts";
import { coreOf } from "../field/chemical-core.ts";
import { type CorrelatedOrbitals, coupledClusterMemory_bytes } from "../field/coupled-cluster.ts";
import { FITTED_MP2_MEMORY_BYTES, MP2_MEMORY_BYTES } from "../field/mp2.ts";
import { MOST_STARTS } from "../field/open-shell.ts";
import { fieldMemory_bytes, SYSTEM_MEMORY_BYTES } from "../field/system.ts";
import { DEFAULT_MEMORY_BYTES } from "../hamiltonian/hamiltonian.ts";
import { type BasisSet, functionCount } from "../molecule/basis.ts";
import { nevpt2Memory_bytes } from "../multireference/nevpt2.ts";
import { determinantCount } from "../native/limits.ts";
import { coupledClusterTime_ms } from "./coupled-cluster-law.ts";
import {
  type GridWork,
  gridErrorTime_ms,
  gridMemory_bytes,
  gridResponseTime_ms,
  gridStepTime_ms,
  gridTime_ms,
} from "./grid-law.ts";
import { solventMemory_bytes, solventTime_ms } from "./solvent-law.ts";

/** A request with the elements alone: where the atoms are matters less. */
export interface AskedState extends Omit<EnergyRequest, "geometry"> {
  readonly symbols: readonly string[];
}

/**
 * Of n functions, ms: 100 molecules of 55 to 117 in 6-31G with their cations and quartets, processor time on two threads at work of an AMD
 * EPYC, 29 November 2026; up to 190 in fluorinated ethers. Integrals that are kept are computed once, all that screening leaves; from them a
 * Fock matrix with what an iteration does beside it is built. Both spins of an open shell share a pass over them; of several starts side by
 * side it is a matrix of each.
 */
const integrals_ms = (n: number): number => 2.8e-4 * n ** 3.2;
const fock_ms = {
  closed: (n: number): number => 2.4e-5 * n ** 3,
  open: (n: number): number => 4.5e-5 * n ** 3,
};

/** A pass of MP2 over the integrals against their first computation. */
const MP2_PASS_FACTOR = 1.2;
/** What it transforms in that pass, ms for each n⁴ and correlated pair, of each spin of each solution. */
const MP2_SPIN_MS = 1.35e-7;
/** Of three starts side by side on average 2.4 solutions are found that differ. */
const SOLUTIONS_EACH_START = 0.8;

/** Of any state, ms: reading the basis set, properties of the density, notes. */
const OVERHEAD_MS = 20;

/** Where s and p functions have exponents of their own, as in def2 and Dunning's sets: 1.4 to 1.9 of the law, five states in def2-SVP. */
const UNSHARED_FACTOR = 1.5;

function sharesExponents({ elements }: BasisSet): boolean {
  const shells = Object.values(elements).flat();
  const ofS = new Set(shells.filter(({ l }) => l === 0).map(({ exponents }) => exponents.join()));
  return shells.some(({ l, exponents }) => l === 1 && ofS.has(exponents.join()));
}

/** What of a state's work nobody knows before it is done; undefined where it is not known after it either. */
export interface Effort {
  /** Fock matrices that led to its field, those of its test of stability and of all starts among them. */
  readonly fockBuilds?: number | undefined;
  /** Of a relaxation. */
  readonly steps?: number | undefined;
}

/**
 * Arithmetic means over molecules, by which sums go: of 100 cations of all kinds a tenth took less than 71 matrices, a tenth more than 210 and
 * the slowest 427, 130 on average, and 84 in ethers and esters; quartets 26 to 125, closed shells 25 to 33, but one in two hundred 970. An
 * electron that moves has six starts, one that is missing or added three; open shells that are not made from a closed one are searched.
 */
const FOCK_BUILDS = { closed: 30, hole: 110, electron: 110, pair: 220, quartet: 52, open: 130 } as const;
/** Molecules of 4 to 22 atoms: 4 to 9. */
const RELAXATION_STEPS = 8;
/** The fields at both ends of a relaxation are searched for, and the last once more with its energies. */
const RELAXATION_FIELDS = 3;

/** UHF downhill from a restricted field, a product without Coulomb part counted as one: 10 to 13 of saturated molecules, 35 to 51 of conjugated ones. */
const DOWNHILL_BUILDS = 25;

/** A field from the orbitals of a near one. */
const NEAR_BUILDS = 12;
/** Exchange from integrals of its own, against Coulomb and exchange from the same. */
const OWN_EXCHANGE_FACTOR = 2;

/** A gradient against the integrals. */
const GRADIENT_FACTOR = 1.5;

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

/** Over atoms, by their atomic numbers. */
const sumOf = (symbols: readonly string[], of: (z: number) => number): number =>
  // openSystem refuses symbols of no element.
  symbols.reduce((sum, symbol) => sum + of(atomicNumber(symbol) ?? 0), 0);

/** All electrons in all orbitals, or all but the chemical core's. */
function fullSpace({ symbols, charge, frozenCore }: AskedState, n: number): { nelec: number; norb: number } {
  const core = frozenCore ? sumOf(symbols, coreOf) : 0;
  return { nelec: sumOf(symbols, (z) => z) - charge - 2 * core, norb: n - core };
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
  return (
    ci +
    stateCount(state) * VQE_ITERATIONS * repeats * GRADIENT_MS * determinants * parameterCount(norb, nelec)
  );
}

/** Points at which CASSCF looks, of all starts together: 100 to 200 of water in (8,6) and ethylene in (4,4). */
const CASSCF_POINTS = 150;
/** A Coulomb build for a pair of active orbitals, in Fock matrices; and what else a point takes, ms. */
const PAIR_BUILDS = 3;
const POINT_MS = 5;
/** ms for a determinant and four active orbitals, of two-particle densities. */
const DENSITY_MS = 1e-6;

/** States and derivatives at every point, ms. */
function casscfTime_ms(state: AskedState, { norb, nelec }: Sector, build_ms: number): number {
  const builds = PAIR_BUILDS * build_ms * ((norb * (norb + 1)) / 2 + 2);
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
function correlatedTime_ms(state: AskedState, sector: Sector, build_ms: number): number {
  if (state.method === "casscf") return casscfTime_ms(state, sector, build_ms);
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

/** Those of the kind's fields. */
function usualBuilds({ multiplicity, openShell }: AskedState): number {
  if (multiplicity > 3) return FOCK_BUILDS.quartet;
  return FOCK_BUILDS[openShell ?? (multiplicity > 1 ? "open" : "closed")];
}

/** Sets of orbitals of one spin that MP2 transforms. */
function spinsOf({ multiplicity, openShell }: AskedState): number {
  if (openShell && multiplicity <= 3) return 2 * MOST_STARTS[openShell] * SOLUTIONS_EACH_START;
  return multiplicity > 1 ? 2 : 1;
}

/** MP2 where the method has it, ms. */
function mp2_ms(state: AskedState, n: number): number {
  const { method } = state;
  if (!isMp2(method) && method !== "vqe") return 0;
  const { nelec, norb } = fullSpace(state, n);
  const pairs = Math.max(0, Math.min(norb, nelec / 2));
  return MP2_PASS_FACTOR * integrals_ms(n) + MP2_SPIN_MS * n ** 4 * pairs * spinsOf(state);
}

/** Orbitals of coupled cluster; null for other methods. */
function coupledOrbitals(state: AskedState, n: number): CorrelatedOrbitals | null {
  if (!isCoupledCluster(state.method)) return null;
  const { nelec, norb } = fullSpace(state, n);
  const nOccupied = Math.ceil(Math.max(0, Math.min(norb, nelec / 2)));
  return { nOccupied, nVirtual: norb - nOccupied, isOpen: state.multiplicity > 1 };
}

const withTriples = ({ method }: AskedState) => ({ triples: method === "ccsd(t)" });

/** Coupled cluster where it is the method, with the integrals once more. */
function coupledCluster_ms(state: AskedState, n: number): number {
  const orbitals = coupledOrbitals(state, n);
  return orbitals ? integrals_ms(n) + coupledClusterTime_ms(orbitals, withTriples(state)) : 0;
}

/** Of a density functional; null for other methods. */
const gridOf = ({ method, grid = "fine", symbols, multiplicity }: AskedState, n: number): GridWork | null =>
  isFunctional(method)
    ? { functional: method, level: grid, atoms: symbols.length, n, isOpen: multiplicity > 1 }
    : null;

/** Places that the atoms are moved to, a field and a gradient each. */
const movesOf = ({ symbols, optimise, vibrations }: AskedState, { steps }: Effort): number =>
  (optimise ? (steps ?? RELAXATION_STEPS) : 0) + (vibrations ? 6 * symbols.length : 0);

/** What its grids take beside the Fock matrices of its fields, ms. */
function grid_ms(state: AskedState, n: number, effort: Effort): number {
  const grid = gridOf(state, n);
  if (!grid) return 0;
  const field = gridTime_ms(grid, effort.fockBuilds ?? usualBuilds(state));
  return (
    (state.optimise ? RELAXATION_FIELDS : 1) * field +
    gridErrorTime_ms(grid) +
    movesOf(state, effort) * gridStepTime_ms(grid, NEAR_BUILDS)
  );
}

/** Directions that are tried for each excitation, and for four that stand guard: 30 to 50 for four of benzene and formaldehyde, 30 November 2026. */
const DIRECTIONS = { each: 5, guards: 4 } as const;

/** Excitations, ms: of each direction a symmetric and an antisymmetric density. */
function excitations_ms(state: AskedState, n: number): number {
  const { excitations = [] } = state;
  const directions = excitations.reduce(
    (sum, { count }) => sum + DIRECTIONS.each * (count + DIRECTIONS.guards),
    0,
  );
  const grid = gridOf(state, n);
  return directions * 2 * fock_ms.closed(n) + (grid ? gridResponseTime_ms(grid, directions) : 0);
}

/** What a solvent takes beside the field, the field in the gas phase among it, ms. */
function solvent_ms(state: AskedState, n: number, effort: Effort): number {
  const { symbols, multiplicity, optimise, solvent } = state;
  if (!solvent) return 0;
  const work = { atoms: symbols.length, n };
  const field = solventTime_ms(work, { builds: effort.fockBuilds ?? usualBuilds(state) });
  const moved = movesOf(state, effort);
  const step = moved > 0 ? solventTime_ms(work, { builds: NEAR_BUILDS, gradients: 1 }) : 0;
  const grid = gridOf(state, n);
  const gasPhase =
    NEAR_BUILDS * fock_ms[multiplicity > 1 ? "open" : "closed"](n) +
    (grid ? gridTime_ms(grid, NEAR_BUILDS) : 0);
  return (optimise ? RELAXATION_FIELDS : 1) * field + moved * step + gasPhase;
}

/** The UHF field by which a restricted one is judged; an unrestricted one is at hand, ms. */
function diagnostic_ms({ diagnose, multiplicity, method }: AskedState, n: number): number {
  if (!diagnose || (multiplicity > 1 && isMp2(method))) return 0;
  return fock_ms.open(n) * (diagnose === "from-field" ? DOWNHILL_BUILDS : FOCK_BUILDS.open);
}

/** How many kinds of integrals its Fock matrices take. */
const integralSets = ({ method }: Pick<EnergyRequest, "method">): number =>
  isFunctional(method) && hasOwnExchange(method) ? 2 : 1;

/** The field, where the atoms are and where they move to, without grids, ms. */
function field_ms(state: AskedState, n: number, effort: Effort): number {
  const { multiplicity, optimise } = state;
  const { fockBuilds } = effort;
  const passes = integralSets(state) === 2 ? OWN_EXCHANGE_FACTOR : 1;
  const fock = passes * fock_ms[multiplicity > 1 ? "open" : "closed"](n);
  const integrals = passes * integrals_ms(n);
  const moved = movesOf(state, effort);
  const step = (1 + GRADIENT_FACTOR) * integrals + NEAR_BUILDS * fock;
  const field = integrals + (fockBuilds ?? usualBuilds(state)) * fock;
  return (optimise ? RELAXATION_FIELDS : 1) * field + moved * step;
}

/**
 * Seconds of the processor on one thread: by the clock of a machine that does nothing else.
 *
 * @param effort of a state that has ended; without it what its kind takes on average
 */
export function stateSeconds(state: AskedState, basis: BasisSet, effort: Effort = {}): number {
  const n = functionCount(state.symbols, basis);
  const unshared = sharesExponents(basis) ? 1 : UNSHARED_FACTOR;
  const field =
    unshared *
    (field_ms(state, n, effort) + diagnostic_ms(state, n) + mp2_ms(state, n) + coupledCluster_ms(state, n));
  const space = usesSpace(state)
    ? correlatedTime_ms(state, sectorOf(state, n), unshared * fock_ms.closed(n))
    : 0;
  const more = grid_ms(state, n, effort) + solvent_ms(state, n, effort) + excitations_ms(state, n);
  return (OVERHEAD_MS + field + more + space) / 1000;
}

/** Fields of an open shell side by side, whose MP2 shares a pass over the integrals. */
const fieldsOf = ({ openShell, multiplicity }: AskedState): number =>
  openShell && multiplicity <= 3 ? MOST_STARTS[openShell] : 1;

/** Of coupled cluster all; half-transformed integrals of MP2: pairs of functions, for each occupied with each empty orbital, as far as memory goes, above what fitted ones take. */
function correlationMemory_bytes(state: AskedState, n: number): number {
  const { symbols, method, multiplicity } = state;
  const coupled = coupledOrbitals(state, n);
  if (coupled) return coupledClusterMemory_bytes(coupled, withTriples(state));
  if (!isMp2(method) && method !== "vqe") return 0;
  const occupied = Math.min(n, sumOf(symbols, (z) => z) / 2);
  const pairs = (n * (n + 1)) / 2;
  const spins = fieldsOf(state) * (multiplicity > 1 ? 2 : 1);
  const most = state.densityFit ? FITTED_MP2_MEMORY_BYTES : MP2_MEMORY_BYTES;
  return Math.min(most, BYTES * pairs * occupied * (n - occupied) * spins);
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
  const states = stateCount(state);
  const exact = Math.min(
    DEFAULT_MEMORY_BYTES,
    casciMemory_bytes(sector, states, state.method === "casscf" ? states : 0),
  );
  return (
    orbitals +
    Math.max(exact, state.pt2 ? nevpt2Memory_bytes({ nOrbitals: n, norb, nCore: coreCount(state, n) }) : 0)
  );
}

/** The most that a state holds at a time, bytes, beside the program itself. */
export function stateMemory_bytes(state: AskedState, basis: BasisSet): number {
  const n = functionCount(state.symbols, basis);
  const field = Math.min(SYSTEM_MEMORY_BYTES, integralSets(state) * fieldMemory_bytes(n, fieldsOf(state)));
  const grid = gridOf(state, n);
  const solvent = state.solvent ? solventMemory_bytes({ atoms: state.symbols.length, n }) : 0;
  return (
    field +
    solvent +
    (grid ? gridMemory_bytes(grid) : Math.max(correlationMemory_bytes(state, n), spaceMemory_bytes(state, n)))
  );
}
