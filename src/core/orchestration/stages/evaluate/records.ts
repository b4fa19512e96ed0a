/** An evaluation as records, one for each calculation, and back again. Times are kept apart: they are not reproducible. */

import type { Database } from "#core/notebook/file/database.ts";
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { type Link, type NotebookRecord, type RecordDraft, seal } from "#core/notebook/proof/record.ts";
import { EvaluationContent } from "#core/notebook/tables/contents.ts";
import { timings } from "#core/notebook/tables/executions.ts";
import { linkedFrom, readPart, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { Sha256 } from "#shared/ids.ts";
import { type EnergyResult, IonisationResult } from "#shared/quantum/energy-result.ts";
import { type CasciResult, type VqeResult, vqeBound } from "#shared/quantum/state-result.ts";
import type { Made, Origin } from "../plan.ts";

type Charge = "neutral" | "cation";

/** How the evaluation was asked for, and what says so in its record. */
export type EvaluationOrigin = Origin<JsonObject & { conformer: Sha256 }>;

function vqeDraft(state: Charge, { wallTime_ms: _, trace_hartree, ...content }: VqeResult): RecordDraft {
  return {
    kind: "vqe",
    content: { state, ...content },
    parts: { trace_hartree: float64Bytes(trace_hartree) },
  };
}

function casciDraft(state: Charge, { wallTime_ms: _, ...content }: CasciResult): RecordDraft {
  return { kind: "casci", content: { state, ...content } };
}

/** The field with what follows from it alone: properties of its density, and MP2. */
function scfDraft({ hartreeFock, mp2, ...result }: EnergyResult): RecordDraft {
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, properties } = result;
  const { orbitalEnergies_hartree, wallTime_ms: _, ...content } = hartreeFock;
  const { wallTime_ms: __, ...correlation } = mp2 ?? { wallTime_ms: 0 };
  return {
    kind: "scf",
    content: {
      ...{ basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, ...content },
      ...{ properties, mp2: mp2 && correlation },
    },
    parts: { orbitalEnergies_hartree: float64Bytes(orbitalEnergies_hartree) },
  };
}

const times = ({ neutral, cation }: IonisationResult): Record<string, number> => ({
  neutral: neutral.wallTime_ms,
  scf: neutral.hartreeFock.wallTime_ms,
  ...(neutral.mp2 && { mp2: neutral.mp2.wallTime_ms }),
  ...(neutral.casci && { "neutral-casci": neutral.casci.wallTime_ms }),
  ...(neutral.vqe && { "neutral-vqe": neutral.vqe.wallTime_ms }),
  ...(cation && { "cation-casci": cation.casci.wallTime_ms, "cation-vqe": cation.vqe.wallTime_ms }),
});

/** What the ansatz misses of the exact energy of the neutral in the same active space; null where either is missing. */
const vqeMinusCasci = ({ neutral: { vqe, casci } }: IonisationResult): number | null =>
  vqe && casci ? vqe.energy_hartree - vqeBound(casci) : null;

/** The first calculation that did not converge, in words; null where all did. */
function whyNotConverged({ outcome, neutral, cation }: IonisationResult): string | null {
  if (outcome === "converged") return null;
  const { hartreeFock } = neutral;
  if (hartreeFock.outcome === "not-converged") {
    return `Hartree-Fock did not converge in ${hartreeFock.iterations} iterations`;
  }
  for (const [name, vqe] of [["neutral", neutral.vqe] as const, ["cation", cation?.vqe] as const]) {
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
  state: Charge,
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

/** The calculations in an active space, by the role under which the evaluation links to them. */
function* correlated(
  { neutral, cation }: IonisationResult,
  hamiltonian: Link,
): Generator<[role: string, NotebookRecord]> {
  for (const [state, result] of [["neutral", neutral] as const, ["cation", cation] as const]) {
    if (result?.casci)
      yield [`${state}-casci`, seal({ ...casciDraft(state, result.casci), links: [hamiltonian] })];
    if (!result?.vqe) continue;
    const call = backendCall(state, result.vqe, hamiltonian);
    yield [`${state}-backend-call`, call];
    const links = [hamiltonian, { role: "backend-call", target: call.hash }];
    yield [`${state}-vqe`, seal({ ...vqeDraft(state, result.vqe), links })];
  }
}

/** The records of an evaluation: SCF ← Hamiltonian ← CASCI, VQE ← evaluation; a VQE also comes from its backend call. */
export function evaluationRecords(result: IonisationResult, origin: EvaluationOrigin): Made {
  const scf = seal({
    ...scfDraft(result.neutral),
    links: [{ role: "geometry", target: origin.input.conformer }],
  });
  const records: NotebookRecord[] = [scf];
  const links = [
    { role: "geometry", target: origin.input.conformer },
    { role: "scf", target: scf.hash },
  ];
  const { activeSpace, build, backend } = result.neutral;
  if (activeSpace) {
    const from = [{ role: "orbitals", target: scf.hash }];
    const { integralsHash: integrals } = result.neutral;
    const content = { activeSpace, ...(integrals && { integrals }) };
    const hamiltonian = seal({ kind: "hamiltonian", content, links: from });
    const link = { role: "hamiltonian", target: hamiltonian.hash };
    records.push(hamiltonian);
    links.push(link);
    for (const [role, record] of correlated(result, link)) {
      records.push(record);
      links.push({ role, target: record.hash });
    }
  }
  const { outcome, vertical_hartree, verticalCasci_hartree, koopmans_hartree } = result;
  const content = {
    ...origin,
    ...{ outcome, vertical_hartree, verticalCasci_hartree, koopmans_hartree, build, backend },
    vqeMinusCasci_hartree: vqeMinusCasci(result),
    reason: whyNotConverged(result),
  };
  const evaluation = seal({ kind: "evaluation", content, links });
  return { records: [...records, evaluation], result: evaluation, timings_ms: times(result) };
}

/** An evaluation as its records have it, put together again: earlier ones lack members that came later. */
export function writtenEvaluation(db: Database, record: number): JsonObject {
  const stored = readRecord(db, record);
  const content = EvaluationContent.parse(stored.content);
  const time = timings(db, stored.event);
  const linked = (role: string): StoredRecord | undefined => linkedFrom(db, record, role)[0];
  const calculation = (role: string): JsonObject | null => {
    const found = linked(role);
    if (!found) return null;
    const { state: _, ...rest } = found.content;
    const trace = found.kind === "vqe" && {
      trace_hartree: float64Values(readPart(db, found.id, "trace_hartree")),
    };
    return { ...rest, ...trace, wallTime_ms: time[role] ?? 0 };
  };
  const scf = linked("scf");
  if (!scf) throw new Error(`evaluation ${stored.hash} without an SCF`);
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, ...ofField } = scf.content;
  const { properties, mp2, ...hartreeFock } = ofField;
  const orbitalEnergies_hartree = float64Values(readPart(db, scf.id, "orbitalEnergies_hartree"));
  const hamiltonian = linked("hamiltonian")?.content;
  const neutral = written({
    ...{ basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, properties },
    mp2: mp2 && { ...(mp2 as JsonObject), wallTime_ms: time.mp2 ?? 0 },
    hartreeFock: { ...hartreeFock, orbitalEnergies_hartree, wallTime_ms: time.scf ?? 0 },
    activeSpace: hamiltonian?.activeSpace ?? null,
    integralsHash: hamiltonian?.integrals,
    casci: calculation("neutral-casci"),
    vqe: calculation("neutral-vqe"),
    backend: content.backend,
    build: content.build,
    wallTime_ms: time.neutral ?? 0,
  });
  const casci = calculation("cation-casci");
  const vqe = calculation("cation-vqe");
  const { outcome, vertical_hartree, verticalCasci_hartree, koopmans_hartree } = content;
  return {
    ...{ outcome, vertical_hartree, verticalCasci_hartree, koopmans_hartree },
    neutral,
    cation: casci && vqe ? { casci, vqe } : null,
  };
}

const written = (members: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;

/** An evaluation from its records; null, or the default of then, where an earlier one lacks a member. */
export const readEvaluation = (db: Database, record: number): IonisationResult =>
  IonisationResult.parse(writtenEvaluation(db, record));
