/** Exact diagonalisation and VQE of one Hamiltonian, as results. */

import type { DeviceCircuit, DeviceRequest, GateSet } from "#shared/quantum/qubits.ts";
import {
  type CasciResult,
  type ExcitedState,
  noiselessEnergy,
  type VqeResult,
} from "#shared/quantum/state-result.ts";
import { isLayered, type VqeSettings } from "#shared/quantum/vqe.ts";
import { minimiserOf } from "../backends/select.ts";
import { type CasciSolution, solveCasci } from "../ci/ci.ts";
import { spinSquare } from "../ci/density-matrices.ts";
import { type AnyAnsatz, circuitOf, isCircuitAnsatz } from "../circuit/ansatz-on-qubits.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { elementaryCost } from "../circuit/circuit-ansatz.ts";
import type { CouplingMap } from "../circuit/coupling-map.ts";
import { couplingMapOf, onDevice } from "../circuit/device.ts";
import { expectation, numberOperator, spinSquareOperator } from "../circuit/qubit-operators.ts";
import { orbitalsOf } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { taperedQubits } from "../hamiltonian/orbital-symmetry.ts";
import type { ShotsAtHand } from "../measurement/at-hand.ts";
import { determinantCount } from "../native/limits.ts";
import { findExcitedStates, findLowestState, type VariationalState } from "../states/variational-states.ts";
import { type NativeCircuit, nativeCost } from "../transpile/native-gates.ts";
import { type TranspileTarget, transpile } from "../transpile/transpile.ts";
import { prepareState } from "../vqe/vqe.ts";
import { type Measured, measureState } from "./measured.ts";
import { withWallTime } from "./wall-time.ts";

export interface CorrelatedOptions {
  readonly settings: VqeSettings;
  readonly maxIterations: number;
  /** States asked for, the lowest included. */
  readonly states: number;
  /** Whether CASCI gives states of any spin. Default: of the lowest. */
  readonly anySpin?: boolean | undefined;
  readonly context: NativeContext;
  /** The device that the circuit shall run on. */
  readonly device?: DeviceRequest | undefined;
  /** The gates that it shall run in. */
  readonly gateSet?: GateSet | undefined;
  /** Shots of devices elsewhere that are at hand. */
  readonly shots?: ShotsAtHand | undefined;
}

/** VQE and CASCI energies agree to this where the ansatz is exact, Hartree. */
const CASCI_ACCURACY_HARTREE = 1e-8;
/** Nearly degenerate states of several spins, where this is needed, lie closer than CASCI's usual residual. */
const NEARLY_DEGENERATE_HARTREE = 1e-7;

/** The largest square. */
const weightOf = (coefficients: Float64Array): number =>
  coefficients.reduce((largest, c) => Math.max(largest, c * c), 0);

/** States as a result of exact diagonalisation. */
export function casciResult(
  { outcome, states, determinants }: CasciSolution,
  wallTime_ms: number,
): CasciResult {
  const [lowest, ...above] = states.map(({ energy_hartree, spinSquare: s2 }) => ({
    energy_hartree,
    spinSquare: s2,
    outcome,
  }));
  // solveCasci gives as many states as it was asked for, one at least.
  const leadingWeight = weightOf(states[0]!.coefficients);
  return { ...lowest!, determinants, lowestOfAnySpin: null, leadingWeight, excited: above, wallTime_ms };
}

/** Exact diagonalisation, lowest states of the lowest spin, unless those of any are asked for: of small spaces as many as there are. */
export async function casciOf(
  hamiltonian: ActiveHamiltonian,
  { states: most, anySpin = false, context }: Pick<CorrelatedOptions, "states" | "anySpin" | "context">,
): Promise<CasciResult> {
  const { threads = 1, control } = context;
  const nroots = anySpin ? Math.min(most, determinantCount(hamiltonian.norb, hamiltonian.nelec)) : most;
  const { value, wallTime_ms } = await withWallTime(() =>
    solveCasci(hamiltonian, {
      nroots,
      threads,
      control,
      ...(anySpin && { spinPure: false, tolerance: NEARLY_DEGENERATE_HARTREE }),
    }),
  );
  return casciResult(value, wallTime_ms);
}

/** ⟨S²⟩ of what was found; ⟨N⟩ where it need not be the number of active electrons. */
function spinAndNumber(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run }: VariationalState,
  context: NativeContext,
): Pick<VqeResult, "spinSquare" | "electronNumber"> {
  if (!isCircuitAnsatz(ansatz)) {
    const coefficients = prepareState(ansatz, run.parameters, context);
    return { spinSquare: spinSquare({ ...hamiltonian, coefficients }, context), electronNumber: null };
  }
  const value = (operator: ReturnType<typeof numberOperator>) =>
    expectation(operator, ansatz.circuit, run.parameters, context);
  // S² of a state of several electron numbers is not what its formula for one number gives.
  return ansatz.keepsElectrons
    ? { spinSquare: value(spinSquareOperator(hamiltonian)), electronNumber: null }
    : { spinSquare: null, electronNumber: value(numberOperator(hamiltonian)) };
}

function circuitFacts(hamiltonian: ActiveHamiltonian, circuit: Circuit) {
  const { gates, twoQubitGates, depth } = elementaryCost(circuit);
  const qubits = 2 * hamiltonian.norb;
  return { qubits, qubitsTapered: taperedQubits(hamiltonian), gates, twoQubitGates, depth };
}

/** The ansatz as a circuit, and on the device where there is one. */
function circuitsOf(ansatz: AnyAnsatz, map: CouplingMap | undefined) {
  const circuit = circuitOf(ansatz);
  if (!map) return { circuit, routed: circuit, device: null };
  return { circuit, ...onDevice(circuit, map, isCircuitAnsatz(ansatz) ? ansatz.layout : undefined) };
}

/** The circuit at its parameters in a device's gates, and what it takes there. */
function nativeOf(circuit: Circuit, parameters: Float64Array, target: TranspileTarget) {
  const { native, layout } = transpile(circuit, parameters, target);
  const { set: gateSet, qubits, measured } = native;
  const device: DeviceCircuit = {
    name: target.map?.name ?? "all coupled",
    ...{ gateSet, qubits, ...nativeCost(native), swaps: null },
    layout: [...layout],
    finalLayout: [...measured],
  };
  return { native, device };
}

/** Of a product ansatz: findExcitedStates takes no other. */
const excitedState = (
  hamiltonian: ActiveHamiltonian,
  state: VariationalState,
  context: NativeContext,
): ExcitedState => ({
  outcome: state.run.outcome,
  energy_hartree: state.run.energy_hartree,
  // A product ansatz keeps the number of electrons.
  spinSquare: spinAndNumber(hamiltonian, state, context).spinSquare!,
});

interface VqeRecord {
  readonly vqe: VqeResult;
  /** What the result was found with. */
  readonly found: VariationalState;
  /** Its circuit, routed where there is a device. */
  readonly circuit: Circuit;
  readonly device: DeviceCircuit | null;
  /** The same in a device's gates, where some were asked for. */
  readonly native: NativeCircuit | null;
}

/** The energy and how it was measured; where nothing was measured, the exact energy of the run. */
function measuredFacts({ run }: VariationalState, measured: Measured | null) {
  const { energy = null, sqd = null, jobs } = measured ?? {};
  if (!energy)
    return {
      energy_hartree: run.energy_hartree,
      shots: null,
      statedError_hartree: null,
      stateErrorBound: null,
      noiseless_hartree: null,
      sqd,
      ...(jobs && { jobs }),
    };
  return {
    energy_hartree: energy.energy_hartree,
    shots: energy.shots,
    statedError_hartree: energy.standardError_hartree,
    stateErrorBound: energy.stateErrorBound,
    noiseless_hartree: run.energy_hartree,
    sqd,
    ...(jobs && { jobs }),
  };
}

/** Indices of the orbitals that the ansatz' reference occupies. */
function referenceOf({ ansatz }: VariationalState) {
  const [alpha, beta] = ansatz.reference;
  return { alpha: orbitalsOf(alpha, ansatz.norb), beta: orbitalsOf(beta, ansatz.norb) };
}

async function runVqe(hamiltonian: ActiveHamiltonian, asked: CorrelatedOptions): Promise<VqeRecord> {
  const { settings, maxIterations, states, context } = asked;
  const { threads = 1, control } = context;
  const map = asked.device && couplingMapOf(asked.device, hamiltonian.norb);
  const options = { maxIterations, threads, control };
  const search = { settings, minimiser: minimiserOf(settings), options, map };
  const { value, wallTime_ms } = await withWallTime(async () => {
    const lowest = await findLowestState(hamiltonian, search);
    const measured = await measureState(hamiltonian, lowest, asked);
    const excited = await findExcitedStates(hamiltonian, lowest, { ...search, count: states - 1 });
    return { lowest, measured, excited };
  });
  const { lowest, measured, excited } = value;
  const { outcome, gradientNorm, iterations, evaluations, parameters } = lowest.run;
  const { circuit, routed, device } = circuitsOf(lowest.ansatz, map);
  const { gateSet: set } = asked;
  const native = set && nativeOf(circuit, parameters, { set, ...(map && { map }) });
  const isRandom = measured !== null || isLayered(settings.ansatz) || excited.length > 0;
  const vqe: VqeResult = {
    outcome,
    gradientNorm,
    iterations,
    evaluations,
    wallTime_ms,
    ansatz: settings.ansatz,
    backend: settings.backend,
    seed: isRandom ? settings.seed : null,
    nParameters: lowest.ansatz.nParameters,
    reference: referenceOf(lowest),
    ...measuredFacts(lowest, measured),
    ...spinAndNumber(hamiltonian, lowest, context),
    ...circuitFacts(hamiltonian, circuit),
    largestAmplitude_radian: parameters.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0),
    excited: excited.map((state) => excitedState(hamiltonian, state, context)),
    trace_hartree: [...lowest.run.trace_hartree],
  };
  return { vqe, found: lowest, circuit: routed, device, native: null, ...native };
}

/** The lowest state by VQE; where the backend is an estimator, its energy as measured at those parameters. */
export const vqeOf = async (hamiltonian: ActiveHamiltonian, asked: CorrelatedOptions): Promise<VqeResult> =>
  (await runVqe(hamiltonian, asked)).vqe;

/** Adds the lowest state of any spin where VQE, which does not keep the spin, went below the lowest of the lowest spin. */
function withLowestOfAnySpin(
  casci: CasciResult,
  vqe: VqeResult,
  { hamiltonian, context }: { hamiltonian: ActiveHamiltonian; context: NativeContext },
): CasciResult {
  if (vqe.electronNumber !== null || noiselessEnergy(vqe) > casci.energy_hartree - CASCI_ACCURACY_HARTREE)
    return casci;
  const options = { ...context, spinPure: false, tolerance: NEARLY_DEGENERATE_HARTREE };
  const [lowest] = solveCasci(hamiltonian, options).states;
  if (!lowest || lowest.energy_hartree >= casci.energy_hartree) return casci;
  const { energy_hartree, spinSquare: s2 } = lowest;
  return { ...casci, lowestOfAnySpin: { energy_hartree, spinSquare: s2 } };
}

export interface Correlated extends VqeRecord {
  readonly casci: CasciResult;
}

/** CASCI and VQE of one Hamiltonian. */
export async function bothOf(hamiltonian: ActiveHamiltonian, asked: CorrelatedOptions): Promise<Correlated> {
  const casci = await casciOf(hamiltonian, asked);
  const { vqe, ...rest } = await runVqe(hamiltonian, asked);
  return { casci: withLowestOfAnySpin(casci, vqe, { hamiltonian, context: asked.context }), vqe, ...rest };
}
