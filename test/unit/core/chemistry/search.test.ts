import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { screenSmarts } from "#core/chemistry/patterns/plain-smarts.ts";
import { containingAll, mostSimilar, packFingerprints } from "#core/chemistry/similarity/similarity.ts";
import { loadRdkit } from "#core/chemistry/toolkit/rdkit.ts";
import { chemistry } from "./open.ts";

const rdkit = await loadRdkit();
const molecules = readFileSync(new URL("molecules.smi", import.meta.url), "utf8")
  .trim()
  .split("\n");

const canonical = [
  ...molecules,
  ...[
    "C/C=C/C",
    "C/C=C\\C",
    "N[C@@H](C)C(=O)O",
    "N[C@H](C)C(=O)O",
    "c1ccc(-c2ccccc2)cc1",
    "C1CC2CC1C1CC21",
    "CC1=CCCCC1",
    "CC(=O)c1cscc1C(C)=O",
    "COC(=O)C1Nc2ccccc2C2C=CCC12",
    "O=C(Cn1c(=O)[nH]c(=O)c2ccccc21)N1CC=C(c2c[nH]c3ncccc23)CC1",
    "CCCCOC(=O)C(C)n1cnc2sc(-c3ccccc3)cc2c1=O",
    "[O-][N+](=O)C",
  ],
].map((smiles) => {
  using mol = rdkit.get_mol(smiles)!;
  return mol.get_smiles();
});

/** Every kind of thing that SMARTS can ask for. */
const ASKED = [
  ...[
    "c1ccccc1",
    "C=O",
    "c-c",
    "cc",
    "c~n",
    "*",
    "A",
    "a",
    "[!#6;!#1]",
    "[Cl,Br]",
    "[D3]",
    "[X4]",
    "[v4]",
    "[h1]",
    "[+]",
    "[n;H1]",
  ],
  ...[
    "[R]",
    "[R2]",
    "[r3]",
    "[r5]",
    "[x3]",
    "[k5]",
    "C@C",
    "C!@C",
    "[$([R])]",
    "[^2]",
    "[z1]",
    "[$(C=O);r5]",
    "[$([C]),R]",
  ],
  ...["N[C@@H](C)C(=O)O", "C/C=C/C", "C/C=C\\C"],
];

function fingerprint(smiles: string, kind: "morgan" | "pattern"): Uint8Array {
  const found = chemistry.fingerprints(smiles);
  if (found.outcome === "invalid") throw new Error(found.reason);
  return found[kind];
}

const parsed = canonical.map((smiles) => rdkit.get_mol(smiles)!);
const library = packFingerprints(canonical.map((smiles) => fingerprint(smiles, "pattern")));

/** Tanimoto bit by bit: the slow, readable twin. */
function tanimoto(a: Uint8Array, b: Uint8Array): number {
  let both = 0;
  let either = 0;
  for (let bit = 0; bit < 8 * a.length; bit++) {
    const [x, y] = [a, b].map((bytes) => (bytes[bit >> 3]! >> (bit & 7)) & 1);
    both += x! & y!;
    either += x! | y!;
  }
  return either === 0 ? 1 : both / either;
}

const bytes = fc.uint8Array({ minLength: 8, maxLength: 8 });

describe("A query that spells a ring by alternating bonds", () => {
  it.each([
    ["C1=CC=CC=C1", "c1ccccc1"],
    ["O=C1C=CC=CN1", "O=c1ccccn1"],
    ["CC1=CC=CC=C1", "Cc1ccccc1"],
    ["C1=CNC=C1", "c1cncc1"],
    ["C1=CCCCC1", "C1=CCCCC1"],
  ])("finds what %s is, as %s does", (spelled, aromatic) => {
    using one = chemistry.substructureQuery(spelled);
    using other = chemistry.substructureQuery(aromatic);
    expect(one.among(canonical)).toEqual(other.among(canonical));
    expect(one.pattern).toEqual(other.pattern);
  });
});

describe("Similarity", () => {
  it("agrees with counting bit by bit, and loses nothing at any threshold", () => {
    fc.assert(
      fc.property(
        fc.array(bytes, { maxLength: 20 }),
        bytes,
        fc.double({ min: 0, max: 1, noNaN: true }),
        (list, query, threshold) => {
          const expected = list
            .map((one, index) => ({ index, similarity: tanimoto(one, query) }))
            .filter(({ similarity }) => similarity >= threshold)
            .sort((a, b) => b.similarity - a.similarity || a.index - b.index);
          expect(mostSimilar(packFingerprints(list), query, { threshold, limit: 100 })).toEqual(expected);
        },
      ),
    );
  });

  it("finds what is exactly as similar as asked for", () => {
    const withBits = (count: number): Uint8Array =>
      Uint8Array.from({ length: 8 }, (_, i) => (1 << Math.min(8, Math.max(0, count - 8 * i))) - 1);
    for (let either = 1; either <= 64; either++)
      for (let both = 0; both <= either; both++) {
        const found = mostSimilar(packFingerprints([withBits(both)]), withBits(either), {
          threshold: both / either,
          limit: 1,
        });
        expect(found).toEqual([{ index: 0, similarity: both / either }]);
      }
  });

  it("finds a molecule first when asked for it", () => {
    const library = packFingerprints(molecules.map((smiles) => fingerprint(smiles, "morgan")));
    const aspirin = molecules.indexOf("CC(=O)Oc1ccccc1C(=O)O");
    const [first, ...others] = mostSimilar(library, fingerprint("OC(=O)c1ccccc1OC(C)=O", "morgan"), {
      threshold: 0.4,
      limit: 5,
    });
    expect(first).toEqual({ index: aspirin, similarity: 1 });
    expect(others.every(({ similarity }) => similarity < 1)).toBe(true);
  });

  it("refuses fingerprints of unequal length", () => {
    expect(() => packFingerprints([new Uint8Array(8), new Uint8Array(4)])).toThrow(RangeError);
    expect(() => containingAll(packFingerprints([new Uint8Array(8)]), new Uint8Array(4))).toThrow(RangeError);
  });
});

describe("Substructure search", () => {
  it.each(["c1ccccc1", "[NX3;H2]", "C=O", "[#6]1~[#6]~[#6]~1", "[Cl,Br]", "C#N"])(
    "of %s with the fingerprint before it finds what a plain search finds",
    (smarts) => {
      using query = chemistry.substructureQuery(smarts);
      using plain = rdkit.get_qmol(smarts)!;
      const expected = molecules.filter((smiles) => {
        using mol = rdkit.get_mol(smiles)!;
        return mol.get_substruct_match(plain) !== "{}";
      });
      const library = packFingerprints(molecules.map((smiles) => fingerprint(smiles, "pattern")));
      const found = containingAll(library, query.pattern)
        .map((index) => molecules[index]!)
        .filter((smiles) => query.isIn(smiles));
      expect(expected.length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
    },
  );

  it.each(ASKED)("of %s among many finds what one after the other finds", (smarts) => {
    using query = chemistry.substructureQuery(smarts);
    const all = canonical.map((smiles, place) => ({ smiles, place }));
    const one = all.filter(({ smiles }) => query.isIn(smiles));
    const screened = containingAll(library, query.pattern);
    const many = query.among(screened.map((place) => canonical[place]!)).map((index) => screened[index]);
    expect(one.length).toBeGreaterThan(0);
    expect(many).toEqual(one.map(({ place }) => place));
  });

  it.each([
    ["C#CCN1CCOCC1", "C#C-C-N1-C-C-O-C-C-1"],
    ["c1ccccc1C(=O)N", "c1ccccc1-C(=O)-N"],
    ["CC(C)(Cl)c1ccc(Br)cc1", "C-C(-C)(-Cl)-c1ccc(-Br)cc1"],
    ["C=1CCC1", "C=1-C-C-C1"],
    ["C1CCC=1", "C1-C-C-C=1"],
    ["c1ccC~1", "c1cc-C~1"],
    ["C%10CC%10", "C%10-C-C-%10"],
    ["N[C@@H](C)C(=O)O", "N-C(-C)-C(=O)-O"],
    ["C!@C", "C~C"],
    ["C.C", "C.C"],
    ["c1ccccc1c1ccccc1", "c1ccccc1c1ccccc1"],
    ["[$([NH2])]C", "*-C"],
    ["[C,N][NX3;H2,H1][#6+0][!C][h][Cr][C$(CN),O][c;$(c(N)O)]", "*-N-[#6]****c"],
  ])("rules molecules out by the plain part of %s", (smarts, plain) => {
    expect(screenSmarts(smarts)).toBe(plain);
  });

  it("rules nothing out where it does not know what is asked", () => {
    expect(screenSmarts("C->N")).toBeUndefined();
    using query = chemistry.substructureQuery("C%(123)CC%(123)");
    expect(query.pattern.every((byte) => byte === 0)).toBe(true);
    expect(query.isIn("C1CC1")).toBe(true);
  });

  it.each([
    ...canonical.map((smiles) => smiles.replaceAll(/[@/\\]|(?<=c.*)-(?=c)/g, "")),
    ...["C1CCCCC=1", "C1C=CCC=1", "C1CC=1", "A1AAAA=1", "c1cc!#[H0&c][X2]1"],
    ...["n(:*)([0*;c]c[v1,A])", "C(=O)(*([h&c]:*)c)-C", "[^2](*[c,X{2-4}])~[r5&C]", "[Z0,h0](~C-C)*"],
  ])("of %s misses no molecule that a plain search finds", (smarts) => {
    using query = chemistry.substructureQuery(smarts);
    using plain = rdkit.get_qmol(smarts)!;
    const expected = parsed.flatMap((mol, place) => (mol.get_substruct_match(plain) === "{}" ? [] : [place]));
    const screened = containingAll(library, query.pattern);
    const found = query.among(screened.map((place) => canonical[place]!)).map((index) => screened[index]);
    expect(found).toEqual(expected);
    expect(expected.every((place) => query.isIn(canonical[place]!))).toBe(true);
  });

  it("leaves out what is no molecule without losing the others", () => {
    using query = chemistry.substructureQuery("CO");
    expect(query.among(["CCO", "c1ccc(", "CC", "COC"])).toEqual([0, 3]);
  });

  it("asks for the stereo of the query", () => {
    using query = chemistry.substructureQuery("N[C@@H](C)C(=O)O");
    expect([query.isIn("N[C@@H](C)C(=O)O"), query.isIn("N[C@H](C)C(=O)O")]).toEqual([true, false]);
  });

  it("names a SMARTS that cannot be read", () => {
    expect(() => chemistry.substructureQuery("[C")).toThrow(/"\[C"/);
  });
});
