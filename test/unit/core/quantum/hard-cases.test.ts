import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { scfProperties } from "#core/quantum/field/field-properties.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock, type ScfKind } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import type { BasisSet } from "#core/quantum/molecule/basis.ts";
import { parseGaussianBasis } from "#core/quantum/molecule/gaussian-basis-file.ts";
import { activeSpaceHamiltonian } from "#core/quantum/space/active-space.ts";
import {
  type AtomRow,
  referenceBasis,
  referenceGeometry,
  resources,
  SCF_TOLERANCE,
  waterRows,
} from "./chemistry-reference.ts";

const MP2_TOLERANCE = 1e-7;

const diffuse = parseGaussianBasis(
  readFileSync(new URL("../../../fixtures/6-31ppg-ho.gbs", import.meta.url), "utf8"),
  { name: "6-31++G", functions: "cartesian" },
);
const withMore = (exponents: readonly number[]): BasisSet => ({
  ...diffuse,
  elements: {
    ...diffuse.elements,
    H: [...diffuse.elements.H!, ...exponents.map((e) => ({ l: 0, exponents: [e], coefficients: [1] }))],
  },
});
const hydroxide: AtomRow[] = [
  ["O", 0, 0, 0],
  ["H", 0, 0, 0.964],
];

describe("a diffuse basis", () => {
  // PySCF 2.14.0, converged to 1e-12; the smallest eigenvalue of the overlap is 2.4e-2, 4.6e-5 and 1.1e-5
  it.each([
    ["hydroxide", hydroxide, -1, [], -75.36309982597453, -0.15440053398549541],
    ["water with close functions", waterRows, 0, [0.034], -75.99179353832491, -0.13527623897266422],
    ["water with closer functions", waterRows, 0, [0.035], -75.99180565557285, -0.13527699781777994],
  ] as const)(
    "gives %s the energies of an independent program",
    (_, rows, charge, more, energy, correlation) => {
      const geometry = referenceGeometry([...rows]);
      using system = openSystem({ geometry, charge, multiplicity: 1, basis: withMore(more) });
      const scf = hartreeFock(system);
      expect(scf.outcome).toBe("converged");
      expect(Math.abs(scf.energy_hartree - energy)).toBeLessThan(SCF_TOLERANCE);
      expect(Math.abs(mp2(system, scf).correlation_hartree - correlation)).toBeLessThan(MP2_TOLERANCE);
    },
  );

  it("keeps its digits down to an overlap eigenvalue of 1e-7, where two functions of exponent 0.036 nearly merge", () => {
    const energy = (exponent: number) => {
      using system = openSystem({
        ...{ geometry: referenceGeometry(waterRows), charge: 0, multiplicity: 1 },
        basis: withMore([exponent]),
      });
      return hartreeFock(system).energy_hartree;
    };
    // the space that two functions span has a limit, and the energy is smooth there: a parabola foretells it
    const foretold = 3 * energy(0.0349) - 3 * energy(0.0339) + energy(0.0329);
    expect(Math.abs(energy(0.0359) - foretold)).toBeLessThan(SCF_TOLERANCE);
  });

  it("that is linearly dependent to working precision loses the dependent functions and keeps its energy", () => {
    const geometry = referenceGeometry(waterRows);
    const field = (exponents: number[]) => {
      using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis: withMore(exponents) });
      return hartreeFock(system);
    };
    const dependent = field([0.036001]);
    expect([dependent.outcome, dependent.droppedFunctions]).toEqual(["converged", 2]);
    expect(field([]).droppedFunctions).toBe(0);
    expect(Math.abs(dependent.energy_hartree - field([]).energy_hartree)).toBeLessThan(1e-7);
  });
});

describe("a hundred atoms", () => {
  // PySCF 2.14.0, converged to 1e-11
  const REFERENCE_HARTREE = -1274.262987153229;
  const MEMORY_BYTES = 4 * 1024 ** 3;

  it("of an alkane in STO-3G have the energy of an independent program, within 4 GiB", () => {
    const script = fileURLToPath(new URL("large-field.ts", import.meta.url));
    const { stdout } = spawnSync(process.execPath, [script, resources], { encoding: "utf8" });
    const { atoms, outcome, verdict, energy_hartree, maxRSS_bytes } = JSON.parse(stdout);
    expect([atoms, outcome, verdict]).toEqual([101, "converged", "stable"]);
    expect(Math.abs(energy_hartree - REFERENCE_HARTREE)).toBeLessThan(SCF_TOLERANCE);
    expect(maxRSS_bytes).toBeLessThan(MEMORY_BYTES);
  });
});

describe("UHF of H2 along its dissociation", () => {
  const h2 = (z: number) => ({ symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, z] });

  /** The lowest of E(x) over α, β = √(1−x) g ± √x u, x = sin²θ: a parabola in x. */
  function lowestOfBothSolutions(system: ReturnType<typeof openSystem>) {
    const rhf = hartreeFock(system, { kind: "rhf", stability: "none" });
    const h = activeSpaceHamiltonian(system, rhf, { nelec: 2, orbitals: [0, 1] });
    const one = (p: number) => h.oneBodyTensor[3 * p]!;
    const two = (p: number, q: number, r: number, s: number) =>
      h.twoBodyTensor[((p * 2 + q) * 2 + r) * 2 + s]!;
    const [gg, uu] = [two(0, 0, 0, 0), two(1, 1, 1, 1)];
    const mixed = two(0, 0, 1, 1) - 2 * two(0, 1, 0, 1);
    const slope = 2 * (one(1) - one(0)) - 2 * gg + 2 * mixed;
    const curvature = gg + uu - 2 * mixed;
    const x = Math.max(0, -slope / (2 * curvature));
    return { x, energy: rhf.energy_hartree + slope * x + curvature * x ** 2, restricted: rhf.energy_hartree };
  }

  it("passes from the closed shell to the broken symmetry where that becomes the lower", async () => {
    const basis = await referenceBasis("sto-3g");
    const found = new Set<boolean>();
    for (const distance of [0.74, 1, 1.1, 1.18, 1.22, 1.26, 1.4, 2, 3, 5]) {
      using system = openSystem({ geometry: h2(distance), charge: 0, multiplicity: 1, basis });
      const expected = lowestOfBothSolutions(system);
      const scf = hartreeFock(system, { kind: "uhf" });
      expect(scf.outcome).toBe("converged");
      expect(scf.stability.verdict).toBe("stable");
      expect(Math.abs(scf.energy_hartree - expected.energy)).toBeLessThan(SCF_TOLERANCE);
      // ⟨S²⟩ = 1 − (1 − 2x)², since α and β overlap by 1 − 2x; first order in the orbital gradient over the curvature
      const { spinSquared } = scfProperties(system, scf);
      expect(Math.abs(spinSquared - (1 - (1 - 2 * expected.x) ** 2))).toBeLessThan(1e-5);
      found.add(expected.x > 0);
    }
    expect(found.size).toBe(2);
  });
});

describe("energies do not change when a molecule is turned and moved", () => {
  it.each([
    ["rhf", 0, 1, "cc-pvdz"],
    ["uhf", 1, 2, "6-31g*"],
    ["rohf", 1, 2, "def2-svp"],
  ] as const)(
    "in %s and MP2 of water with charge %d and multiplicity %d in %s",
    async (kind, charge, multiplicity, name) => {
      const basis = await referenceBasis(name);
      const energies = (rows: AtomRow[], field: ScfKind) => {
        using system = openSystem({ geometry: referenceGeometry(rows), charge, multiplicity, basis });
        const scf = hartreeFock(system, { kind: field });
        return [scf.energy_hartree, field === "rohf" ? 0 : mp2(system, scf).correlation_hartree] as const;
      };
      const [energy, correlation] = energies(waterRows, kind);
      const angle = fc.double({ min: 0, max: 6.28, noNaN: true });
      const shift = fc.double({ min: -4, max: 4, noNaN: true });
      fc.assert(
        fc.property(angle, angle, shift, (a, b, d) => {
          const turned = waterRows.map(([symbol, x, y, z]): AtomRow => {
            const [x1, y1] = [Math.cos(a) * x - Math.sin(a) * y, Math.sin(a) * x + Math.cos(a) * y];
            return [
              symbol,
              x1 + d,
              Math.cos(b) * y1 - Math.sin(b) * z - d,
              Math.sin(b) * y1 + Math.cos(b) * z + 2 * d,
            ];
          });
          const [e, c] = energies(turned, kind);
          expect(Math.abs(e - energy)).toBeLessThan(SCF_TOLERANCE);
          expect(Math.abs(c - correlation)).toBeLessThan(MP2_TOLERANCE);
        }),
        { numRuns: 5 },
      );
    },
  );
});
