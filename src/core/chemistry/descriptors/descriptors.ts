/** Descriptors of a parsed molecule. */
import { DESCRIPTOR_IDS, type DescriptorId } from "#shared/molecule/descriptor-lists.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { molecularFormula } from "./formula.ts";
import { DESCRIPTOR_VALUES, type DescribedMolecule } from "./values.ts";

/**
 * Computes every descriptor of the table.
 *
 * Cost: 0.3 ms for nine heavy atoms, about 1 ms for a drug.
 */
export function descriptorsOf(molecule: Omit<DescribedMolecule, "rdkit">): Required<Descriptors> {
  const described = { ...molecule, rdkit: JSON.parse(molecule.mol.get_descriptors()) };
  const values = DESCRIPTOR_IDS.map((id) => [id, DESCRIPTOR_VALUES[id](described)]);
  return {
    formula: molecularFormula(molecule.graph),
    ...(Object.fromEntries(values) as Record<DescriptorId, number>),
  };
}
