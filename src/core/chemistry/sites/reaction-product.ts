/** What a reaction makes of one molecule: RDKit's reaction SMARTS, hydrogens written out. */
import { isInvalid } from "../toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit, withReason } from "../toolkit/rdkit.ts";

/** Alike atoms react each in turn. */
const MOST_PRODUCTS = 1000;

export type ReactionProduct =
  | { readonly smiles: string }
  | { readonly reason: "no-reaction" | "no-product"; readonly detail: string };

/** With hydrogens as atoms, so that a reaction can take them. */
function withHydrogens(rdkit: RDKit, smiles: string): Mol | null {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return null;
  using plain = parsed;
  return rdkit.get_mol(plain.add_hs(), JSON.stringify({ removeHs: false }));
}

/** Canonical SMILES of what each way of reacting gives, each once; null for what is no molecule. None for no reaction of one molecule. */
function outcomes(rdkit: RDKit, smiles: string, reaction: string): (string | null)[] | undefined {
  using found = rdkit.get_rxn(reaction);
  if (!found) return undefined;
  using reactant = withHydrogens(rdkit, smiles);
  if (!reactant) return [];
  using reactants = new rdkit.MolList();
  reactants.append(reactant);
  // RDKit refuses here, not above, a reaction of several molecules, and one without a product.
  const ran = withReason(rdkit, () => found.run_reactants(reactants, MOST_PRODUCTS));
  if ("reason" in ran) return undefined;
  using products = ran.value;
  const each = Array.from({ length: products.size() }, (_, k) => {
    using list = products.get(k) ?? new rdkit.MolList();
    const parts = Array.from({ length: list.size() }, (_, n) => {
      using part = list.at(n);
      return part?.get_smiles() ?? "";
    });
    const parsed = parseSmiles(rdkit, parts.join("."));
    if (isInvalid(parsed)) return null;
    using whole = parsed;
    return whole.get_smiles();
  });
  return [...new Set(each)];
}

/**
 * The one molecule that a reaction of one reactant gives.
 *
 * Refused are several different products, several molecules, and the reactant itself, which a reaction that takes a hydrogen away without
 * saying what is left gives back: RDKit fills the valence up again.
 */
export function reactionProduct(rdkit: RDKit, smiles: string, reaction: string): ReactionProduct {
  const found = outcomes(rdkit, smiles, reaction);
  if (!found)
    return { reason: "no-reaction", detail: `expected a reaction SMARTS of one molecule, got ${reaction}` };
  const refused = (got: string): ReactionProduct => ({
    reason: "no-product",
    detail: `expected one product of ${reaction} from ${smiles}, got ${got}`,
  });
  const [product, ...others] = found;
  if (product === undefined) return refused("none");
  if (others.length > 0)
    return refused(`${found.length}: ${found.map((one) => one ?? "no molecule").join(", ")}`);
  if (product === null) return refused("no molecule");
  if (product.includes(".")) return refused(`several molecules, ${product}`);
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return refused("none");
  using reactant = parsed;
  return reactant.get_smiles() === product ? refused("the reactant") : { smiles: product };
}
