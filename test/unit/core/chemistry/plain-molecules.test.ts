/** What own code says of plain molecules against RDKit's WebAssembly build, which it stands in for. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { CrippenType } from "#core/chemistry/descriptors/crippen.ts";
import { compileDescriptors, rdkitDescriptors } from "#core/chemistry/descriptors/rdkit-descriptors.ts";
import { plainMolecule } from "#core/chemistry/patterns/plain-molecule.ts";
import { matchesAnywhere, readSmarts } from "#core/chemistry/patterns/smarts.ts";
import { readGraph } from "#core/chemistry/toolkit/graph.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { filtersDirectory } from "./open.ts";

const read = <T>(name: string): T => JSON.parse(readFileSync(join(filtersDirectory, name), "utf8")) as T;
const lines = (file: string): string[] =>
  readFileSync(new URL(file, import.meta.url), "utf8")
    .split("\n")
    .filter(Boolean);

/** Centres that are some through others alone, bridges, spiro atoms, charges, aromatic nitrogens and oxygens, water. */
const HARD =
  `C[C@H]1CC[C@@H](C)CC1 CC(C)(C)[C@@H](O)N1O[C@H]2CC[C@@H]1CC2 C[C@H](O)[C@H](O)[C@@H](C)O C1CC2CCC1CC2 C1CCC2(CC1)OCCO2
  C[N+](=O)[O-] [O-]c1ccccc1 CN=[N+]=[N-] [NH3+]CC([O-])=O O [OH3+] On1cccc1 c1cc[nH]c1 C[n+]1ccccc1 O=c1cccco1 FC(F)(F)C(F)(F)F
  CS(=O)(=O)N(C)C=O CNC(=N)N CC(=O)OO C1CN1C C1CO1 [B-](F)(F)(F)F CI(=O)=O c1ccc2c(c1)C1CC2C=C1`.split(/\s+/);
const { molecules } = JSON.parse(
  readFileSync(new URL("../../../reference/rdkit-descriptors.json", import.meta.url), "utf8"),
) as { molecules: { smiles: string }[] };
const SMILES = [...lines("./molecules.smi"), ...HARD, ...molecules.map(({ smiles }) => smiles)];

const rdkit = await loadRdkit();
const parsed = SMILES.flatMap((smiles) => {
  const mol = rdkit.get_mol(smiles);
  if (!mol) return [];
  const graph = readGraph(mol);
  return [{ smiles, mol, graph, plain: plainMolecule(graph) }];
});
const plain = parsed.flatMap((one) => (one.plain ? [{ ...one, plain: one.plain }] : []));

describe("Plain molecules", () => {
  it("are most, but none with metals, isotopes, radicals or atoms of hydrogen", () => {
    expect(plain.length).toBeGreaterThan(500);
    for (const smiles of ["[Na]Cl", "[13CH4]", "[CH3]", "[H][H]", "*C", "C[Si](C)(C)C"]) {
      using mol = rdkit.get_mol(smiles);
      expect(mol && plainMolecule(readGraph(mol))).toBeUndefined();
    }
  });

  it("have every descriptor that RDKit computes, to the last digit", () => {
    const model = compileDescriptors(rdkit, read<CrippenType[]>("crippen.json"));
    for (const { smiles, mol, graph, plain: molecule } of plain) {
      const theirs = JSON.parse(mol.get_descriptors()) as Record<string, number>;
      const ours = rdkitDescriptors({ mol, graph, plain: molecule }, model);
      const expected = Object.fromEntries(Object.keys(ours).map((name) => [name, theirs[name]]));
      expect({ smiles, ...ours }).toEqual({ smiles, ...expected });
    }
  });

  it("contain the patterns of the catalogues that RDKit finds in them", () => {
    const alerts = ["alerts.json", "reactive.json"].flatMap((name) => read<{ smarts: string }[]>(name));
    const { alertSmarts, acceptorSmarts } = read<Record<string, string[]>>("qed.json");
    const texts = [...alerts.map(({ smarts }) => smarts), ...(alertSmarts ?? []), ...(acceptorSmarts ?? [])];
    const readable = texts.flatMap((text) => {
      const own = readSmarts(text);
      return own ? [{ text, own }] : [];
    });
    expect(readable.length).toBeGreaterThan(900);
    // A quarter: RDKit takes most of a minute for all.
    const some = plain.filter((_, i) => i % 4 === 0);
    const wrong: string[] = [];
    for (const { text, own } of readable) {
      using query = rdkit.get_qmol(text);
      if (!query) throw new Error(`${text}: not read`);
      for (const { smiles, mol, plain: molecule } of some)
        if (matchesAnywhere(own, molecule) !== (mol.get_substruct_match(query) !== "{}"))
          wrong.push(`${text} in ${smiles}`);
    }
    expect(wrong).toEqual([]);
  }, 60_000);

  it.each(["[H]", "C[H]", "[$([H])]", "[H1]", "[!H]", "[C,H]"])(
    "are found to have %s as RDKit finds it",
    (text) => {
      using query = rdkit.get_qmol(text);
      const own = readSmarts(text);
      for (const { smiles, mol, plain: molecule } of plain.slice(0, 50))
        expect({ smiles, isFound: matchesAnywhere(own!, molecule) }).toEqual({
          ...{ smiles, isFound: mol.get_substruct_match(query!) !== "{}" },
        });
    },
  );

  it.each(["C.C", "[12C]", "[r5]", "C@", "C1CC", "C(C", "C)C", "(C)C", "1CC1", "[C", "[Xx]", ""])(
    "are not looked through for %s",
    (text) => {
      expect(readSmarts(text)).toBeUndefined();
    },
  );
});
