import { expect, it } from "vitest";
import type { ScfKind } from "#core/quantum/field/scf.ts";
import { lowestField } from "#core/quantum/field/search.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

interface LowestField extends ReferenceMolecule {
  kind: ScfKind;
  energy_hartree: number;
}

/** A flat minimum is converged to its gradient's square. */
const ENERGY_TOLERANCE = 1e-6;

const { entries } = readReference<{ entries: LowestField[] }>("lowest_fields.json");

it.each(entries)("the lowest field of $id is that of an independent program, or lower", async (entry) => {
  using system = await openReference(entry);
  const { scf } = lowestField(system, { kind: entry.kind });
  expect(scf).toMatchObject({ outcome: "converged", stability: { verdict: "stable" } });
  expect(scf.energy_hartree - entry.energy_hartree).toBeLessThan(ENERGY_TOLERANCE);
});
