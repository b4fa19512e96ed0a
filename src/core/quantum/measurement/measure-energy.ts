/** Energies from shots: grouped measurements, shots where the variance is, an honest error. */
import { DomainError } from "#shared/errors.ts";
import type { JobReceipt } from "#shared/quantum/state-result.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { throwIfCancelled } from "../control-block.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { type PauliTerm, parity, pauliTerms, type RealPauliSum } from "../mapping/pauli.ts";
import type { Calibration, Estimator } from "./estimator.ts";
import { basisChange, groupTerms, type MeasurementGroup } from "./grouping.ts";
import { receiptOf, runJob } from "./run-job.ts";
import {
  allocateSharedShots,
  allocateShots,
  cautiousVariance,
  checkBudget,
  type Moments,
  PILOT_SHOTS,
  type ShotGoal,
} from "./shot-plan.ts";

/** ⟨O⟩ of which circuit; O real symmetric. */
export interface MeasuredState {
  readonly operator: RealPauliSum;
  readonly circuit: Circuit;
  readonly parameters: Float64Array;
}

export interface MeasureOptions extends ShotGoal, Pick<NativeContext, "control"> {
  /** 32-bit seed of simulated shots. */
  readonly seed: number;
  /** Takes the device's known readout errors out of every shot; default false. */
  readonly mitigateReadout?: boolean;
}

export interface MeasuredEnergy {
  readonly energy_hartree: number;
  /** Standard error of the mean, from the spread of the shots and one flip more in each setting. */
  readonly standardError_hartree: number;
  readonly shots: number;
  readonly settings: number;
  /** Upper bound of ‖ψ − ψ_exact‖ by single precision, of the setting that errs most; null in double precision and with gate errors. */
  readonly stateErrorBound: number | null;
  /** In the order in which they were sent. */
  readonly jobs: readonly JobReceipt[];
}

const SHOTS_BETWEEN_CHECKS = 1024;

type ReadoutErrors = Pick<Calibration, "readout01" | "readout10">;
const NO_ERRORS: ReadoutErrors = { readout01: 0, readout10: 0 };

/**
 * Value of a product of Z on a shot. With mitigation each factor z becomes (z − (p10 − p01)) / (1 − p01 − p10), whose mean
 * over readout errors is the true z (tensor product of inverted confusion matrices).
 */
function shotValue(term: PauliTerm, bits: number, { readout01, readout10 }: ReadoutErrors): number {
  const support = term.x | term.z;
  const shift = readout10 - readout01;
  const contrast = 1 - readout01 - readout10;
  if (shift === 0 && contrast === 1) return parity(support & bits) ? -term.coefficient : term.coefficient;
  let value = term.coefficient;
  for (let rest = support; rest !== 0; rest &= rest - 1) {
    const z = bits & rest & -rest ? -1 : 1;
    value *= (z - shift) / contrast;
  }
  return value;
}

/** Of the values that one setting's shots give. Throws AbortError when cancelled. */
function momentsOf(
  bits: Int32Array,
  { terms }: MeasurementGroup,
  { errors, control }: { errors: ReadoutErrors } & Pick<NativeContext, "control">,
): Moments {
  const moments = { count: bits.length, sum: 0, squares: 0 };
  for (const [k, shot] of bits.entries()) {
    if (k % SHOTS_BETWEEN_CHECKS === 0) throwIfCancelled(control);
    const value = terms.reduce((sum, term) => sum + shotValue(term, shot, errors), 0);
    moments.sum += value;
    moments.squares += value * value;
  }
  return moments;
}

/** The settings that an operator is measured in on a circuit. */
interface Settings extends Pick<MeasuredState, "circuit" | "parameters"> {
  readonly groups: readonly MeasurementGroup[];
}

/** One job with a run for each setting. */
async function measureSettings(
  { circuit, parameters, groups }: Settings,
  estimator: Estimator,
  {
    shotsOf,
    shotsAloneOf,
    seedOf,
    mitigateReadout = false,
    control,
  }: Pick<MeasureOptions, "mitigateReadout" | "control"> & {
    shotsOf: (setting: number) => number;
    shotsAloneOf?: ((setting: number) => number) | undefined;
    seedOf: (setting: number) => number;
  },
): Promise<{ moments: Moments[]; stateErrorBound: number | null; receipt: JobReceipt }> {
  const runs = groups.map((group, k) => ({
    circuit: { ...circuit, gates: [...circuit.gates, ...basisChange(group, circuit.qubits)] },
    parameters,
    shots: shotsOf(k),
    seed: seedOf(k),
    ...(shotsAloneOf && { shotsAlone: shotsAloneOf(k) }),
  }));
  const job = await runJob(estimator, runs, { control });
  const errors = mitigateReadout ? job.calibration : NO_ERRORS;
  const moments: Moments[] = [];
  const bounds: number[] = [];
  for await (const { bits, stateErrorBound } of job.shots) {
    // runJob gives the shots of as many circuits as there are groups.
    const group = groups[moments.length]!;
    moments.push(momentsOf(bits, group, { errors, control }));
    if (stateErrorBound !== null) bounds.push(stateErrorBound);
  }
  const stateErrorBound = bounds.length > 0 ? Math.max(...bounds) : null;
  return { moments, stateErrorBound, receipt: receiptOf(job) };
}

/**
 * ⟨O⟩ of a circuit from as many shots as the standard error needs: a pilot measures σ of each setting, then the shots are
 * allocated to the settings. Two jobs.
 *
 * With noise the energy is that of the noisy state: the standard error says nothing about that bias.
 *
 * @throws DomainError `not-supported` where more shots would be needed than the estimator takes; `invalid-input` for too
 * small a budget. Throws as runJob.
 */
export async function measureEnergy(
  { operator, ...state }: MeasuredState,
  estimator: Estimator,
  options: MeasureOptions,
): Promise<MeasuredEnergy> {
  const { standardError, seed } = options;
  const terms = pauliTerms(operator);
  const constant = terms.find(({ x, z }) => x === 0 && z === 0)?.coefficient ?? 0;
  const groups = groupTerms(terms);
  if (options.shots !== undefined) checkBudget(options.shots, groups.length);
  type OfSetting = (setting: number) => number;
  const measure = (round: number, shotsOf: OfSetting, shotsAloneOf?: OfSetting) =>
    measureSettings({ ...state, groups }, estimator, {
      ...options,
      ...{ shotsOf, shotsAloneOf },
      seedOf: (k) => (seed + 0x9e3779b1 * (2 * k + round + 1)) >>> 0,
    });
  const pilot = await measure(0, () => PILOT_SHOTS);
  const sigmas = groups.map((group, k) => Math.sqrt(cautiousVariance(pilot.moments[k]!, group)));
  const { maxShots, sharesShots } = estimator.capabilities;
  const alone = allocateShots(sigmas, options);
  const wanted = sharesShots ? allocateSharedShots(sigmas, options) : alone;
  const total = wanted.reduce((sum, shots) => sum + shots, 0);
  if (total > maxShots)
    throw new DomainError(
      "not-supported",
      `A standard error of ${standardError} Hartree needs ${total} shots; ${maxShots} are allowed. Ask for a larger error.`,
      { shots: total, maxShots },
    );
  // The pilot chose the allocation; estimating from fresh shots alone keeps the two independent.
  const { moments, stateErrorBound, receipt } = await measure(
    1,
    (k) => wanted[k]!,
    sharesShots ? (k) => alone[k]! : undefined,
  );
  return {
    energy_hartree: moments.reduce((sum, m) => sum + m.sum / m.count, constant),
    standardError_hartree: Math.sqrt(
      moments.reduce((sum, m, k) => sum + cautiousVariance(m, groups[k]!) / m.count, 0),
    ),
    shots: [...pilot.moments, ...moments].reduce((sum, { count }) => sum + count, 0),
    settings: groups.length,
    stateErrorBound,
    jobs: [pilot.receipt, receipt],
  };
}
