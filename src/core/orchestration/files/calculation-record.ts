/** A calculation as a record of the notebook: what it was asked, what it found and its orbitals are parts. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Notebook } from "#core/notebook/notebook.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { CALCULATION_VERSION, CalculationContent } from "#core/notebook/tables/calculations.ts";
import { findPart, readPart } from "#core/notebook/tables/records.ts";
import type { KeptOrbitals } from "#core/quantum/evaluate/surface.ts";
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

/** @param record its number */
export function readCalculation(
  db: Database,
  record: number,
): { job: CalculationJob; found: FoundCalculation } {
  const sets = ShownOrbitals.array().parse(decode(readPart(db, record, "orbital-sets")));
  const orbitals = sets.map((set, k) => ({
    ...set,
    columns: Float64Array.from(float64Values(readPart(db, record, `orbitals-${k}`))),
  }));
  // Records of before vibrations were drawn have none.
  const modes = findPart(db, record, "modes");
  return {
    job: CalculationJob.parse(decode(readPart(db, record, "job"))),
    found: {
      result: CalculationResult.parse(decode(readPart(db, record, "result"))),
      orbitals: orbitals.length > 0 ? orbitals : null,
      modes: modes ? Float64Array.from(float64Values(modes)) : null,
    },
  };
}
