/** Systems with several UHF solutions (test/reference/uhf_hard.json). */
import { lowestField } from "#core/quantum/field/search.ts";
import { openReference, type ReferenceMolecule, readReference } from "./chemistry-reference.ts";

interface HardUhf extends ReferenceMolecule {
  lowest_uhf_hartree: number;
  s_squared: number;
  restricted_hartree: number;
}

export const hardUhf = readReference<{ entries: HardUhf[] }>("uhf_hard.json").entries;

export const hardUhfById = (id: string): HardUhf => hardUhf.find((entry) => entry.id === id)!;

/** The lowest UHF of an entry, and how far it lies from the reference value, Hartree. */
export async function searchOf(entry: HardUhf) {
  using system = await openReference(entry);
  const found = lowestField(system, { kind: "uhf" });
  return { ...found, error: found.scf.energy_hartree - entry.lowest_uhf_hartree };
}
