/** A calculation as a record of the notebook: what it was asked, what it found and its orbitals are parts. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { CALCULATION_VERSION, CalculationContent } from "#core/notebook/tables/calculations.ts";
import { findPart, readPart } from "#core/notebook/tables/records.ts";
import type { KeptOrbitals } from "#core/quantum/evaluate/surface.ts";
import { DomainError } from "#shared/errors.ts";
import type { Sha256 } from "#shared/ids.ts";
import { CalculationJob, CalculationResult, type CalculationStanding } from "#shared/quantum/calculation.ts";
import { ShownOrbitals } from "#shared/quantum/orbitals.ts";

export interface FoundCalculation {
  result: CalculationResult;
  orbitals: readonly KeptOrbitals[] | null;
  /** Displacements in each vibration, [vibrations, 3n], each of length 1 over all atoms; null where none are known. */
  modes: Float64Array | null;
}

const encode = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
const decode = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));

/** @throws DomainError notebook-damaged, disk-full */
export function keepCalculation(
  notebook: Notebook,
  {
    ended,
    job,
    found: { result, orbitals, modes },
    program,
  }: { ended: CalculationStanding; job: CalculationJob; found: FoundCalculation; program: string },
): Sha256 {
  const { progress: _p, expected: _e, error: _r, record: _h, ...said } = ended;
  const content = CalculationContent.parse({ ...said, calculationVersion: CALCULATION_VERSION, program });
  const sets = (orbitals ?? []).map(({ columns: _c, ...set }) => set);
  const columns = (orbitals ?? []).map((set, k) => [`orbitals-${k}`, float64Bytes(set.columns)] as const);
  const record = seal({
    kind: "calculation",
    content,
    parts: {
      job: encode(job),
      result: encode(result),
      "orbital-sets": encode(sets),
      ...Object.fromEntries(columns),
      ...(modes && { modes: float64Bytes(modes) }),
    },
  });
  notebook.append({ kind: "calculated", record: record.hash }, [record]);
  return record.hash;
}

const readJob = (db: Database, record: number): CalculationJob =>
  CalculationJob.parse(decode(readPart(db, record, "job")));
const readResult = (db: Database, record: number): CalculationResult =>
  CalculationResult.parse(decode(readPart(db, record, "result")));

/** @param record its number */
export function readCalculation(
  db: Database,
  record: number,
): { job: CalculationJob; found: Omit<FoundCalculation, "modes"> } {
  const sets = ShownOrbitals.array().parse(decode(readPart(db, record, "orbital-sets")));
  const orbitals = sets.map((set, k) => ({
    ...set,
    columns: Float64Array.from(float64Values(readPart(db, record, `orbitals-${k}`))),
  }));
  return {
    job: readJob(db, record),
    found: { result: readResult(db, record), orbitals: orbitals.length > 0 ? orbitals : null },
  };
}

/**
 * How the atoms move in each vibration, [vibrations, 3n]; null where that is not known.
 *
 * @param record its number
 * @throws DomainError notebook-damaged where they are not as many as its result and its job say, or not finite
 */
export function readModes(db: Database, record: number): Float64Array<ArrayBuffer> | null {
  const bytes = findPart(db, record, "modes");
  // Records of before vibrations were drawn have none.
  if (!bytes) return null;
  const modes = Float64Array.from(float64Values(bytes));
  const job = readJob(db, record);
  const atoms = job.kind === "energy" ? job.request.geometry.symbols.length : 0;
  const vibrations = readResult(db, record).energy?.vibrations?.frequencies_per_cm.length ?? 0;
  const expected = vibrations * 3 * atoms;
  if (modes.length === expected && modes.every(Number.isFinite)) return modes;
  throw new DomainError(
    "notebook-damaged",
    `The record of this calculation is damaged: expected ${expected} finite displacements for ${vibrations} vibrations of ${atoms} atoms, got ${modes.filter(Number.isFinite).length} of ${modes.length}. Calculate it anew, or restore a backup of the notebook.`,
    { record },
  );
}
