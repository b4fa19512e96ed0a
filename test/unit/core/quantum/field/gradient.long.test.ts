import { describe, expect, it } from "vitest";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { ANGSTROM_PER_BOHR } from "#shared/units.ts";
import { resources } from "../chemistry-reference.ts";

/** Hartree/bohr: central differences over 2e-3 bohr are right to about 1e-6 of the third derivative. */
const STEP_BOHR = 1e-3;
const TOLERANCE = 2e-6;

interface Case {
  symbols: string[];
  /** Å */
  at: number[];
  basis: string;
  functions?: "cartesian" | "pure";
  charge?: number;
  multiplicity?: number;
}

async function field({ symbols, basis, functions, charge = 0, multiplicity = 1 }: Case, at: number[]) {
  const system = openSystem({
    geometry: { symbols, coordinates_angstrom: at },
    ...{ charge, multiplicity, basis: await loadBasisSet(resources, basis, functions) },
  });
  const scf = hartreeFock(system);
  return { system, scf };
}

const chain = (n: number, spacing: number): Pick<Case, "symbols" | "at"> => ({
  symbols: new Array<string>(n).fill("H"),
  at: Array.from({ length: n }, (_, i) => [0.01 * i * i, 0, spacing * i]).flat(),
});

describe("a nuclear gradient", () => {
  // general contractions, f functions, d functions of both kinds, diffuse sp shells, and functions left out
  it.each<[string, Case, number]>([
    ["HBr/cc-pVDZ", { symbols: ["H", "Br"], at: [0.1, 0.2, 1.39, 0, 0, 0], basis: "cc-pvdz" }, 0],
    ["CO/cc-pVTZ", { symbols: ["C", "O"], at: [0, 0.1, 0, 0, 0, 1.2], basis: "cc-pvtz" }, 0],
    [
      "OH⁻/aug-cc-pVDZ, 6 d",
      {
        symbols: ["O", "H"],
        at: [0, 0, 0, 0, 0.2, 1],
        basis: "aug-cc-pvdz",
        functions: "cartesian",
        charge: -1,
      },
      0,
    ],
    [
      "NO/6-31+G*, 5 d",
      {
        symbols: ["N", "O"],
        at: [0, 0, 0, 0.1, 0, 1.2],
        basis: "6-31+g*",
        functions: "pure",
        multiplicity: 2,
      },
      0,
    ],
    ["H6 chain/aug-cc-pVDZ", { ...chain(6, 0.45), basis: "aug-cc-pvdz" }, 2],
  ])("of %s is the slope of the energy", async (_, molecule, dropped) => {
    const { system, scf } = await field(molecule, molecule.at);
    expect([scf.outcome, scf.droppedFunctions]).toEqual(["converged", dropped]);
    const gradient = nuclearGradient(system, scf);
    const last = 3 * (molecule.symbols.length - 1);
    for (const k of [1, last + 2]) {
      const energy = async (step: number) => {
        const at = molecule.at.with(k, molecule.at[k]! + step * ANGSTROM_PER_BOHR);
        const { scf: moved } = await field(molecule, at);
        expect(moved.droppedFunctions).toBe(dropped);
        return moved.energy_hartree;
      };
      const slope = ((await energy(STEP_BOHR)) - (await energy(-STEP_BOHR))) / (2 * STEP_BOHR);
      expect(Math.abs(gradient[k]! - slope)).toBeLessThan(TOLERANCE);
    }
    for (const axis of [0, 1, 2]) {
      const total = gradient.reduce((sum, x, i) => (i % 3 === axis ? sum + x : sum), 0);
      expect(Math.abs(total)).toBeLessThan(1e-9);
    }
  });
});
