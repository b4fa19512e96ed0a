/** The columns of descriptors that came after the first notebook: their migrations are read off the table. */
import assert from "node:assert/strict";
import { DESCRIPTORS, LATER_DESCRIPTORS } from "#shared/molecule/descriptor-lists.ts";

/**
 * Puts the migration of each later descriptor at the place that its entry names (`since`, from 1); those written by hand fill the
 * other places in their order. Where two branches took the same number the one written by hand moves on.
 *
 * @throws AssertionError where a number is taken twice or leaves a gap: it is not that of the newest schema plus one
 */
export function withDescriptorColumns(written: readonly string[]): string[] {
  const rest = [...written];
  const later = new Map(LATER_DESCRIPTORS.map((id) => [DESCRIPTORS[id].since, DESCRIPTORS[id]]));
  assert.equal(later.size, LATER_DESCRIPTORS.length, "two descriptors have the same `since`");
  return Array.from({ length: written.length + later.size }, (_, i) => {
    const entry = later.get(i + 1);
    const sql = entry ? addColumn(entry) : rest.shift();
    assert(sql !== undefined, `\`since\` of a descriptor: expected at most ${i + 1}`);
    return sql;
  });
}

const addColumn = ({ column, values }: { column: string; values: "whole" | "real" }): string =>
  `ALTER TABLE molecule ADD COLUMN ${column} ${values === "whole" ? "INTEGER" : "REAL"};`;
