/** Energies of a Hamiltonian that comes as the text of an FCIDUMP file. */
import { DomainError } from "#shared/errors.ts";
import { isCoupledCluster } from "#shared/quantum/energy-request.ts";
import type { HamiltonianRequest, HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import { DEFAULT_VQE, findVqeProblem, type VqeSettings } from "#shared/quantum/vqe.ts";
import { casciMemory_bytes } from "../ci/ci.ts";
import { hasSector, sectorOf } from "../ci/spin-states.ts";
import { coupledClusterOfHamiltonian } from "../field/coupled-cluster.ts";
import { parseFcidump } from "../hamiltonian/fcidump.ts";
import {
  type ActiveHamiltonian,
  DEFAULT_MEMORY_BYTES,
  type NativeContext,
  requireMemory,
} from "../hamiltonian/hamiltonian.ts";
import { integralsHash } from "../hamiltonian/integrals-hash.ts";
import { MAX_ORBITALS } from "../native/limits.ts";
import { iterationLimit, native } from "../native/native.ts";
import { bothOf, type CorrelatedOptions, casciOf } from "./correlated.ts";
import type { EvaluationContext } from "./evaluator.ts";
import { selectedOf } from "./selected.ts";
import { withWallTime } from "./wall-time.ts";

/** The Hamiltonian with as many electrons of each spin as the multiplicity asks for. */
function withMultiplicity(
  hamiltonian: ActiveHamiltonian,
  multiplicity: number | undefined,
): ActiveHamiltonian {
  if (multiplicity === undefined) return hamiltonian;
  const electrons = hamiltonian.nelec[0] + hamiltonian.nelec[1];
  const nelec = sectorOf(electrons, multiplicity);
  if (hasSector(hamiltonian.norb, nelec)) return { ...hamiltonian, nelec };
  throw new DomainError(
    "invalid-input",
    `Multiplicity: expected one that ${electrons} electrons in ${hamiltonian.norb} orbitals can have, got ${multiplicity}.`,
    { multiplicity },
  );
}

function checkExact(hamiltonian: ActiveHamiltonian, states: number): void {
  const { norb, nelec } = hamiltonian;
  if (norb > MAX_ORBITALS)
    throw new DomainError(
      "not-supported",
      `Exact diagonalisation and VQE: expected at most ${MAX_ORBITALS} orbitals, got ${norb}. Take the method sci.`,
      { norb },
    );
  requireMemory(casciMemory_bytes({ norb, nelec }, states), DEFAULT_MEMORY_BYTES, hamiltonian);
}

function checkVqe(request: HamiltonianRequest, settings: VqeSettings): void {
  const problem = findVqeProblem(settings);
  if (problem) throw new DomainError("invalid-input", problem.message, { path: problem.path });
  const { states = 1 } = request;
  if (states > 1 && settings.ansatz !== "k-upccgsd" && settings.ansatz !== "uccsd")
    throw new DomainError(
      "not-supported",
      `${states} states: expected the ansatz k-upccgsd or uccsd, got ${settings.ansatz}.`,
    );
}

/**
 * The lowest states of the Hamiltonian by the method asked for, of the spin of MS2 unless another is asked for; with VQE also by
 * exact diagonalisation.
 *
 * Throws DomainError for text that is no such Hamiltonian and for what cannot be computed, AbortError when cancelled.
 */
export async function evaluateHamiltonian(
  request: HamiltonianRequest,
  { threads = 1, control, shots }: EvaluationContext,
): Promise<HamiltonianResult> {
  const begin = performance.now();
  const { fcidump, multiplicity, states = 1, method, selection, record, maxIterations, ...vqe } = request;
  iterationLimit(maxIterations);
  const settings: VqeSettings = { ...DEFAULT_VQE, ...definedOf(vqe) };
  if (method === "vqe") checkVqe(request, settings);
  const hamiltonian = withMultiplicity(parseFcidump(fcidump, { control }), multiplicity);
  const context = { threads, control };
  const isCoupled = isCoupledCluster(method);
  if (isCoupled && states > 1)
    throw new DomainError(
      "not-supported",
      `${states} states: expected the method fci, sci or vqe, got ${method}.`,
    );
  if (!isCoupled && method !== "sci") checkExact(hamiltonian, states);
  const asked: CorrelatedOptions = { settings, maxIterations, states, context, shots };
  const both = method === "vqe" ? await bothOf(hamiltonian, asked) : null;
  const wanted = { states, settings: selection, wavefunction: record, context };
  const { sci, ...written } = method === "sci" ? await selectedOf(hamiltonian, wanted) : { sci: null };
  const [nalpha, nbeta] = hamiltonian.nelec;
  return {
    norb: hamiltonian.norb,
    nelec: nalpha + nbeta,
    multiplicity: Math.abs(nalpha - nbeta) + 1,
    coreEnergy_hartree: hamiltonian.coreEnergy,
    integralsHash: integralsHash(hamiltonian, { control }),
    ...(isCoupled && { coupledCluster: await coupledOf(hamiltonian, method === "ccsd(t)", context) }),
    fci: both?.casci ?? (method === "fci" ? await casciOf(hamiltonian, asked) : null),
    sci,
    ...(record && { record: written }),
    vqe: both?.vqe ?? null,
    build: native().buildId(),
    program: null,
    threads,
    wallTime_ms: performance.now() - begin,
  };
}

/** Coupled cluster with its time. */
async function coupledOf(hamiltonian: ActiveHamiltonian, triples: boolean, context: NativeContext) {
  const { value, wallTime_ms } = await withWallTime(() =>
    coupledClusterOfHamiltonian(hamiltonian, { ...context, triples }),
  );
  return { ...value, wallTime_ms };
}

/** The members that are not undefined. */
const definedOf = <T extends object>(given: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as never;
