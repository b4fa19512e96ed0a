/** What the estimator that was chosen measures of a state that was found. */
import type { JobReceipt, SqdResult } from "#shared/quantum/state-result.ts";
import type { VqeSettings } from "#shared/quantum/vqe.ts";
import { estimatorOf } from "../backends/select.ts";
import { circuitOf } from "../circuit/ansatz-on-qubits.ts";
import type { Circuit } from "../circuit/circuit.ts";
import { qubitHamiltonian } from "../circuit/qubit-operators.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import type { ShotsAtHand } from "../measurement/at-hand.ts";
import type { Estimator } from "../measurement/estimator.ts";
import { type MeasuredEnergy, measureEnergy } from "../measurement/measure-energy.ts";
import { receiptOf, runJob } from "../measurement/run-job.ts";
import { sampleBasedDiagonalisation } from "../measurement/sqd.ts";
import { extrapolateToZeroNoise } from "../measurement/zero-noise.ts";
import type { VariationalState } from "../states/variational-states.ts";

interface Asked {
  readonly settings: VqeSettings;
  readonly context: NativeContext;
  /** Of devices elsewhere. */
  readonly shots?: ShotsAtHand | undefined;
}

export interface Measured {
  /** null where only strings were measured. */
  readonly energy: MeasuredEnergy | null;
  /** null where it was not asked for. */
  readonly sqd: SqdResult | null;
  /** Absent where no vendor keeps jobs. */
  readonly jobs?: JobReceipt[];
}

/** Circuits of 1 and 3 times the gates: more points lose more to shots than they gain. */
const EXTRAPOLATION_POINTS = 2;
/** Unless told otherwise. */
const SQD_SHOTS = 10_000;

/** The energy at the parameters that were found, with the mitigation asked for. */
function energyOf(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run: { parameters } }: VariationalState,
  { estimator, settings: { sampling, seed }, context }: Asked & { estimator: Estimator },
): Promise<MeasuredEnergy> {
  const { mitigation, shots, statedError_hartree: standardError } = sampling;
  const operator = qubitHamiltonian(hamiltonian);
  const points = mitigation.includes("zero-noise") ? EXTRAPOLATION_POINTS : 1;
  const measure = (circuit: Circuit) =>
    measureEnergy({ operator, circuit, parameters }, estimator, {
      standardError,
      shots: shots === null ? undefined : Math.floor(shots / points),
      seed,
      mitigateReadout: mitigation.includes("readout"),
      control: context.control,
    });
  const circuit = circuitOf(ansatz);
  return points > 1 ? extrapolateToZeroNoise(circuit, points, measure) : measure(circuit);
}

/** Sample-based diagonalisation from one job of shots. */
async function sqdOf(
  hamiltonian: ActiveHamiltonian,
  { ansatz, run: { parameters } }: VariationalState,
  { estimator, maxStrings, settings, context }: Asked & { estimator: Estimator; maxStrings: number },
): Promise<{ sqd: SqdResult; receipt: JobReceipt }> {
  const { sampling, seed } = settings;
  const shots = sampling.shots ?? SQD_SHOTS;
  const job = await runJob(estimator, [{ circuit: circuitOf(ansatz), parameters, shots, seed }], context);
  let samples: Int32Array = new Int32Array();
  for await (const { bits } of job.shots) samples = bits;
  const found = sampleBasedDiagonalisation(hamiltonian, samples, { ...context, maxStrings, seed });
  const { outcome, energy_hartree, determinants, validShots } = found;
  return {
    sqd: { outcome, energy_hartree, determinants, shots: samples.length, validShots },
    receipt: receiptOf(job),
  };
}

/** Energy and, where asked for, sample-based diagonalisation; null where nothing is measured. Throws as runJob. */
export async function measureState(
  hamiltonian: ActiveHamiltonian,
  state: VariationalState,
  asked: Asked,
): Promise<Measured | null> {
  const estimator = estimatorOf(asked.settings, { ...asked.context, shots: asked.shots });
  if (!estimator) return null;
  const { sqdStrings: maxStrings, sqdOnly } = asked.settings.sampling;
  const energy = sqdOnly ? null : await energyOf(hamiltonian, state, { ...asked, estimator });
  const diagonalised =
    maxStrings === null ? null : await sqdOf(hamiltonian, state, { ...asked, estimator, maxStrings });
  const sqd = diagonalised?.sqd ?? null;
  if (!estimator.capabilities.keepsJobs) return { energy, sqd };
  return { energy, sqd, jobs: [...(energy?.jobs ?? []), ...(diagonalised ? [diagonalised.receipt] : [])] };
}
