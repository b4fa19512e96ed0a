import { readFile } from "node:fs/promises";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { type Chemistry, openChemistry } from "#core/chemistry/chemistry.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { tanimoto } from "#core/generation/measure/fingerprint.ts";
import { packKnownMolecules, readKnownMolecules } from "#core/generation/measure/known-molecules.ts";
import {
  measureSamples,
  quantilesOf,
  scaffoldCounts,
  wasserstein,
} from "#core/generation/measure/metrics.ts";
import { readReferenceSet } from "#core/generation/measure/reference-set.ts";
import { murckoScaffold } from "#core/generation/molecules/scaffold.ts";

let rdkit: RDKit;
let chemistry: Chemistry;
beforeAll(async () => {
  rdkit = await loadRdkit();
  chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
});

describe("murckoScaffold", () => {
  it("agrees with RDKit in Python", async () => {
    const { records } = JSON.parse(
      await readFile(new URL("../murcko-scaffolds.json", import.meta.url), "utf8"),
    );
    for (const [smiles, scaffold] of records) {
      const mol = parseSmiles(rdkit, smiles);
      if (isInvalid(mol)) throw new Error(mol.reason);
      expect(murckoScaffold(rdkit, mol)).toBe(scaffold);
      mol.delete();
    }
  });
});

describe("murckoScaffold of what models with other words may write", () => {
  it("is the same for all stereoisomers and isotopes", () => {
    // RDKit 2026.9.1 (Python): MurckoScaffoldSmiles after RemoveStereochemistry.
    const records: [smiles: string, scaffold: string][] = [
      ["C/C(=C\\c1ccccc1)C(=O)N1C[C@H](F)[C@@H](O)C1", "O=C(C=Cc1ccccc1)N1CCCC1"],
      ["OC/C(=N\\O)/C=C/c1ccc(C[C@@H]2CCCO2)[13cH]c1", "c1ccc(CC2CCCO2)cc1"],
      ["[2H]C1(O)CC[15NH]C1", "C1CCNC1"],
    ];
    for (const [smiles, scaffold] of records) {
      const mol = parseSmiles(rdkit, smiles);
      if (isInvalid(mol)) throw new Error(mol.reason);
      expect(murckoScaffold(rdkit, mol)).toBe(scaffold);
      mol.delete();
    }
  });
});

describe("tanimoto", () => {
  const bits = fc.array(fc.boolean(), { minLength: 64, maxLength: 64 });
  const pack = (flags: boolean[]) => {
    const words = new Uint32Array(2);
    flags.forEach((flag, i) => {
      if (flag) words[i >> 5]! |= 1 << (i & 31);
    });
    return words;
  };

  it("is the number of shared bits over the number of bits set in either", () => {
    fc.assert(
      fc.property(bits, bits, (a, b) => {
        const both = a.filter((flag, i) => flag && b[i]).length;
        const either = a.filter((flag, i) => flag || b[i]).length;
        expect(tanimoto(pack(a), pack(b))).toBe(either === 0 ? 1 : both / either);
      }),
    );
  });
});

describe("known molecules", () => {
  it("knows every molecule that was packed and hardly any other", () => {
    const packed = packKnownMolecules(Array.from({ length: 5000 }, (_, i) => `C${i}`));
    const known = readKnownMolecules(packed);
    for (let i = 0; i < 5000; i++) expect(known.has(`C${i}`)).toBe(true);
    const wrong = Array.from({ length: 5000 }, (_, i) => known.has(`N${i}`)).filter(Boolean).length;
    // 5000 of 2^28 hashes are taken: 0.1 wrong answers are expected.
    expect(wrong).toBeLessThanOrEqual(2);
  });

  it("refuses a file that is cut short, too long, or another", () => {
    const packed = packKnownMolecules(["C", "CC", "CCC"]);
    expect(() => readKnownMolecules(packed.subarray(0, -1))).toThrow("it is cut short");
    expect(() => readKnownMolecules(Buffer.concat([packed, Buffer.of(1)]))).toThrow("it is too long");
    expect(() => readKnownMolecules(Buffer.from("{}"))).toThrow("it does not begin with KNM1");
  });
});

describe("wasserstein", () => {
  it("is 0 from a distribution to itself and the shift from a shifted one", () => {
    const values = Array.from({ length: 500 }, (_, i) => Math.sin(i) * 3);
    const quantiles = quantilesOf(values, 100);
    expect(wasserstein(values, quantiles)).toBe(0);
    expect(
      wasserstein(
        values.map((x) => x + 0.25),
        quantiles,
      ),
    ).toBeCloseTo(0.25, 12);
  });

  it("is half the width between a point and a uniform distribution around it, in the limit", () => {
    const uniform = Array.from({ length: 1000 }, (_, i) => (i + 0.5) / 1000);
    expect(wasserstein(new Array(50).fill(0.5), uniform)).toBeCloseTo(0.25, 6);
  });
});

/** The first six characters of `printf SCAFFOLD | openssl dgst -sha256 -binary | base64`. */
const [BENZENE, PYRROLIDINE] = ["E8rQXK", "SH7S3L"];

describe("scaffold frequencies", () => {
  it("count each scaffold under its hash and leave out molecules without rings", () => {
    const scaffolds = ["c1ccccc1", "", "C1CCNC1", "c1ccccc1", "", "c1ccccc1"];
    expect([...scaffoldCounts(scaffolds.map((scaffold) => ({ scaffold })))]).toEqual([
      [BENZENE, 3],
      [PYRROLIDINE, 1],
    ]);
  });

  it("are compared with the reference's by their cosine", async () => {
    const shipped = (await readReferenceSet("resources/models/small-organics"))!;
    expect(Math.max(...shipped.scaffolds.values())).toBe(shipped.scaffolds.get(BENZENE));
    const similarity = async (scaffolds: [string, number][]) => {
      const reference = { ...shipped, scaffolds: new Map(scaffolds) };
      // benzene twice, pyrrolidine once
      const samples = ["Cc1ccccc1", "Oc1ccccc1", "CN1CCCC1", "CCO"];
      return (await measureSamples(samples, { chemistry, reference })).scaffoldSimilarity;
    };
    expect(await similarity([[BENZENE, 5]])).toBeCloseTo(2 / Math.sqrt(5), 12);
    expect(
      await similarity([
        [BENZENE, 3],
        [PYRROLIDINE, 4],
      ]),
    ).toBeCloseTo(10 / (5 * Math.sqrt(5)), 12);
    expect(await similarity([["others", 7]])).toBe(0);
  });
});

describe("measureSamples", () => {
  it("counts what is valid, different and new", async () => {
    const known = readKnownMolecules(packKnownMolecules(["CCO", "c1ccccc1"]));
    const reference = { ...(await readReferenceSet("resources/models/small-organics"))!, known };
    const samples = ["OCC", "CCO", "C(", "c1ccccc1", "CCN", "c1cccc1", "CCC#N", "CC(=O)C"];
    const metrics = await measureSamples(samples, { chemistry, reference });
    expect(metrics).toMatchObject({
      samples: 8,
      validity: 6 / 8,
      uniqueness: 5 / 6,
      novelty: 3 / 5,
      uniquenessAt1k: null,
    });
  });

  it("finds the alerts of a quinone", async () => {
    const { alertsPassed } = await measureSamples(["O=C1C=CC(=O)C=C1", "CCO"], {
      chemistry,
      reference: null,
    });
    expect(alertsPassed).toEqual({ pains: 0.5, brenk: 0.5, nih: 0.5 });
  });

  it("has for diversity what the mean Tanimoto similarity of all pairs lacks to 1", async () => {
    const { internalDiversity } = await measureSamples(["CO", "CCO", "CN"], { chemistry, reference: null });
    // Environments counted by hand: two atoms and the bond (3), three atoms and the bonds of each (6), two atoms and the bond (3).
    // Methanol and ethanol share CH3 and OH, either shares CH3 with methylamine.
    expect(internalDiversity).toBeCloseTo(1 - (2 / 7 + 1 / 5 + 1 / 8) / 3, 12);
  });

  it("gives no diversity to one scaffold and much to different ones", async () => {
    const of = async (smiles: string[]) =>
      (await measureSamples(smiles, { chemistry, reference: null })).internalDiversity;
    const series = await of(["c1ccccc1C", "c1ccccc1CC", "c1ccccc1CCC"]);
    const mixed = await of(["c1ccccc1C", "CC(=O)NC", "C1CCOC1"]);
    expect(series).toBeLessThan(mixed!);
    expect(mixed).toBeGreaterThan(0.8);
  });

  it("gives null, and no number, for what there is nothing to measure on", async () => {
    const reference = await readReferenceSet("resources/models/small-organics");
    const nothing = { uniqueness: null, novelty: null, internalDiversity: null, nearestNeighbour: null };
    expect(await measureSamples(["C(", "c1cc"], { chemistry, reference })).toMatchObject({
      ...nothing,
      validity: 0,
      alertsPassed: { pains: null, brenk: null, nih: null },
      scaffoldSimilarity: null,
      distances: null,
    });
    const one = await measureSamples(["CCO"], { chemistry, reference });
    expect(one).toMatchObject({ internalDiversity: null, scaffoldSimilarity: null, uniqueness: 1 });
  });
});
