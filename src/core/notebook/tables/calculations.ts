/** Calculations of single molecules and Hamiltonians, as the notebook keeps them. */
import { sql } from "kysely";
import { z } from "zod";
import {
  type CalculationId,
  type CalculationPage,
  CalculationStanding,
} from "#shared/quantum/calculation.ts";
import type { Database } from "../file/database.ts";
import { toHex } from "../proof/hash.ts";

/** Raised whenever the same job would be answered otherwise; states of campaigns have a version of their own. */
export const CALCULATION_VERSION = 1;

/** What its record says; job, result and orbitals are its parts. One that was cancelled has what it had found. */
export const CalculationContent = CalculationStanding.omit({
  state: true,
  progress: true,
  expected: true,
  error: true,
  record: true,
}).extend({
  state: z.enum(["done", "cancelled"]).default("done"),
  calculationVersion: z.number().int(),
  program: z.string(),
});
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
  const standing = { progress: null, expected: null, error: null };
  return { id, calculation: { ...said, ...standing, record: toHex(hash) } };
}

/** From the `first` on, from 0, the newest first. */
export function listCalculations(
  db: Database,
  { first, count }: { first: number; count: number },
): CalculationPage {
  const rows = db.all(ofKind(db).orderBy("id", "desc").limit(count).offset(first));
  const [all] = db.all(
    db.sql.selectFrom("record").select(sql<number>`count(*)`.as("total")).where("kind", "=", "calculation"),
  );
  return { calculations: rows.map((row) => kept(row).calculation), total: all?.total ?? 0 };
}

/** undefined where the notebook keeps none of that id. */
export function findCalculation(db: Database, id: CalculationId): KeptCalculation | undefined {
  const [row] = db.all(ofKind(db).where(sql`json_extract(content, '$.id')`, "=", id));
  return row && kept(row);
}
