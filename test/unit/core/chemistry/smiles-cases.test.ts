/** What becomes of every row of smiles.tsv; MMFF94 energies, kcal/mol, by RDKit 2026.09 (the best of 40 by ETKDG). */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { chemistry, conformer, identity } from "./open.ts";

const rows = readFileSync(new URL("../../../fixtures/cases/smiles.tsv", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => line.split("\t") as [name: string, smiles: string]);

/** The start is yet to be relaxed by Hartree–Fock: no template geometry is taken in silence. */
const TO_RELAX = ["carbon-monoxide", "beh2", "sulfur-tetrafluoride", "silicon-dioxide", "hd"];
const ENERGIES: Record<string, number> = {
  bicyclopentane: 41.7153,
  cytisine: 24.0748,
  "trans-cyclooctene": 32.1671,
  "p-chiral-phosphine": 14.7648,
};
const STEREO_OF_THE_PROPOSAL = ["sf5-benzene", "pf5", "sulfoximine"];
const REFUSED: Record<string, RegExp> = {
  "ni-square-planar": /square planar stereo/,
  "p-trigonal-bipyramid-1": /trigonal bipyramidal stereo/,
  allene: /handedness of the allene/,
  "cumulene-E": /Cis or trans at the ends of the 3 double bonds/,
  dative: /dative bond/,
};
const ENERGY_TOLERANCE_KCAL = 0.05;

const among = (names: readonly string[]) => rows.filter(([name]) => names.includes(name));
const embedded = (smiles: string) => chemistry.embed(smiles, { seed: 1 });

it.each(among(TO_RELAX))("%s is a start that says it is yet to be relaxed", (_, smiles) => {
  expect(embedded(smiles)).toMatchObject({
    outcome: "embedded",
    unrelaxed: expect.any(String),
    conformer: { forceFieldEnergy_kcal_per_mol: null },
  });
});

it.each(among(Object.keys(ENERGIES)))(
  "%s is relaxed to the energy of an independent program",
  (name, smiles) => {
    const { forceFieldEnergy_kcal_per_mol, isomer } = conformer(smiles);
    expect(Math.abs(forceFieldEnergy_kcal_per_mol! - ENERGIES[name]!)).toBeLessThan(ENERGY_TOLERANCE_KCAL);
    expect(isomer!.canonicalSmiles).toBe(identity(smiles).canonicalSmiles);
  },
);

it.each(among(STEREO_OF_THE_PROPOSAL))("%s has the stereo of the proposal and no other", (_, smiles) => {
  const { canonicalSmiles } = identity(smiles);
  expect(conformer(smiles).isomer).toMatchObject({ canonicalSmiles, stereoUnspecified: 0 });
});

it.each(among(Object.keys(REFUSED)))("%s is refused by name", (name, smiles) => {
  expect(embedded(smiles)).toMatchObject({
    outcome: "failed",
    detail: expect.stringMatching(REFUSED[name]!),
  });
});

it("no row is left out", () => {
  const expected = [
    ...TO_RELAX,
    ...Object.keys(ENERGIES),
    ...STEREO_OF_THE_PROPOSAL,
    ...Object.keys(REFUSED),
  ];
  expect(rows.map(([name]) => name).sort()).toEqual(expected.sort());
});
