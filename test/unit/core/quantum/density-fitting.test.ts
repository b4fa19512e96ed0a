import { describe, expect, it } from "vitest";
import { scfProperties } from "#core/quantum/field/field-properties.ts";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock, type ScfKind } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { type BasisSet, loadFittingBasis } from "#core/quantum/molecule/basis.ts";
import {
  openReference,
  openWater,
  type ReferenceMolecule,
  readReference,
  referenceBasis,
  resources,
  SCF_TOLERANCE,
} from "./chemistry-reference.ts";

interface Entry extends ReferenceMolecule {
  kind: ScfKind;
  n_auxiliary: number;
  energy: number;
  error: number;
  lowdin_charges: number[];
}

/** First order in the orbital gradients left in both programs, 1e-8 and 1e-9. */
const CHARGE_TOLERANCE = 1e-6;

/** Linearly independent products with the fit's own functions are exact but for screening and rounding, Hartree. */
const EXACT_FIT_TOLERANCE = 1e-9;

const { entries } = readReference<{ entries: Entry[] }>("fitted_fields.json");
const auxiliary = await loadFittingBasis(resources);

interface Mp2Entry extends ReferenceMolecule {
  n_frozen_core: number;
  energy: number;
  correlation: number;
  exact_correlation: number;
}
const { entries: mp2Entries } = readReference<{ entries: Mp2Entry[] }>("fitted_mp2.json");

describe("MP2 with fitted integrals", () => {
  it.each(mp2Entries)("is that of an independent program, and near the exact one: $id", async (entry) => {
    using system = await openReference(entry, { threads: 2 });
    const densityFitting = { auxiliary };
    const scf = hartreeFock(system, { densityFitting });
    expect(Math.abs(scf.energy_hartree - entry.energy)).toBeLessThan(SCF_TOLERANCE);
    const fitted = mp2(system, scf, { nFrozenCore: entry.n_frozen_core, densityFitting });
    expect(Math.abs(fitted.correlation_hartree - entry.correlation)).toBeLessThan(SCF_TOLERANCE);
    const exact = mp2(system, hartreeFock(system), { nFrozenCore: entry.n_frozen_core });
    expect(Math.abs(exact.correlation_hartree - entry.exact_correlation)).toBeLessThan(SCF_TOLERANCE);
    expect(Math.abs(fitted.correlation_hartree - exact.correlation_hartree)).toBeLessThan(2e-4);
  });

  it("has the same bits on any number of threads, and refuses what does not fit", async () => {
    const basis = await referenceBasis("6-31g");
    const densityFitting = { auxiliary };
    const energyOf = (threads: number) => {
      using system = openWater(basis, { threads });
      return mp2(system, hartreeFock(system), { densityFitting }).energy_hartree;
    };
    expect(energyOf(3)).toBe(energyOf(1));
    using system = openWater(basis);
    expect(() => mp2(system, hartreeFock(system), { densityFitting, memoryBytes: 2 ** 16 })).toThrow(
      /MP2 with density fitting of 13 functions .* expected at most 0.00 GiB: leave density fitting off/,
    );
  });
});

describe("density fitting", () => {
  it.each(entries)("gives $id the energy and the error of an independent program", async (entry) => {
    using system = await openReference(entry);
    const { outcome, energy_hartree, densityFitting } = hartreeFock(system, {
      kind: entry.kind,
      densityFitting: { auxiliary },
    });
    expect(outcome).toBe("converged");
    expect(Math.abs(energy_hartree - entry.energy)).toBeLessThan(SCF_TOLERANCE);
    expect(densityFitting).toMatchObject({
      auxiliary: "def2-universal-JKFIT",
      nAuxiliary: entry.n_auxiliary,
    });
    expect(Math.abs(densityFitting!.error_hartree - entry.error)).toBeLessThan(SCF_TOLERANCE);
  });

  it.each(entries)("gives $id the Löwdin charges of an independent program", async (entry) => {
    using system = await openReference(entry);
    const scf = hartreeFock(system, { kind: entry.kind, densityFitting: { auxiliary } });
    const { lowdinCharges } = scfProperties(system, scf);
    for (const [atom, charge] of entry.lowdin_charges.entries())
      expect(Math.abs(lowdinCharges[atom]! - charge)).toBeLessThan(CHARGE_TOLERANCE);
  });

  it("is exact where the auxiliary set spans all products of functions", async () => {
    // products of an s primitive with itself and with another on the same centre are s primitives again
    const shell = (exponent: number) => ({ l: 0, exponents: [exponent], coefficients: [1] });
    const set = (name: string, ...exponents: number[]): BasisSet => ({
      ...{ name, functions: "pure", references: [], elements: { He: exponents.map(shell) } },
    });
    const geometry = { symbols: ["He"], coordinates_angstrom: [0, 0, 0] };
    using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis: set("two", 0.4, 3) });
    const exact = hartreeFock(system);
    const products = set("products", 0.8, 3.4, 6);
    const fitted = hartreeFock(system, { densityFitting: { auxiliary: products } });
    expect(Math.abs(fitted.energy_hartree - exact.energy_hartree)).toBeLessThan(EXACT_FIT_TOLERANCE);
    expect(Math.abs(fitted.densityFitting!.error_hartree)).toBeLessThan(EXACT_FIT_TOLERANCE);
    const two = hartreeFock(system, { densityFitting: { auxiliary: set("two of three", 0.8, 6) } });
    expect(Math.abs(two.densityFitting!.error_hartree)).toBeGreaterThan(1e-4);
  });

  it("bounds the exact energy: fitted energy and error add up to no less than the exact minimum", async () => {
    using system = openWater(await referenceBasis("6-31g*"));
    const exact = hartreeFock(system).energy_hartree;
    const { energy_hartree, densityFitting } = hartreeFock(system, { densityFitting: { auxiliary } });
    const withError = energy_hartree + densityFitting!.error_hartree;
    expect(withError).toBeGreaterThan(exact - SCF_TOLERANCE);
    // second order in the error of the density
    expect(withError - exact).toBeLessThan(1e-6);
    expect(Math.abs(energy_hartree - exact)).toBeGreaterThan(1e-6);
  });

  it("leaves out auxiliary functions that depend on others", async () => {
    using system = openWater(await referenceBasis("6-31g"));
    const { elements, ...rest } = auxiliary;
    const twice = { ...rest, elements: { ...elements, H: [...elements.H!, ...elements.H!] } };
    const once = hartreeFock(system, { densityFitting: { auxiliary } });
    const doubled = hartreeFock(system, { densityFitting: { auxiliary: twice } });
    expect(doubled.densityFitting!.nAuxiliary).toBe(once.densityFitting!.nAuxiliary);
    expect(Math.abs(doubled.energy_hartree - once.energy_hartree)).toBeLessThan(SCF_TOLERANCE);
  });

  it("gives the same bits on one and on three threads", async () => {
    const basis = await referenceBasis("6-31g*");
    const run = async (threads: number) => {
      using system = openWater(basis, { threads });
      return hartreeFock(system, { densityFitting: { auxiliary } });
    };
    expect(await run(3)).toEqual(await run(1));
  });

  it("is refused where the tensor does not fit the memory, with both sizes", async () => {
    using system = openWater(await referenceBasis("6-31g*"), { memoryBytes: 500_000 });
    expect(() => hartreeFock(system, { densityFitting: { auxiliary } })).toThrow(
      expect.objectContaining({
        code: "not-supported",
        message: expect.stringMatching(/19 functions with 113 auxiliary ones needs .* GiB, expected at most/),
      }),
    );
  });

  it("is refused for an element without auxiliary functions, and as the field of a gradient", async () => {
    const geometry = { symbols: ["H", "I"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.6] };
    const basis = await referenceBasis("sto-3g");
    using iodide = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
    expect(() => hartreeFock(iodide, { densityFitting: { auxiliary } })).toThrow(
      /JKFIT has no functions for I/,
    );
    using system = openWater(basis);
    const fitted = hartreeFock(system, { densityFitting: { auxiliary } });
    expect(() => nuclearGradient(system, fitted)).toThrow(/exact integrals, got a fitted one/);
  });
});
