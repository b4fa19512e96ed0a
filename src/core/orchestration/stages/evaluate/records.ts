/** An evaluation as records, one for each calculation, and back again. Times are kept apart: they are not reproducible. */

import type { Database } from "#core/notebook/file/database.ts";
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { type Link, type NotebookRecord, type RecordDraft, seal } from "#core/notebook/proof/record.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { timings } from "#core/notebook/tables/executions.ts";
import { linkedFrom, readPart, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { Sha256 } from "#shared/ids.ts";
import { Evaluation, isOwn, moleculeResult, type StateResult } from "#shared/properties/evaluation.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { type CasciResult, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";
import type { Made, Origin } from "../plan.ts";

/** How the evaluation was asked for, and what says so in its record. */
export type EvaluationOrigin = Origin<JsonObject & { conformer: Sha256 }>;

/** Names of a property's states in order; of each, the names of what it brings: the first state's field needs none of its own. */
const statesOf = (property: PropertyId) =>
  propertyOf(property).states.map(({ name }, k) => ({
    name,
    role: (part: "scf" | "mp2" | "hamiltonian") => (k === 0 ? part : `${name}-${part}`),
    /** In a sentence. */
    of: k === 0 ? "" : ` of the ${name}`,
  }));

type NamedState = ReturnType<typeof statesOf>[number] & { result: StateResult };

/** The states that were reached, each of its own orbitals before those that share them. */
const reachedStates = ({ property, states }: Evaluation): NamedState[] =>
  statesOf(property).flatMap((state) => {
    const result = states[state.name];
    return result ? [{ ...state, result }] : [];
  });

function vqeDraft(state: string, { wallTime_ms: _, trace_hartree, ...content }: VqeResult): RecordDraft {
  return {
    kind: "vqe",
    content: { state, ...content },
    parts: { trace_hartree: float64Bytes(trace_hartree) },
  };
}

function casciDraft(state: string, { wallTime_ms: _, ...content }: CasciResult): RecordDraft {
  return { kind: "casci", content: { state, ...content } };
}

/** The field with what follows from it alone: properties of its density, and MP2. */
function scfDraft({ hartreeFock, mp2, ...result }: EnergyResult): RecordDraft {
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, properties, notes } = result;
  const { orbitalEnergies_hartree, wallTime_ms: _, ...content } = hartreeFock;
  const { wallTime_ms: __, ...correlation } = mp2 ?? { wallTime_ms: 0 };
  return {
    kind: "scf",
    content: {
      basis,
      nBasis,
      charge,
      multiplicity,
      nuclearRepulsion_hartree,
      ...content,
      properties,
      mp2: mp2 && correlation,
      ...(notes.length > 0 && { notes }),
    },
    parts: { orbitalEnergies_hartree: float64Bytes(orbitalEnergies_hartree) },
  };
}

function timesOf({ name, role, result }: NamedState): Record<string, number> {
  const { casci, vqe } = result;
  return {
    ...(isOwn(result) && { [name]: result.wallTime_ms, [role("scf")]: result.hartreeFock.wallTime_ms }),
    ...(isOwn(result) && result.mp2 && { [role("mp2")]: result.mp2.wallTime_ms }),
    ...(casci && { [`${name}-casci`]: casci.wallTime_ms }),
    ...(vqe && { [`${name}-vqe`]: vqe.wallTime_ms }),
  };
}

/** What the ansatz misses of the exact energy of the molecule in the same active space; null where either is missing. */
function vqeMinusCasci(evaluation: Evaluation): number | null {
  const { vqe, casci } = moleculeResult(evaluation);
  return vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null;
}

/** The first calculation that did not converge, in words; null where all did. */
function whyNotConverged(evaluation: Evaluation): string | null {
  if (evaluation.outcome === "converged") return null;
  const states = reachedStates(evaluation);
  for (const { of, result } of states) {
    if (!isOwn(result) || result.hartreeFock.outcome === "converged") continue;
    return `Hartree-Fock${of} did not converge in ${result.hartreeFock.iterations} iterations`;
  }
  for (const { name, result } of states) {
    const { vqe } = result;
    if (vqe?.outcome !== "not-converged") continue;
    const gradient = vqe.gradientNorm.toExponential(1);
    return `VQE of the ${name} did not converge in ${vqe.iterations} iterations (gradient ${gradient} Eh)`;
  }
  return "exact diagonalisation did not converge";
}

/**
 * A VQE as it was put to a backend, with what the vendor calls its jobs and the device's calibrations, where there is a vendor.
 * How long it took stands with the other times in the event that seals it.
 */
function backendCall(
  state: string,
  { backend, seed, shots, jobs }: VqeResult,
  hamiltonian: Link,
): NotebookRecord {
  const listed = (values: readonly (string | null)[] = []): string | null =>
    [...new Set(values.filter((value) => value !== null))].join(", ") || null;
  const jobId = listed(jobs?.map(({ id }) => id));
  const calibrationId = listed(jobs?.map((job) => job.calibrationId));
  const content = { state, backend, seed, shots, jobId, calibrationId };
  return seal({ kind: "backend-call", content, links: [hamiltonian] });
}

type NamedRecord = [role: string, record: NotebookRecord];

/** The calculations in an active space, by the role under which the evaluation links to them. */
function* correlated({ name, result }: NamedState, hamiltonian: Link): Generator<NamedRecord> {
  const { casci, vqe } = result;
  if (casci) yield [`${name}-casci`, seal({ ...casciDraft(name, casci), links: [hamiltonian] })];
  if (!vqe) return;
  const call = backendCall(name, vqe, hamiltonian);
  yield [`${name}-backend-call`, call];
  const links = [hamiltonian, { role: "backend-call", target: call.hash }];
  yield [`${name}-vqe`, seal({ ...vqeDraft(name, vqe), links })];
}

/** Everything that was computed, by the role under which the evaluation links to it. */
function* calculations(evaluation: Evaluation, geometry: Link): Generator<NamedRecord> {
  let hamiltonian: Link | undefined;
  for (const state of reachedStates(evaluation)) {
    const { role, result } = state;
    if (isOwn(result)) {
      const scf = seal({ ...scfDraft(result), links: [geometry] });
      yield [role("scf"), scf];
      const { activeSpace, integralsHash: integrals } = result;
      if (!activeSpace) continue;
      const content = { activeSpace, ...(integrals && { integrals }) };
      const links = [{ role: "orbitals", target: scf.hash }];
      const record = seal({ kind: "hamiltonian", content, links });
      hamiltonian = { role: "hamiltonian", target: record.hash };
      yield [role("hamiltonian"), record];
    }
    if (hamiltonian) yield* correlated(state, hamiltonian);
  }
}

/** The records of an evaluation: SCF ← Hamiltonian ← CASCI, VQE ← evaluation; a VQE also comes from its backend call. */
export function evaluationRecords(made: Evaluation, origin: EvaluationOrigin): Made {
  const geometry = { role: "geometry", target: origin.input.conformer };
  const found = [...calculations(made, geometry)];
  const { build, backend } = moleculeResult(made);
  const content = {
    ...origin,
    ...made.values,
    outcome: made.outcome,
    build,
    backend,
    vqeMinusCasci_hartree: vqeMinusCasci(made),
    reason: whyNotConverged(made),
  };
  const links = [geometry, ...found.map(([role, { hash }]) => ({ role, target: hash }))];
  const evaluation = seal({ kind: "evaluation", content, links });
  return {
    records: [...found.map(([, record]) => record), evaluation],
    result: evaluation,
    timings_ms: Object.assign({}, ...reachedStates(made).map(timesOf)),
  };
}

/** The records that an evaluation links to, and how long each calculation took. */
interface Written {
  readonly content: JsonObject;
  linked(role: string): StoredRecord | undefined;
  part(record: StoredRecord, name: string): number[];
  readonly time: Readonly<Record<string, number>>;
}

const withoutAbsent = (members: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;

/** A calculation in an active space; null where it was not reached. */
function writtenCalculation({ linked, part, time }: Written, role: string): JsonObject | null {
  const found = linked(role);
  if (!found) return null;
  const { state: _, ...rest } = found.content;
  const trace = found.kind === "vqe" && { trace_hartree: part(found, "trace_hartree") };
  return { ...rest, ...trace, wallTime_ms: time[role] ?? 0 };
}

/** A state as its records have it; null where it was not reached. */
function writtenState(written: Written, { name, role }: ReturnType<typeof statesOf>[number]): Json {
  const { content, linked, part, time } = written;
  const casci = writtenCalculation(written, `${name}-casci`);
  const vqe = writtenCalculation(written, `${name}-vqe`);
  const scf = linked(role("scf"));
  if (!scf) return casci && vqe ? { casci, vqe } : null;
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, ...ofField } = scf.content;
  const { properties, mp2, notes, ...hartreeFock } = ofField;
  const orbitalEnergies_hartree = part(scf, "orbitalEnergies_hartree");
  const hamiltonian = linked(role("hamiltonian"))?.content;
  return withoutAbsent({
    basis,
    nBasis,
    charge,
    multiplicity,
    nuclearRepulsion_hartree,
    properties,
    notes,
    mp2: mp2 && { ...(mp2 as JsonObject), wallTime_ms: time[role("mp2")] ?? 0 },
    hartreeFock: { ...hartreeFock, orbitalEnergies_hartree, wallTime_ms: time[role("scf")] ?? 0 },
    activeSpace: hamiltonian?.activeSpace ?? null,
    integralsHash: hamiltonian?.integrals,
    casci,
    vqe,
    backend: content.backend,
    build: content.build,
    wallTime_ms: time[name] ?? 0,
  });
}

/** An evaluation as its records have it, put together again: earlier ones lack members that came later. */
export function writtenEvaluation(db: Database, record: number) {
  const stored = readRecord(db, record);
  const { input, outcome, values } = EvaluationContent.parse(stored.content);
  const { property } = input;
  const written: Written = {
    content: stored.content,
    linked: (role) => linkedFrom(db, record, role)[0],
    part: ({ id }, name) => float64Values(readPart(db, id, name)),
    time: timings(db, stored.event),
  };
  const states: JsonObject = Object.fromEntries(
    statesOf(property).map((state) => [state.name, writtenState(written, state)]),
  );
  return { property, outcome, states, values };
}

/** An evaluation from its records; null, or the default of then, where an earlier one lacks a member. */
export const readEvaluation = (db: Database, record: number): Evaluation =>
  Evaluation.parse(writtenEvaluation(db, record));
