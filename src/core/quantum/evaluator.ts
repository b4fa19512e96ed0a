/** From a geometry to ranked energies: SCF → active space → exact diagonalisation and VQE, each with its outcome. */
import type {
  CasciResult,
  EnergyRequest,
  EnergyResult,
  IonisationRequest,
  IonisationResult,
  VqeResult,
} from "#shared/evaluation.ts";
import { activeSpaceHamiltonian, checkActiveSpaceRequest, chooseActiveSpace } from "./active-space.ts";
import type { Backend } from "./backends/backend.ts";
import { exactBackend } from "./backends/exact.ts";
import { loadBasisSet } from "./basis.ts";
import { solveCasci } from "./ci.ts";
import { twoQubitGateCount } from "./circuit/excitation-circuit.ts";
import { spinSquare } from "./density-matrices.ts";
import type { ActiveHamiltonian } from "./hamiltonian.ts";
import { type ControlBlock, iterationLimit, native } from "./native.ts";
import { taperedQubits } from "./orbital-symmetry.ts";
import { orbitalsOf } from "./reference.ts";
import { minimiseOverReferences } from "./reference-vqe.ts";
import { hartreeFock, type ScfKind, type ScfResult } from "./scf.ts";
import { openSystem } from "./system.ts";
import { prepareState } from "./vqe.ts";

export interface EvaluationContext {
  /** The folder that holds basis/. */
  readonly resources: string;
  /** Threads of one evaluation; default 1. The result has the same bits for any number. */
  readonly threads?: number;
  readonly control?: ControlBlock | undefined;
  /** What runs the VQE; default exact simulation in determinant space. */
  readonly backend?: Backend;
}

/** Milliseconds that `work` took, and what it returned. */
async function timed<T>(work: () => T | Promise<T>): Promise<{ value: T; wallTime_ms: number }> {
  const begin = performance.now();
  const value = await work();
  return { value, wallTime_ms: performance.now() - begin };
}

async function casciOf(hamiltonian: ActiveHamiltonian, context: EvaluationContext): Promise<CasciResult> {
  const { value, wallTime_ms } = await timed(() => solveCasci(hamiltonian, context));
  const { outcome, states, determinants } = value;
  const { energy_hartree } = states[0]!;
  return { outcome, energy_hartree, determinants, lowestOfAnySpin: null, wallTime_ms };
}

/** VQE and CASCI energies agree to this where the ansatz is exact, Hartree. */
const CASCI_ACCURACY_HARTREE = 1e-8;
/** Nearly degenerate states of several spins, where this is needed, lie closer than CASCI's usual residual. */
const NEARLY_DEGENERATE_HARTREE = 1e-7;

/** Adds the lowest state of any spin where VQE, which does not keep the spin, went below the lowest of the lowest spin. */
function withLowestOfAnySpin(
  casci: CasciResult,
  { energy_hartree }: VqeResult,
  { hamiltonian, context }: { hamiltonian: ActiveHamiltonian; context: EvaluationContext },
): CasciResult {
  if (energy_hartree > casci.energy_hartree - CASCI_ACCURACY_HARTREE) return casci;
  const options = { ...context, spinPure: false, tolerance: NEARLY_DEGENERATE_HARTREE };
  const [lowest] = solveCasci(hamiltonian, options).states;
  if (!lowest || lowest.energy_hartree >= casci.energy_hartree) return casci;
  const { energy_hartree: energy, spinSquare: s2 } = lowest;
  return { ...casci, lowestOfAnySpin: { energy_hartree: energy, spinSquare: s2 } };
}

interface Correlated {
  readonly casci: CasciResult;
  readonly vqe: VqeResult;
}

/** CASCI and VQE of one Hamiltonian. */
async function bothOf(
  hamiltonian: ActiveHamiltonian,
  context: EvaluationContext,
  limits: { maxIterations: number },
): Promise<Correlated> {
  const casci = await casciOf(hamiltonian, context);
  const vqe = await vqeOf(hamiltonian, context, limits);
  return { casci: withLowestOfAnySpin(casci, vqe, { hamiltonian, context }), vqe };
}

async function vqeOf(
  hamiltonian: ActiveHamiltonian,
  context: EvaluationContext,
  { maxIterations }: { maxIterations: number },
): Promise<VqeResult> {
  const { backend = exactBackend, threads = 1, control } = context;
  const { value, wallTime_ms } = await timed(() =>
    minimiseOverReferences(hamiltonian, backend, { maxIterations, threads, control }),
  );
  const { ansatz, run } = value;
  const { outcome, energy_hartree, gradientNorm, iterations, evaluations } = run;
  const [alpha, beta] = ansatz.reference.map((mask) => orbitalsOf(mask, hamiltonian.norb));
  return {
    ...{ outcome, energy_hartree, gradientNorm, iterations, evaluations, wallTime_ms },
    nParameters: ansatz.nParameters,
    reference: { alpha: alpha!, beta: beta! },
    spinSquare: spinSquare(
      { ...hamiltonian, coefficients: prepareState(ansatz, run.parameters, { control }) },
      { control },
    ),
    largestAmplitude_radian: run.parameters.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0),
    qubits: 2 * hamiltonian.norb,
    qubitsTapered: taperedQubits(hamiltonian),
    twoQubitGates: twoQubitGateCount(ansatz),
    trace_hartree: [...run.trace_hartree],
  };
}

interface Evaluated {
  readonly result: EnergyResult;
  readonly scf: ScfResult;
  /** null where no method needs an active space, or the SCF did not converge. */
  readonly hamiltonian: ActiveHamiltonian | null;
}

async function evaluate(request: EnergyRequest, context: EvaluationContext): Promise<Evaluated> {
  const begin = performance.now();
  const { geometry, charge, multiplicity, method } = request;
  iterationLimit(request.maxIterations);
  const basis = await loadBasisSet(context.resources, request.basis);
  const { threads = 1, control } = context;
  using system = openSystem({ geometry, charge, multiplicity, basis, threads, control });
  if (request.activeSpace && method !== "rhf")
    checkActiveSpaceRequest(request.activeSpace, { nelec: system.nelec, nOrbitals: system.nBasis });
  // Open shells need one set of orbitals for both spins; plain RHF refuses them with a reason.
  const kind: ScfKind = multiplicity === 1 || method === "rhf" ? "rhf" : "rohf";
  const field = await timed(() => hartreeFock(system, { kind }));
  const scf = field.value;
  const correlated = method !== "rhf" && scf.outcome === "converged";
  const chosen = correlated
    ? await chooseActiveSpace(system, scf, { request: request.activeSpace, resources: context.resources })
    : null;
  const activeSpace = chosen?.space ?? null;
  const hamiltonian = chosen && activeSpaceHamiltonian(system, chosen.orbitals, chosen.space);
  const { casci, vqe } = !hamiltonian
    ? { casci: null, vqe: null }
    : method === "vqe"
      ? await bothOf(hamiltonian, context, request)
      : { casci: await casciOf(hamiltonian, context), vqe: null };
  const result: EnergyResult = {
    ...{ basis: basis.name, nBasis: system.nBasis, charge, multiplicity, activeSpace, casci, vqe },
    nuclearRepulsion_hartree: scf.nuclearRepulsion_hartree,
    hartreeFock: {
      outcome: scf.outcome,
      energy_hartree: scf.energy_hartree,
      iterations: scf.iterations,
      orbitalEnergies_hartree: [...scf.orbitalEnergies_hartree[0]!],
      wallTime_ms: field.wallTime_ms,
    },
    backend: (context.backend ?? exactBackend).name,
    build: native().buildId(),
    wallTime_ms: performance.now() - begin,
  };
  return { result, scf, hamiltonian };
}

/**
 * Energy of one molecule by the method asked for; with VQE also by exact diagonalisation of the same active space.
 *
 * RHF for singlets, ROHF orbitals for correlated open shells; frontier active space. What does not converge is an
 * outcome in the result. Throws DomainError for input that cannot be computed, AbortError when cancelled.
 */
export const evaluateEnergy = async (
  request: EnergyRequest,
  context: EvaluationContext,
): Promise<EnergyResult> => (await evaluate(request, context)).result;

/**
 * Vertical ionisation energy of a neutral closed-shell molecule: neutral and cation (one β electron less) in one active
 * space of the neutral's orbitals, each by VQE and by exact diagonalisation; Koopmans' −ε(HOMO) beside them.
 *
 * The difference of two variational energies is not a bound. Relaxation of the inactive orbitals is left out, so
 * numbers rank molecules and do not replace a measured ionisation energy. Throws as evaluateEnergy.
 */
export async function evaluateVerticalIonisation(
  request: IonisationRequest,
  context: EvaluationContext,
): Promise<IonisationResult> {
  const energyRequest: EnergyRequest = { ...request, charge: 0, multiplicity: 1, method: "vqe" };
  const { result: neutral, scf, hamiltonian } = await evaluate(energyRequest, context);
  const failed: IonisationResult = {
    ...{ outcome: "not-converged", neutral, cation: null },
    ...{ vertical_hartree: null, verticalCasci_hartree: null, koopmans_hartree: null },
  };
  if (!hamiltonian || !neutral.casci || !neutral.vqe) return failed;
  const [nalpha, nbeta] = hamiltonian.nelec;
  const ionised: ActiveHamiltonian = { ...hamiltonian, nelec: [nalpha, nbeta - 1] };
  const cation = await bothOf(ionised, context, request);
  const difference = (after: CasciResult | VqeResult, before: CasciResult | VqeResult): number | null =>
    after.outcome === "converged" && before.outcome === "converged"
      ? after.energy_hartree - before.energy_hartree
      : null;
  const vertical_hartree = difference(cation.vqe, neutral.vqe);
  const verticalCasci_hartree = difference(cation.casci, neutral.casci);
  const homo = scf.orbitalEnergies_hartree[0]![scf.nelec[1] - 1]!;
  return {
    outcome: vertical_hartree === null || verticalCasci_hartree === null ? "not-converged" : "converged",
    ...{ neutral, cation, vertical_hartree, verticalCasci_hartree },
    koopmans_hartree: -homo,
  };
}
