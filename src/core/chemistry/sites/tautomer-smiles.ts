/** Tautomers of a SMILES, as SMILES, the likeliest first. */
import { marksBond } from "#shared/molecule/marked-bond.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";
import type { PlacedBond } from "./placed-graph.ts";
import { tautomericBonds } from "./tautomers.ts";

/** Forms that are looked at; the rest of a molecule that has more is not counted. */
export const MOST_FORMS = 50;

const COUNTS_LINE = 3;

/**
 * What makes a form likely, and how much each match counts: of MolVS (M. Swain) and RDKit's TautomerScoringFunctions. Rings count
 * here where they are aromatic and of five or six atoms.
 */
const SCORES: readonly (readonly [smarts: string, score: number])[] = [
  ["c1ccccc1", 250],
  ["[a]1[a][a][a][a]1", 100],
  ["[n,o,s]1[a][a][a][a][a]1", 100],
  ["O=C1C=CC(=O)C=C1", 25],
  ["[#6]=[N][OH]", 4],
  ["[#6]=,:[#8]", 2],
  ["[#7]=,:[#8]", 2],
  ["[#15]=,:[#8]", 2],
  ["[C]=[!#1;!#6]", 1],
  ["[C](=[!#1;!#6])[!#1;!#6]", 2],
  ["[c]=!@[N]", -1],
  ["[CX4H3]", 1],
  ["[#7]C(=[NR0])[#7H0]", 1],
  ["[#7;R][#6;R]([N])=[#7;R]", 2],
  ["[#6]=[N+]([O-])[OH]", -4],
  ["[#15,#16,#34,#52;!H0]", -1],
];

export interface TautomersFound {
  /** Canonical, without the molecule itself. */
  smiles: string[];
  /** Further ones among the forms that are looked at, left out. */
  more: number;
}

/** A bond line of the molblock with another order or other ends; a new double bond has no side, a moved one is no wedge. */
function bondLine(before: string, { atoms: [a, b], order }: PlacedBond): string {
  const [begin, end, was] = [0, 3, 6].map((at) => Number(before.slice(at, at + 3)));
  if (begin === a + 1 && end === b + 1 && was === order) return before;
  const stereo = order === 2 ? 3 : 0;
  return [a + 1, b + 1, order, stereo].map((number) => String(number).padStart(3)).join("");
}

function withBonds(molblock: string, bonds: readonly PlacedBond[]): string {
  const lines = molblock.split("\n");
  const first = COUNTS_LINE + 1 + Number(lines[COUNTS_LINE]?.slice(0, 3));
  for (const [k, bond] of bonds.entries()) lines[first + k] = bondLine(lines[first + k] ?? "", bond);
  return lines.join("\n");
}

const WITHOUT_HYDROGENS = JSON.stringify({ removeHs: true });

/** Runs `use` with the molecule; undefined where it is none. */
function withMol<T>(rdkit: RDKit, text: string, use: (mol: Mol) => T): T | undefined {
  const mol = rdkit.get_mol(text, WITHOUT_HYDROGENS);
  if (!mol) return undefined;
  try {
    return mol.is_valid() ? use(mol) : undefined;
  } finally {
    mol.delete();
  }
}

/** Of each other form its canonical SMILES, once. Centres and double bonds that no shift touches keep their stereo, what a shift makes is open. */
function otherForms(rdkit: RDKit, mol: Mol, scoreOf: (form: Mol) => number): Map<string, number> {
  const itself = mol.get_smiles();
  const scores = new Map<string, number>();
  const paper = mol.add_hs();
  for (const bonds of tautomericBonds(paper, MOST_FORMS))
    withMol(rdkit, withBonds(paper, bonds), (form) => {
      const smiles = form.get_smiles();
      if (smiles !== itself && !scores.has(smiles)) scores.set(smiles, scoreOf(form));
    });
  return scores;
}

/** Looks for tautomers with patterns that are compiled once; give it back with `using`. */
export function tautomerFinder(rdkit: RDKit) {
  const patterns = SCORES.flatMap(([smarts, score]) => {
    const pattern = rdkit.get_qmol(smarts);
    return pattern ? [{ pattern, score }] : [];
  });
  const scoreOf = (mol: Mol): number =>
    patterns.reduce((sum, { pattern, score }) => {
      const matches = JSON.parse(mol.get_substruct_matches(pattern)) as unknown;
      return sum + score * (Array.isArray(matches) ? matches.length : 0);
    }, 0);
  return {
    /**
     * Shifts of hydrogens between N, O, S and carbon (tautomers.ts).
     *
     * @param most how many are wanted at most
     * @returns none of what is no molecule, or marks a bond to be broken
     */
    of(smiles: string, most: number): TautomersFound {
      const found = marksBond(smiles)
        ? undefined
        : withMol(rdkit, smiles, (mol) => otherForms(rdkit, mol, scoreOf));
      if (!found) return { smiles: [], more: 0 };
      const likeliest = [...found].sort(([, a], [, b]) => b - a).map(([form]) => form);
      return { smiles: likeliest.slice(0, most), more: Math.max(0, likeliest.length - most) };
    },
    [Symbol.dispose](): void {
      for (const { pattern } of patterns) pattern.delete();
    },
  };
}
