/** Which component of a molecule of several is computed. */
import type { ComponentChoice } from "#shared/campaign/campaign.ts";
import { netCharge } from "../descriptors/formula.ts";
import { type MoleculeGraph, readGraph } from "../toolkit/graph.ts";
import { type InvalidMolecule, invalid, isInvalid } from "../toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit } from "../toolkit/rdkit.ts";

interface Component {
  smiles: string;
  charge: number;
  /** Whether it has a carbon atom. */
  isOrganic: boolean;
  /** With hydrogens. */
  atoms: number;
  /** Sum of the atomic numbers, hydrogens included: of two of as many atoms the heavier one. */
  weight: number;
}

const CARBON = 6;

function component(smiles: string, { atoms }: MoleculeGraph, charge: number): Component {
  return {
    smiles,
    charge,
    isOrganic: atoms.some(({ z }) => z === CARBON),
    atoms: atoms.reduce((sum, { hydrogens }) => sum + 1 + hydrogens, 0),
    weight: atoms.reduce((sum, { z, hydrogens }) => sum + z + hydrogens, 0),
  };
}

/** Organic before inorganic, more atoms before fewer, heavier before lighter, then by the alphabet: as RDKit's fragment chooser. */
const larger = (a: Component, b: Component): number =>
  Number(b.isOrganic) - Number(a.isOrganic) ||
  b.atoms - a.atoms ||
  b.weight - a.weight ||
  (a.smiles < b.smiles ? -1 : 1);

const WANTED: Record<"largest-organic" | "cation" | "anion", (found: Component) => boolean> = {
  "largest-organic": () => true,
  cation: ({ charge }) => charge > 0,
  anion: ({ charge }) => charge < 0,
};

/** Parts of a canonical SMILES: RDKit closes no ring across a dot. */
function componentsOf(rdkit: RDKit, smiles: string): Component[] | InvalidMolecule {
  const found: Component[] = [];
  for (const part of smiles.split(".")) {
    const parsed = parseSmiles(rdkit, part);
    if (isInvalid(parsed)) return parsed;
    using mol = parsed;
    const graph = readGraph(mol);
    found.push(component(mol.get_smiles(), graph, netCharge(graph)));
  }
  return found;
}

function wantedComponent(
  rdkit: RDKit,
  components: readonly Component[],
  choice: Exclude<ComponentChoice, "as-given">,
): Component | InvalidMolecule {
  const names = components.map(({ smiles }) => smiles).join(", ");
  if (typeof choice === "string") {
    const [largest] = components.filter(WANTED[choice]).toSorted(larger);
    return largest ?? invalid(`none of its components is the ${choice} asked for: ${names}`);
  }
  const parsed = parseSmiles(rdkit, choice.smiles);
  if (isInvalid(parsed)) return parsed;
  using mol = parsed;
  const smiles = mol.get_smiles();
  return (
    components.find((one) => one.smiles === smiles) ??
    invalid(`none of its components is ${smiles}: ${names}`)
  );
}

/**
 * The component of a molecule that is computed, to be freed.
 *
 * @returns undefined where the molecule is one component or none is to be chosen; invalid where it has none that is asked for
 */
export function chosenComponent(
  rdkit: RDKit,
  mol: Mol,
  choice: ComponentChoice = "as-given",
): Mol | InvalidMolecule | undefined {
  const smiles = mol.get_smiles();
  if (choice === "as-given" || !smiles.includes(".")) return undefined;
  const components = componentsOf(rdkit, smiles);
  if (isInvalid(components)) return components;
  const wanted = wantedComponent(rdkit, components, choice);
  return isInvalid(wanted) ? wanted : parseSmiles(rdkit, wanted.smiles);
}
