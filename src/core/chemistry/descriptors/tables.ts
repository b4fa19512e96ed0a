/** The data under resources/filters, read and compiled once. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AlertDefinition, type CompiledAlerts, compileAlerts } from "../patterns/alerts.ts";
import type { RDKit } from "../toolkit/rdkit.ts";
import { compileQed, type QedModel, type QedParameters } from "./qed.ts";
import { type FragmentScores, readFragmentScores } from "./sa-score.ts";

export interface FilterTables {
  readonly alerts: CompiledAlerts;
  readonly qed: QedModel;
  readonly fragments: FragmentScores;
}

/** @param directory resources/filters */
export async function loadTables(rdkit: RDKit, directory: string): Promise<FilterTables> {
  const [published, reactive, qed, fragments] = await Promise.all([
    readFile(join(directory, "alerts.json"), "utf8"),
    readFile(join(directory, "reactive.json"), "utf8"),
    readFile(join(directory, "qed.json"), "utf8"),
    readFile(join(directory, "sa-fragments.bin.gz")),
  ]);
  return {
    alerts: compileAlerts(
      rdkit,
      [published, reactive].flatMap((file) => JSON.parse(file) as AlertDefinition[]),
    ),
    qed: compileQed(rdkit, JSON.parse(qed) as QedParameters),
    fragments: readFragmentScores(fragments),
  };
}

/** Frees every compiled pattern. */
export function freeTables({ alerts, qed }: FilterTables): void {
  for (const { pattern } of alerts) pattern.query.delete();
  for (const { query } of [...qed.acceptors, ...qed.alerts]) query.delete();
}
