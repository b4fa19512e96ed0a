/** Exact diagonalisation and VQE of one Hamiltonian, as results. */

import type { DeviceCircuit, DeviceRequest } from "#shared/quantum/qubits.ts";
import {
  type CasciResult,
  type ExcitedState,
  noiselessEnergy,
  type SqdResult,
  type VqeResult,
} from "#shared/quantum/state-result.ts";
import { isLayered, type VqeSettings } from "#shared/quantum/vqe.ts";
import { type AnyAnsatz, isCircuitAnsatz } from "../backends/backend.ts";
import { backendOf } from "../backends/select.ts";
import { circuitOf } from "../backends/statevector.ts";
import { solveCasci } from "../ci/ci.ts";
import { spinSquare } from "../ci/density-matrices.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { elementaryCost } from "../circuit/circuit-ansatz.ts";
import type { CouplingMap } from "../circuit/coupling-map.ts";
import { couplingMapOf, onDevice } from "../circuit/device.ts";
import { expectation, numberOperator, spinSquareOperator } from "../circuit/qubit-operators.ts";
import { orbitalsOf } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { taperedQubits } from "../hamiltonian/orbital-symmetry.ts";
import { sampleCircuit } from "../measurement/shots.ts";
import { sampleBasedDiagonalisation } from "../measurement/sqd.ts";
import { findExcitedStates, findLowestState, type VariationalState } from "../states/variational-states.ts";
import { prepareState } from "../vqe/vqe.ts";
import { timed } from "./timed.ts";

export interface CorrelatedOptions {
  readonly settings: VqeSettings;
  readonly maxIterations: number;
  /** States asked for, the lowest included. */
  readonly states: number;
  readonly context: NativeContext;
  /** The device that the circuit shall run on. */
  readonly device?: DeviceRequest | undefined;
}

/** Exact diagonalisation, lowest states of the lowest spin. */
export async function casciOf(
  hamiltonian: ActiveHamiltonian,
  { states: nroots, context }: Pick<CorrelatedOptions, "states" | "context">,
): Promise<CasciResult> {
  const { threads = 1, control } = context;
  const { value, wallTime_ms } = await timed(() => solveCasci(hamiltonian, { nroots, threads, control }));
  const { outcome, states, determinants } = value;
  const [lowest, ...above] = states.map(({ energy_hartree, spinSquare: s2 }) => ({
    ...{ energy_hartree, spinSquare: s2, outcome },
  }));
  return { ...lowest!, determinants, lowestOfAnySpin: null, excited: above, wallTime_ms };
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

const excitedState = (
  hamiltonian: ActiveHamiltonian,
  state: VariationalState,
  context: NativeContext,
): ExcitedState => ({
  outcome: state.run.outcome,
  energy_hartree: state.run.energy_hartree,
  spinSquare: spinAndNumber(hamiltonian, state, context).spinSquare!,
});

const SQD_SHOTS = 10_000;

/** Sample-based diagonalisation of what was found; null where it was not asked for. */
function sqdOf(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run }: VariationalState,
  { settings: { sampling, seed }, context }: CorrelatedOptions,
): SqdResult | null {
  const { sqdStrings: maxStrings, noise, precision } = sampling;
  if (maxStrings === null) return null;
  const shots = sampling.shots ?? SQD_SHOTS;
  const options = { ...context, shots, seed, noise, precision };
  const samples = sampleCircuit(circuitOf(ansatz), run.parameters, options);
  const found = sampleBasedDiagonalisation(hamiltonian, samples, { ...context, maxStrings, seed });
  const { outcome, energy_hartree, determinants, validShots } = found;
  return { outcome, energy_hartree, determinants, shots, validShots };
}

interface VqeRecord {
  readonly vqe: VqeResult;
  /** What the result was found with. */
  readonly found: VariationalState;
  /** Its circuit, routed where there is a device. */
  readonly circuit: Circuit;
  readonly device: DeviceCircuit | null;
}

async function runVqe(hamiltonian: ActiveHamiltonian, asked: CorrelatedOptions): Promise<VqeRecord> {
  const { settings, maxIterations, states, context } = asked;
  const backend = backendOf(settings);
  const { threads = 1, control } = context;
  const map = asked.device && couplingMapOf(asked.device, hamiltonian.norb);
  const search = { settings, backend, options: { maxIterations, threads, control }, map };
  const { value, wallTime_ms } = await timed(async () => {
    const lowest = await findLowestState(hamiltonian, search);
    const { ansatz, run } = lowest;
    const measured = await backend.measure?.({ hamiltonian, ansatz }, run.parameters, context);
    const excited = await findExcitedStates(hamiltonian, lowest, { ...search, count: states - 1 });
    return { lowest, measured, excited, sqd: sqdOf(hamiltonian, lowest, asked) };
  });
  const { lowest, measured, excited, sqd } = value;
  const { outcome, energy_hartree, gradientNorm, iterations, evaluations, parameters } = lowest.run;
  const [alpha, beta] = lowest.ansatz.reference.map((mask) => orbitalsOf(mask, hamiltonian.norb));
  const { circuit, routed, device } = circuitsOf(lowest.ansatz, map);
  const isRandom = measured !== undefined || isLayered(settings.ansatz) || excited.length > 0;
  const vqe: VqeResult = {
    ...{ outcome, gradientNorm, iterations, evaluations, wallTime_ms, ansatz: settings.ansatz },
    ...{ energy_hartree: measured?.energy_hartree ?? energy_hartree, backend: backend.name },
    ...{ shots: measured?.shots ?? null, statedError_hartree: measured?.standardError_hartree ?? null },
    stateErrorBound: measured?.stateErrorBound ?? null,
    ...{ noiseless_hartree: measured ? energy_hartree : null, seed: isRandom ? settings.seed : null },
    ...{ nParameters: lowest.ansatz.nParameters, reference: { alpha: alpha!, beta: beta! } },
    ...spinAndNumber(hamiltonian, lowest, context),
    ...circuitFacts(hamiltonian, circuit),
    largestAmplitude_radian: parameters.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0),
    sqd,
    excited: excited.map((state) => excitedState(hamiltonian, state, context)),
    trace_hartree: [...lowest.run.trace_hartree],
  };
  return { vqe, found: lowest, circuit: routed, device };
}

/** The lowest state by VQE; with a measuring backend, its energy as measured at those parameters. */
export const vqeOf = async (hamiltonian: ActiveHamiltonian, asked: CorrelatedOptions): Promise<VqeResult> =>
  (await runVqe(hamiltonian, asked)).vqe;

/** VQE and CASCI energies agree to this where the ansatz is exact, Hartree. */
const CASCI_ACCURACY_HARTREE = 1e-8;
/** Nearly degenerate states of several spins, where this is needed, lie closer than CASCI's usual residual. */
const NEARLY_DEGENERATE_HARTREE = 1e-7;

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
