/** Energies from shots: grouped measurements, shots where the variance is, an honest error. */
import { DomainError } from "#shared/errors.ts";
import { hasGateNoise } from "#shared/quantum/vqe.ts";
import { type Circuit, singlePrecisionBound } from "../circuit/circuit.ts";
import { throwIfCancelled } from "../control-block.ts";
import { type PauliTerm, parity, pauliTerms, type RealPauliSum } from "../mapping/pauli.ts";
import { basisChange, groupTerms, type MeasurementGroup } from "./grouping.ts";
import { NOISELESS, type NoiseModel, type SamplingOptions, sampleCircuit } from "./shots.ts";

interface EstimateOptions extends Omit<SamplingOptions, "shots"> {
  /** Standard error asked for, Hartree; shots are chosen to reach it. */
  readonly standardError: number;
  /** Shots to spend in all, the pilots' included; standardError then plays no part. */
  readonly shots?: number;
  /** Takes the known readout errors of `noise` out of every shot; default false. */
  readonly mitigateReadout?: boolean;
  readonly maxShots?: number;
}

export interface Estimate {
  readonly energy_hartree: number;
  /** Standard error of the mean, from the spread of the shots and one flip more in each setting. */
  readonly standardError_hartree: number;
  readonly shots: number;
  readonly settings: number;
  /** Upper bound of ‖ψ − ψ_exact‖ by single precision, of the setting that errs most; null in double precision and with gate errors. */
  readonly stateErrorBound: number | null;
}

/** Shots of each setting that only measure its variance. */
const PILOT_SHOTS = 200;
const MAX_SHOTS = 100_000_000;
const SHOTS_BETWEEN_CHECKS = 1024;

/**
 * Value of a product of Z on a shot. With mitigation each factor z becomes (z − (p10 − p01)) / (1 − p01 − p10), whose mean
 * over readout errors is the true z (tensor product of inverted confusion matrices).
 */
function shotValue(term: PauliTerm, bits: number, readout: NoiseModel): number {
  const support = term.x | term.z;
  const shift = readout.readout10 - readout.readout01;
  const contrast = 1 - readout.readout01 - readout.readout10;
  if (shift === 0 && contrast === 1) return parity(support & bits) ? -term.coefficient : term.coefficient;
  let value = term.coefficient;
  for (let rest = support; rest !== 0; rest &= rest - 1) {
    const z = bits & rest & -rest ? -1 : 1;
    value *= (z - shift) / contrast;
  }
  return value;
}

interface Moments {
  count: number;
  sum: number;
  squares: number;
}

const variance = ({ count, sum, squares }: Moments): number =>
  Math.max(0, (squares - (sum * sum) / count) / (count - 1));

/**
 * Variance of a setting with the flip of its largest term added once to what was seen (as Agresti & Coull add to a count,
 * doi:10.1080/00031305.1998.10480550): a few hundred shots miss what happens once in a thousand, and a variance of 0 would
 * get no shots to see it with and would state too small an error.
 */
function cautiousVariance(seen: Moments, { terms }: MeasurementGroup): number {
  const flip = 2 * terms.reduce((most, { coefficient }) => Math.max(most, Math.abs(coefficient)), 0);
  return variance(seen) + flip ** 2 / seen.count;
}

/** Refuses a budget that leaves nothing to measure with after the pilots. */
function checkBudget(shots: number, settings: number): void {
  const least = 2 * PILOT_SHOTS * settings;
  if (shots >= least) return;
  throw new DomainError(
    "invalid-input",
    `Shots: expected at least ${least} for ${settings} measurement settings, got ${shots}.`,
    { shots, least },
  );
}

/** Shots of each setting after the pilots, σ in Hartree: for a standard error, or as a budget allows. */
function allocate(
  sigmas: readonly number[],
  { standardError, shots }: Pick<EstimateOptions, "standardError" | "shots">,
): number[] {
  const sum = sigmas.reduce((total, sigma) => total + sigma, 0);
  if (shots === undefined)
    return sigmas.map((sigma) => Math.max(PILOT_SHOTS, Math.ceil((sigma * sum) / standardError ** 2)));
  const free = shots - 2 * PILOT_SHOTS * sigmas.length;
  return sigmas.map((sigma) => PILOT_SHOTS + (sum === 0 ? 0 : Math.floor((free * sigma) / sum)));
}

/**
 * ⟨O⟩ of a circuit from as many shots as the standard error needs: a pilot measures σ of each setting, then setting g gets
 * σ_g · Σσ / ε² shots, which is the least total for independent settings.
 *
 * O real symmetric. With noise the estimate is of the noisy state: the standard error says nothing about that bias.
 *
 * @throws DomainError `not-supported` where more than maxShots would be needed; `invalid-input` for too small a budget.
 */
export function estimateEnergy(
  operator: RealPauliSum,
  circuit: Circuit,
  parameters: Float64Array,
  options: EstimateOptions,
): Estimate {
  const { standardError, mitigateReadout = false, maxShots = MAX_SHOTS, seed, noise = NOISELESS } = options;
  const terms = pauliTerms(operator);
  const constant = terms.find(({ x, z }) => x === 0 && z === 0)?.coefficient ?? 0;
  const groups = groupTerms(terms);
  if (options.shots !== undefined) checkBudget(options.shots, groups.length);
  const readout = mitigateReadout ? noise : NOISELESS;
  const circuitOf = (group: MeasurementGroup): Circuit => ({
    ...circuit,
    gates: [...circuit.gates, ...basisChange(group, circuit.qubits)],
  });
  const measure = (group: MeasurementGroup, shots: number, groupSeed: number): Moments => {
    const samples = sampleCircuit(circuitOf(group), parameters, { ...options, shots, seed: groupSeed });
    const moments = { count: shots, sum: 0, squares: 0 };
    for (const [k, bits] of samples.entries()) {
      if (k % SHOTS_BETWEEN_CHECKS === 0) throwIfCancelled(options.control);
      const value = group.terms.reduce((sum, term) => sum + shotValue(term, bits, readout), 0);
      moments.sum += value;
      moments.squares += value * value;
    }
    return moments;
  };
  const seedOf = (k: number, round: number) => (seed + 0x9e3779b1 * (2 * k + round + 1)) >>> 0;
  const pilots = groups.map((group, k) => measure(group, PILOT_SHOTS, seedOf(k, 0)));
  const sigmas = pilots.map((pilot, k) => Math.sqrt(cautiousVariance(pilot, groups[k]!)));
  const wanted = allocate(sigmas, options);
  const total = wanted.reduce((sum, shots) => sum + shots, 0);
  if (total > maxShots)
    throw new DomainError(
      "not-supported",
      `A standard error of ${standardError} Hartree needs ${total} shots; ${maxShots} are allowed. Ask for a larger error.`,
      { shots: total, maxShots },
    );
  // The pilot chose the allocation; estimating from fresh shots alone keeps the two independent.
  const moments = groups.map((group, k) => measure(group, wanted[k]!, seedOf(k, 1)));
  return {
    energy_hartree: moments.reduce((sum, m) => sum + m.sum / m.count, constant),
    standardError_hartree: Math.sqrt(
      moments.reduce((sum, m, k) => sum + cautiousVariance(m, groups[k]!) / m.count, 0),
    ),
    shots: total + PILOT_SHOTS * groups.length,
    settings: groups.length,
    stateErrorBound:
      options.precision === "single" && !hasGateNoise(noise)
        ? Math.max(...groups.map((group) => singlePrecisionBound(circuitOf(group), parameters)))
        : null,
  };
}
