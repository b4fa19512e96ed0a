import { beforeAll, describe, expect, it } from "vitest";
import { loadD3References } from "#core/quantum/dispersion/d3-references.ts";
import type { DispersionModel } from "#core/quantum/dispersion/dispersion.ts";
import { loadHf3c } from "#core/quantum/dispersion/hf-3c.ts";
import { slaterOverlap } from "#core/quantum/dispersion/slater-overlap.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { ELEMENT_SYMBOLS, type Geometry } from "#shared/molecule/molecule.ts";
import { withDispersion } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { readReference, resources } from "../chemistry-reference.ts";

interface Cluster extends Geometry {
  energy_hartree: number;
  gradient: number[];
}
interface Molecule extends Geometry {
  name: string;
  multiplicity: number;
  field_hartree: number;
  added_hartree: number;
}
const { clusters, molecules } = readReference<{ clusters: Cluster[]; molecules: Molecule[] }>("hf_3c.json");
const NONE = new Set<number>();

let model: DispersionModel;
beforeAll(async () => {
  model = await loadHf3c(resources, await loadD3References(resources));
});

const request = (
  { symbols, coordinates_angstrom, multiplicity }: Geometry & { multiplicity: number },
  further: Partial<EnergyRequest> = {},
): EnergyRequest => ({
  geometry: { symbols, coordinates_angstrom },
  charge: 0,
  multiplicity,
  basis: "minix",
  method: multiplicity === 1 ? "rhf" : "uhf",
  dispersion: "hf-3c",
  activeSpace: null,
  ansatz: "uccsd",
  maxIterations: 100,
  ...further,
});

describe("what HF-3c adds", () => {
  it("has the energies and gradients of s-dftd3 for every element that it has", () => {
    expect(new Set(clusters.flatMap(({ symbols }) => symbols))).toEqual(
      new Set(ELEMENT_SYMBOLS.slice(0, 18)),
    );
    for (const { energy_hartree, gradient, ...geometry } of clusters) {
      const found = model(geometry, NONE);
      expect(Math.abs(found.energy_hartree - energy_hartree)).toBeLessThan(1e-8);
      for (const [k, slope] of gradient.entries())
        expect(Math.abs(found.gradient[k]! - slope)).toBeLessThan(1e-7);
    }
  });

  it("is refused for an element without parameters, in words", () => {
    const geometry = { symbols: ["H", "Br"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.4] };
    expect(() => model(geometry, NONE)).toThrow(
      /no parameters here for Br \(atom 2\): expected elements from H to Ar/,
    );
  });
});

describe("HF-3c", () => {
  it.each(molecules)("of $name is Hartree–Fock in MINIX (PySCF) with its corrections", async (molecule) => {
    const { hartreeFock, dispersion } = await evaluateEnergy(request(molecule), { resources });
    expect(Math.abs(hartreeFock.energy_hartree - molecule.field_hartree)).toBeLessThan(1e-7);
    expect(dispersion?.model).toBe("hf-3c");
    expect(withDispersion("Hartree–Fock", dispersion)).toBe("HF-3c");
    expect(Math.abs(dispersion!.energy_hartree - molecule.added_hartree)).toBeLessThan(1e-8);
  });

  it("relaxes geometries on the energy with what is added", async () => {
    const { optimisation, hartreeFock, dispersion } = await evaluateEnergy(
      request(molecules[0]!, { optimise: { frozen: [] } }),
      { resources },
    );
    expect(optimisation?.outcome).toBe("converged");
    expect(hartreeFock.energy_hartree + dispersion!.energy_hartree).toBeCloseTo(
      optimisation!.trace_hartree.at(-1)!,
      7,
    );
  });

  it("is refused in another basis set", async () => {
    const asked = request(molecules[0]!, { basis: "sto-3g" });
    await expect(evaluateEnergy(asked, { resources })).rejects.toThrow(
      /fitted to Hartree–Fock in MINIX: expected the method rhf or uhf and the basis set minix, got rhf in sto-3g/,
    );
  });
});

it("Slater functions overlap as by the closed form of two 1s: e^(−ρ)(1 + ρ + ρ²/3), and 1 at no distance", () => {
  const s = { n: 1, exponent: 1.3 };
  const rho = 1.3 * 2.1;
  expect(slaterOverlap(s, s, 2.1)).toBeCloseTo(Math.exp(-rho) * (1 + rho + rho ** 2 / 3), 12);
  expect(slaterOverlap({ n: 3, exponent: 0.8 }, { n: 3, exponent: 0.8 }, 1e-3)).toBeCloseTo(1, 6);
});
