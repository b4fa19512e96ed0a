import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { evaluateGrid } from "#core/quantum/evaluate/grid.ts";
import { anionNotes } from "#core/quantum/evaluate/notes.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { BASIS_SETS, loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { atomicNumber } from "#shared/molecule/molecule.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { resources } from "../chemistry-reference.ts";

const request = (given: Partial<EnergyRequest>): EnergyRequest => ({
  geometry: { symbols: ["F"], coordinates_angstrom: [0, 0, 0] },
  charge: -1,
  multiplicity: 1,
  basis: "6-31g*",
  activeSpace: null,
  ansatz: "uccsd",
  maxIterations: 100,
  method: "rhf",
  ...given,
});
const evaluated = (given: Partial<EnergyRequest>) => evaluateEnergy(request(given), { resources });

describe("The notes of an energy", () => {
  // PySCF 2.14, RHF: −99.3504819692 Eh in 6-31G*, −99.4185864027 in 6-31+G*, 1.85 eV lower.
  it("say that an anion lies too high without diffuse functions, and name sets that have them", async () => {
    const [without, diffuse] = [await evaluated({}), await evaluated({ basis: "6-31+g*" })];
    expect(without.notes).toEqual([
      expect.stringMatching(/anion and 6-31g\* has no diffuse functions: .*too high.*6-31\+G\*/),
    ]);
    expect(diffuse.notes).toEqual([]);
    expect(without.hartreeFock.energy_hartree).toBeCloseTo(-99.3504819692, 7);
    expect(diffuse.hartreeFock.energy_hartree).toBeCloseTo(-99.4185864027, 7);
  });

  /** A set of the caller's own with the shells of a shipped one. */
  const ownNotes = async (name: string, symbol: string, charge = -1) => {
    const basis = await loadBasisSet(resources, name);
    const geometry = { symbols: [symbol], coordinates_angstrom: [0, 0, 0] };
    const multiplicity = (atomicNumber(symbol)! - charge) % 2 === 0 ? 1 : 2;
    using system = openSystem({ geometry, charge, multiplicity, basis });
    const ownBasis = { text: "", functions: basis.functions };
    return anionNotes({ charge, basis: "mine.gbs", ownBasis, ions: [] }, system, resources);
  };

  it.each(["N", "O", "F", "Cl"])("judge a set of one's own on %s⁻ by its exponents", async (symbol) => {
    for (const [name, set] of Object.entries(BASIS_SETS)) {
      const notes = await ownNotes(name, symbol);
      expect(notes.length, name).toBe("isDiffuse" in set ? 0 : 1);
      for (const note of notes)
        expect(note).toMatch(/anion and mine\.gbs has no functions much more diffuse/);
    }
    expect(await ownNotes("6-31g", symbol, 1)).toEqual([]);
  });

  it("go with an orbital or a density of an anion too", async () => {
    const { geometry, charge, multiplicity } = request({});
    const box = { field: "homo", spin: "alpha", spacing_angstrom: 1, method: "rhf" } as const;
    const grid = (basis: string) =>
      evaluateGrid({ geometry, charge, multiplicity, basis, ...box }, { resources });
    expect((await grid("6-31g*")).notes).toEqual([expect.stringMatching(/anion and 6-31g\* has no diffuse/)]);
    expect((await grid("6-31+g*")).notes).toEqual([]);
  });

  it("say nothing of a neutral or a cation", async () => {
    const geometry = { symbols: ["Li"], coordinates_angstrom: [0, 0, 0] };
    expect((await evaluated({ geometry, charge: 1 })).notes).toEqual([]);
  });

  it("name equivalent atoms that carry different charges: ionic triplet O2 at 2 Å", async () => {
    const geometry = { symbols: ["O", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 2] };
    const { notes, properties } = await evaluated({
      ...{ geometry, charge: 0, multiplicity: 3, basis: "6-31g", method: "rohf" as const },
    });
    expect(Math.abs(properties!.lowdinCharges[0]!)).toBeGreaterThan(0.05);
    expect(notes).toEqual([expect.stringMatching(/^The field breaks .* O 1 \(.* e\) and O 2 \(.* e\)/)]);
  });

  it("say nothing of a field as symmetric as its nuclei, nor of atoms that are not equivalent", async () => {
    const water = {
      symbols: ["O", "H", "H"],
      coordinates_angstrom: [0, 0, 0.12, 0, 0.76, -0.48, 0, -0.76, -0.48],
    };
    const bent = { ...water, coordinates_angstrom: [0, 0, 0.12, 0, 0.76, -0.48, 0, -1.2, -0.9] };
    for (const geometry of [water, bent])
      expect((await evaluated({ geometry, charge: 0 })).notes).toEqual([]);
  });
});
