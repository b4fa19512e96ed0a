/** Many different molecules as canonical SMILES: out of a file, or put together from fragments. */
import { readFileSync } from "node:fs";
import { loadRdkit, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { readSmiles } from "./library.ts";

const CORES = [
  "c1ccc(@)cc1",
  "C1CCN(@)CC1",
  "c1cc(@)ncc1",
  "C1CN(@)CCO1",
  "c1c(@)onc1",
  "CC(=O)N(@)",
  "C1CC(@)C1",
  "c1cc(@)oc1",
];
const TAILS = [
  "C",
  "CC",
  "CCC",
  "C(C)C",
  "O",
  "OC",
  "OCC",
  "N",
  "NC",
  "F",
  "Cl",
  "C#N",
  "C#C",
  "CC#C",
  "C(=O)C",
  "C(=O)OC",
  "C(=O)N",
  "CO",
  "CCO",
  "CN",
  "S(=O)(=O)C",
  "CF",
  "CCF",
  "C1CC1",
  "c1ccccc1",
  "N1CCOCC1",
  "CC(C)C",
  "COC",
  "OCF",
  "C=C",
  "CC=C",
  "NC(=O)C",
  "OC(C)C",
  "SC",
  "CSC",
  "c1ccncc1",
  "C1CCC1",
  "CC(=O)O",
  "NS(=O)(=O)C",
  "CCOC",
];
/** Written so that the last atom binds to what follows. */
const HEADS = ["C", "CC", "CO", "CN(C)", "N#C", "F", "Cl", "CCO", "FC(F)(F)", "OC"];

/** Molecule n: head, core, tail, and a chain that grows when those are used up; some are the same in other words. */
function smilesOf(n: number): string {
  const core = CORES[n % CORES.length]!;
  const tail = TAILS[Math.floor(n / CORES.length) % TAILS.length]!;
  const head = HEADS[Math.floor(n / (CORES.length * TAILS.length)) % HEADS.length]!;
  const round = Math.floor(n / (CORES.length * TAILS.length * HEADS.length));
  const linker = `${"C".repeat(round % 8)}${"OC".repeat(Math.floor(round / 8))}`;
  return `${head}${core.replace("@", `${linker}${tail.replaceAll("1", "2")}`)}`;
}

function* putTogether(): Generator<string> {
  for (let n = 0; ; n++) yield smilesOf(n);
}

function canonical(rdkit: RDKit, smiles: string): string | undefined {
  using mol = rdkit.get_mol(smiles);
  return mol?.get_smiles();
}

/** The first `count` different molecules. @param data a CSV or SMILES file, gzipped or not */
export async function canonicalMolecules(count: number, data?: string): Promise<string[]> {
  const rdkit = await loadRdkit();
  const found = new Set<string>();
  for (const smiles of data === undefined ? putTogether() : readSmiles(readFileSync(data), data)) {
    if (found.size === count) break;
    const molecule = canonical(rdkit, smiles);
    if (molecule !== undefined) found.add(molecule);
  }
  if (found.size < count) throw new Error(`expected ${count} different molecules, found ${found.size}`);
  return [...found];
}
