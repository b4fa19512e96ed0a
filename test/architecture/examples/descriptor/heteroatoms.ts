/** A toy descriptor: all that a new one is. `entry` goes into src/shared/molecule/descriptors.ts, `value` into core/chemistry/descriptors/values.ts. */
import type { DescriptorEntry } from "#shared/molecule/descriptors.ts";

export const id = "heteroatoms";

export const entry = {
  title: "Heteroatoms",
  symbol: "Het",
  meaning: "Atoms other than carbon and hydrogen",
  values: "whole",
  decimals: { export: 0, page: 0, table: 0, report: 0 },
  exportName: "hetero_atoms",
  column: "heteroatom_count",
  since: 9,
  bounds: { rule: "heteroatoms", sides: ["min", "max"], least: 0 },
} as const satisfies DescriptorEntry;

export const value = ({ graph }: { graph: { atoms: readonly { z: number }[] } }): number =>
  graph.atoms.filter(({ z }) => z !== 1 && z !== 6).length;
