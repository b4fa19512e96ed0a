import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
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
