/** The states that an ansatz finds: from each determinant that may lead to the lowest, or from random starts. */
import { DomainError } from "#shared/errors.ts";
import { ansatzTitle, type VqeSettings } from "#shared/quantum/vqe.ts";
import { uniformNumbers } from "#shared/random.ts";
import type { ProductAnsatz } from "../ansatz/ansatz.ts";
import { dropForbidden } from "../ansatz/ansatz.ts";
import { kUpCcgsd, puccd } from "../ansatz/pairs.ts";
import { uccsd } from "../ansatz/uccsd.ts";
import type { Minimiser, VqeProblem } from "../backends/minimiser.ts";
import { type AnyAnsatz, isCircuitAnsatz } from "../circuit/ansatz-on-qubits.ts";
import { hardwareEfficientAnsatz, lucjAnsatz } from "../circuit/circuit-ansatz.ts";
import type { CouplingMap } from "../circuit/coupling-map.ts";
import { hardwareLayout, lucjLayout } from "../circuit/device.ts";
import { referenceDeterminants } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import { determinantCount } from "../native/limits.ts";
import { adaptVqe, type OperatorPool } from "../vqe/adapt.ts";
import { prepareState, type VqeOptions, type VqeRun } from "../vqe/vqe.ts";
import { minimiseOverReferences } from "./reference-vqe.ts";

export interface VariationalState {
  readonly ansatz: AnyAnsatz;
  readonly run: VqeRun;
}

export interface StateSearch {
  readonly settings: VqeSettings;
  readonly minimiser: Minimiser;
  readonly options: VqeOptions;
  /** The device that circuits are made for. */
  readonly map?: CouplingMap | undefined;
}

/** Starting parameters lie within this, radian: for ground states near the reference, for states above anywhere. */
const GROUND_SPREAD = 0.3;
const EXCITED_SPREAD = 1;

/** A run that converged before one that did not, then the lower. */
function better<T extends { readonly run: VqeRun }>(a: T, b: T): T {
  if (a.run.outcome !== b.run.outcome) return a.run.outcome === "converged" ? a : b;
  return b.run.energy_hartree < a.run.energy_hartree ? b : a;
}

/** The best of several minimisations from random parameters. Same seed, same run. */
async function fromRandomStarts(
  problem: VqeProblem,
  { settings, minimiser, options }: StateSearch,
  spread: number,
): Promise<VariationalState> {
  const random = uniformNumbers(settings.seed);
  const { ansatz } = problem;
  let best: VariationalState | undefined;
  for (let k = 0; k < settings.starts; k++) {
    const start = Float64Array.from({ length: ansatz.nParameters }, () => spread * (2 * random() - 1));
    const found = { ansatz, run: await minimiser.minimise(problem, { ...options, start }) };
    best = best ? better(best, found) : found;
  }
  if (!best) throw new RangeError("starts: expected at least 1");
  return best;
}

function requireClosedShell({ nelec: [nalpha, nbeta] }: ActiveHamiltonian): void {
  if (nalpha === nbeta) return;
  throw new DomainError(
    "not-supported",
    `pUCCD moves electron pairs only: expected as many α as β electrons, got ${nalpha} and ${nbeta}. ` +
      "Take uccsd or k-upccgsd.",
  );
}

/** Any ansatz has parameters where there is more than one determinant to go to. */
function requireParameters({ norb, nelec }: ActiveHamiltonian): void {
  if (determinantCount(norb, nelec) > 1) return;
  throw new DomainError(
    "not-supported",
    `A VQE needs an ansatz with parameters; ${nelec[0]} α and ${nelec[1]} β electrons fill ${norb} active orbitals in one way ` +
      "only. Take empty orbitals into the active space, a larger basis, or Hartree–Fock.",
    { norb, nalpha: nelec[0], nbeta: nelec[1] },
  );
}

/** ADAPT from each determinant that may lead to the lowest state; a grown ansatz counts its operators as iterations. */
function grow(hamiltonian: ActiveHamiltonian, pool: OperatorPool, options: VqeOptions): VariationalState {
  const { threads = 1, control, maxIterations = 200 } = options;
  const grown = referenceDeterminants(hamiltonian).map((reference): VariationalState => {
    const { ansatz, run, outcome, evaluations, trace_hartree } = adaptVqe(hamiltonian, {
      pool,
      reference,
      threads,
      control,
      maxIterations,
    });
    const trace = Float64Array.from(trace_hartree);
    return {
      ansatz,
      run: { ...run, outcome, evaluations, iterations: ansatz.nParameters, trace_hartree: trace },
    };
  });
  return grown.reduce(better);
}

/**
 * The lowest state that the ansatz finds on a simulator.
 *
 * UCCSD and ADAPT start from each determinant that may lead there, ansätze with many minima from seeded random parameters.
 * ADAPT grows in determinant space whatever the backend. Throws as minimiseVqe; DomainError `not-supported` for pUCCD of an
 * open shell and for a space of one determinant.
 */
export async function findLowestState(
  hamiltonian: ActiveHamiltonian,
  search: StateSearch,
): Promise<VariationalState> {
  requireParameters(hamiltonian);
  const { settings, minimiser, options, map } = search;
  const { norb, nelec } = hamiltonian;
  const size = { norb, nelec, layers: settings.layers };
  const randomly = (ansatz: AnyAnsatz) => fromRandomStarts({ hamiltonian, ansatz }, search, GROUND_SPREAD);
  switch (settings.ansatz) {
    case "uccsd":
      return minimiseOverReferences(hamiltonian, minimiser, options);
    case "puccd": {
      requireClosedShell(hamiltonian);
      const ansatz = dropForbidden(puccd(norb, nelec), hamiltonian);
      return { ansatz, run: await minimiser.minimise({ hamiltonian, ansatz }, options) };
    }
    case "k-upccgsd":
      return randomly(kUpCcgsd(norb, nelec, settings.layers));
    case "adapt":
      return grow(hamiltonian, "fermionic", options);
    case "qubit-adapt":
      return grow(hamiltonian, "qubit", options);
    case "lucj":
      return randomly(lucjAnsatz(size, map && { map, layout: lucjLayout(map, norb) }));
    case "hardware-efficient":
      return randomly(hardwareEfficientAnsatz(size, map && { map, layout: hardwareLayout(map, norb) }));
  }
}

/** Weight of S² − s(s+1), Hartree: states of other spins are not asked for. */
const SPIN_PENALTY_HARTREE = 1;

/** The ansatz with which states above the lowest are sought. */
function excitableAnsatz({ norb, nelec }: ActiveHamiltonian, settings: VqeSettings): ProductAnsatz {
  if (settings.ansatz === "uccsd") return uccsd(norb, nelec);
  if (settings.ansatz === "k-upccgsd") return kUpCcgsd(norb, nelec, settings.layers);
  throw new DomainError(
    "not-supported",
    `States above the lowest: expected the ansatz k-upccgsd or uccsd, got ${ansatzTitle(settings.ansatz)}.`,
  );
}

/**
 * States of the same spin above a found one, each kept orthogonal to those below (VQD), from random starts.
 *
 * An ansatz that cannot express a state gives a higher one: UCCSD from one determinant misses open-shell singlets.
 * O. Higgott et al., doi:10.22331/q-2019-07-01-156.
 *
 * @throws DomainError `not-supported` for other ansätze than uccsd and k-upccgsd, and for other backends than exact.
 */
export async function findExcitedStates(
  hamiltonian: ActiveHamiltonian,
  lowest: VariationalState,
  { count, ...search }: StateSearch & { readonly count: number },
): Promise<VariationalState[]> {
  if (count === 0) return [];
  const { settings, options } = search;
  const ansatz = excitableAnsatz(hamiltonian, settings);
  if (settings.backend !== "exact" || isCircuitAnsatz(lowest.ansatz))
    throw new DomainError(
      "not-supported",
      `States above the lowest: expected the backend exact, got ${settings.backend}.`,
    );
  const states = [prepareState(lowest.ansatz, lowest.run.parameters, options)];
  const found: VariationalState[] = [];
  for (let k = 0; k < count; k++) {
    const deflated = { ...options, orthogonalTo: [...states], spinPenalty: SPIN_PENALTY_HARTREE };
    const next = await fromRandomStarts(
      { hamiltonian, ansatz },
      { ...search, options: deflated },
      EXCITED_SPREAD,
    );
    found.push(next);
    states.push(prepareState(ansatz, next.run.parameters, options));
  }
  return found;
}
