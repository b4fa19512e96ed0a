/** Calculations of single molecules and Hamiltonians, as the notebook keeps them. */
import { sql } from "kysely";
import { z } from "zod";
import { type CalculationId, CalculationStanding } from "#shared/quantum/calculation.ts";
import type { Database } from "../file/database.ts";
import { toHex } from "../proof/hash.ts";

/** Raised whenever the same job would be answered otherwise; states of campaigns have a version of their own. */
export const CALCULATION_VERSION = 1;

/** What its record says; job, result and orbitals are its parts. */
export const CalculationContent = CalculationStanding.omit({
  state: true,
  progress: true,
  expected: true,
  error: true,
  record: true,
}).extend({ calculationVersion: z.number().int(), program: z.string() });
export type CalculationContent = z.infer<typeof CalculationContent>;

interface KeptCalculation {
  /** The number of its record. */
  id: number;
  calculation: CalculationStanding;
}

const ofKind = (db: Database) =>
  db.sql.selectFrom("record").select(["id", "hash", "content"]).where("kind", "=", "calculation");

function kept({ id, hash, content }: { id: number; hash: Buffer; content: string }): KeptCalculation {
  const { calculationVersion: _, program: _program, ...said } = CalculationContent.parse(JSON.parse(content));
  const standing = { state: "done", progress: null, expected: null, error: null } as const;
  return { id, calculation: { ...said, ...standing, record: toHex(hash) } };
}

/** The newest first. */
export const listCalculations = (db: Database, count: number): CalculationStanding[] =>
  db.all(ofKind(db).orderBy("id", "desc").limit(count)).map((row) => kept(row).calculation);

/** undefined where the notebook keeps none of that id. */
export function findCalculation(db: Database, id: CalculationId): KeptCalculation | undefined {
  const [row] = db.all(ofKind(db).where(sql`json_extract(content, '$.id')`, "=", id));
  return row && kept(row);
}
