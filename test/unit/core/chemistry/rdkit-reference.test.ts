import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Described } from "#core/chemistry/chemistry.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { chemistry } from "./open.ts";

interface Reference extends Descriptors {
  smiles: string;
  canonicalSmiles: string;
  inchiKey: string;
  alerts: Record<string, string[]>;
}

const file = new URL("../../../reference/rdkit-descriptors.json", import.meta.url);
const { molecules } = JSON.parse(readFileSync(file, "utf8")) as { molecules: Reference[] };

/** Both sides run the same formulas in double precision; sums may be made in another order. */
const TOLERANCE = 1e-9;

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= TOLERANCE;

type Valid = Extract<Described, { outcome: "valid" }>;

const described = new Map(molecules.map(({ smiles }) => [smiles, chemistry.describe(smiles)]));

/** SMILES of the molecules about which we say something else. */
function deviating(agrees: (ours: Valid, reference: Reference) => boolean, list = molecules): string[] {
  return list
    .filter((reference) => {
      const ours = described.get(reference.smiles)!;
      return ours.outcome === "invalid" || !agrees(ours, reference);
    })
    .map(({ smiles }) => smiles);
}

describe("Against RDKit's Python package", () => {
  it("knows some hundred molecules", () => expect(molecules.length).toBeGreaterThan(500));

  it("gives the same canonical SMILES and InChIKeys", () => {
    const wrong = deviating(
      ({ identity }, { canonicalSmiles, inchiKey }) =>
        identity.canonicalSmiles === canonicalSmiles && identity.inchiKey === inchiKey,
    );
    expect(wrong).toEqual([]);
  });

  it.each([
    "exactMass_dalton",
    "molecularWeight_dalton",
    "heavyAtoms",
    "rotatableBonds",
    "ringCount",
    "hydrogenBondDonors",
    "hydrogenBondAcceptors",
    "logP",
    "tpsa_angstrom2",
    "qed",
  ] as const)("gives the same %s", (key) => {
    expect(deviating(({ descriptors }, reference) => isClose(descriptors[key], reference[key]))).toEqual([]);
  });

  it("gives the same SA score, isotope labels apart, which it does not look at", () => {
    const unlabelled = molecules.filter(({ smiles }) => !/\[\d/.test(smiles));
    expect(
      deviating(({ descriptors }, { saScore }) => isClose(descriptors.saScore, saScore), unlabelled),
    ).toEqual([]);
  });

  it("gives the same formula where there is carbon; RDKit puts hydrogen first where there is none", () => {
    const organic = molecules.filter(({ formula }) => /^C(?![a-z])/.test(formula));
    expect(deviating(({ descriptors }, { formula }) => descriptors.formula === formula, organic)).toEqual([]);
  });

  it("raises the same PAINS, Brenk and NIH alerts", () => {
    const wrong = deviating((ours, reference) => {
      const published = ours.alerts.filter(({ catalogue }) => catalogue !== "reactive");
      const found = published.map(({ set, name }) => `${set} ${name}`).sort();
      const expected = Object.entries(reference.alerts).flatMap(([set, names]) =>
        names.map((name) => `${set} ${name}`),
      );
      return JSON.stringify(found) === JSON.stringify(expected.sort());
    });
    expect(wrong).toEqual([]);
  });
});
