/** A molecule in the form that models learn: its main component, neutral, without stereo marks. */

import { unheldStereo } from "#core/chemistry/stereo/unheld-stereo.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { type JsonAtom, type JsonMolecule, partOf } from "./molecule-json.ts";

export type Standardised =
  | {
      outcome: "standardised";
      smiles: string;
      saltRemoved: boolean;
      neutralised: boolean;
      stereoRemoved: boolean;
    }
  | { outcome: "dropped"; reason: string };

/** Heavier molecules are outside what the models know and the evaluator can do. */
const MAX_HEAVY_ATOMS = 100;
const WITHOUT_STEREO = JSON.stringify({ doIsomericSmiles: false });

/**
 * Keeps the component with the most heavy atoms, adds or removes protons where that makes an atom neutral (nitro groups, N-oxides and
 * the like keep their balanced charges), and writes canonical SMILES without stereo and isotope marks.
 */
export function standardiseSmiles(rdkit: RDKit, smiles: string): Standardised {
  const parsed = parseSmiles(rdkit, smiles);
  if (isInvalid(parsed)) return dropped(`not a SMILES: ${parsed.reason}`);
  using mol = parsed;
  const found = standardise(rdkit, mol);
  // RDKit holds no handedness of allenes and no square planes: these marks are seen in the text alone.
  return found.outcome === "standardised" && unheldStereo(smiles) !== undefined
    ? { ...found, stereoRemoved: true }
    : found;
}

export function standardise(rdkit: RDKit, mol: Mol): Standardised {
  const json = JSON.parse(mol.get_json()) as { molecules: [JsonMolecule] };
  const [whole] = json.molecules;
  if (whole.atoms.length === 0) return dropped("no atoms");
  const main = largestComponent(whole);
  if (main.atoms.length > MAX_HEAVY_ATOMS) return dropped(`more than ${MAX_HEAVY_ATOMS} heavy atoms`);
  if (main.atoms.some((atom) => atom.z === 0)) return dropped("an atom without an element (*, R or a query)");
  if (main.bonds?.some(({ bo = 1 }) => bo < 1 || bo > 3))
    return dropped("a bond that is not single, double, triple or of an aromatic ring");
  const neutralised = neutralise(main);
  if (main.atoms.some((atom) => atom.nRad)) return dropped("radical");
  if (hasLoneCharge(main)) return dropped("charged");
  json.molecules[0] = main;
  using result = rdkit.get_mol(JSON.stringify(json));
  if (!result) return dropped("not a molecule after neutralisation");
  // Read once more: without its isotopes a hydrogen atom is implicit again.
  using clean = rdkit.get_mol(result.get_smiles(WITHOUT_STEREO));
  if (!clean) return dropped("not a molecule without its stereo marks");
  const smiles = clean.get_smiles(WITHOUT_STEREO);
  return {
    outcome: "standardised",
    smiles,
    saltRemoved: main.atoms.length < whole.atoms.length,
    neutralised,
    stereoRemoved: /[@/\\]/.test(mol.get_smiles()),
  };
}

const dropped = (reason: string): Standardised => ({ outcome: "dropped", reason });

function neighboursOf({ atoms, bonds = [] }: JsonMolecule): number[][] {
  const lists: number[][] = atoms.map(() => []);
  for (const {
    atoms: [a, b],
  } of bonds) {
    lists[a]!.push(b);
    lists[b]!.push(a);
  }
  return lists;
}

/** The first component of the largest size. */
function largestComponent(molecule: JsonMolecule): JsonMolecule {
  const neighbours = neighboursOf(molecule);
  const component = new Array<number>(molecule.atoms.length).fill(-1);
  let best: number[] = [];
  for (const start of molecule.atoms.keys()) {
    if (component[start] !== -1) continue;
    const members = [start];
    component[start] = start;
    for (const atom of members)
      for (const other of neighbours[atom]!)
        if (component[other] === -1) {
          component[other] = start;
          members.push(other);
        }
    if (members.length > best.length) best = members;
  }
  return partOf(molecule, new Set(best));
}

/** Whether an atom's charge has no opposite charge beside it. */
const isLone = (molecule: JsonMolecule, neighbours: readonly number[], atom: JsonAtom) =>
  !neighbours.some((other) => (molecule.atoms[other]!.chg ?? 0) * (atom.chg ?? 0) < 0);

/** N, O, P, S, As, Se: what lost a proton keeps the pair of electrons. A carbocation would become a carbene. */
const PAIR_DONORS = new Set([7, 8, 15, 16, 33, 34]);

const maySpareProton = ({ z = 6, impHs = 0 }: JsonAtom): boolean => PAIR_DONORS.has(z) && impHs > 0;

function neutralise(molecule: JsonMolecule): boolean {
  const neighbours = neighboursOf(molecule);
  let changed = false;
  for (const [i, atom] of molecule.atoms.entries()) {
    while (atom.chg && isLone(molecule, neighbours[i]!, atom) && (atom.chg < 0 || maySpareProton(atom))) {
      const step = Math.sign(atom.chg);
      atom.chg -= step;
      atom.impHs = (atom.impHs ?? 0) - step;
      changed = true;
    }
  }
  return changed;
}

function hasLoneCharge(molecule: JsonMolecule): boolean {
  const neighbours = neighboursOf(molecule);
  return molecule.atoms.some((atom, i) => atom.chg && isLone(molecule, neighbours[i]!, atom));
}
