/** Fields in a solvent against another program on the same surface, and against themselves. */
import { describe, expect, it } from "vitest";
import { nuclearGradient } from "#core/quantum/field/gradient.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock, type ScfResult, unrestrictedFromEach } from "#core/quantum/field/scf.ts";
import { inFixedField } from "#core/quantum/field/solvent.ts";
import { withElectrons } from "#core/quantum/field/system.ts";
import { BASIS_SETS } from "#core/quantum/molecule/basis.ts";
import type { DomainError } from "#shared/errors.ts";
import type { FunctionalName } from "#shared/quantum/functionals.ts";
import { continuumOf, type SolventModel } from "#shared/quantum/solvents.ts";
import {
  openReference,
  openWater,
  type ReferenceMolecule,
  readReference,
  referenceBasis,
  water,
} from "./chemistry-reference.ts";
import {
  agreesInSolvent,
  FIRST_ORDER_TOLERANCE,
  isQuickSolvent,
  SOLVENT_TOLERANCE,
  solventCases,
} from "./solvent-reference.ts";

/** Hartree/bohr */
const GRADIENT_TOLERANCE = 1e-7;
/** What the grids of both programs differ by. */
const GRID_TOLERANCE = 1e-5;

describe("a field in a solvent", () => {
  it.each(solventCases.filter(isQuickSolvent))("has the energy of another program: $name", agreesInSolvent);
});

interface FieldEntry extends ReferenceMolecule {
  functional: string | null;
  model: "C-PCM" | "COSMO";
  dielectric: number;
  points: number;
  energy: number;
  gas_phase: number;
  term: number;
  mp2_correlation?: number;
  gradient?: number[][];
}

const { entries } = readReference<{ entries: FieldEntry[] }>("solvent_fields.json");
const names = new Map<string, string>(Object.entries(BASIS_SETS).map(([name, { file }]) => [file, name]));
const FUNCTIONALS: Readonly<Record<string, FunctionalName>> = { PBE0: "pbe0", "PBE,PBE": "pbe" };

describe.each(entries)("$id in a solvent", (entry) => {
  it("has the energy, MP2 energy and gradient of an independent program", async () => {
    const { functional, dielectric } = entry;
    const model = entry.model.toLowerCase() as SolventModel;
    using system = await openReference(
      { ...entry, basis: names.get(`${entry.basis}.json`)!, id: "" },
      { solvent: { name: null, dielectric, model } },
    );
    const scf = hartreeFock(
      system,
      functional ? { functional: { name: FUNCTIONALS[functional]!, grid: "fine" } } : {},
    );
    expect(scf.outcome).toBe("converged");
    expect(scf.solvent!.points).toBe(entry.points);
    expect(Math.abs(scf.energy_hartree - entry.energy)).toBeLessThan(
      functional ? GRID_TOLERANCE : SOLVENT_TOLERANCE,
    );
    expect(Math.abs(scf.solvent!.term_hartree - entry.term)).toBeLessThan(
      functional ? GRID_TOLERANCE : FIRST_ORDER_TOLERANCE,
    );
    if (entry.mp2_correlation !== undefined)
      expect(Math.abs(mp2(system, scf).correlation_hartree - entry.mp2_correlation)).toBeLessThan(
        FIRST_ORDER_TOLERANCE,
      );
    if (!entry.gradient) return;
    const gradient = nuclearGradient(system, scf);
    for (const [i, value] of entry.gradient.flat().entries())
      expect(Math.abs(gradient[i]! - value)).toBeLessThan(GRADIENT_TOLERANCE);
  });
});

const solvent = continuumOf({ name: "acetonitrile" });

describe("a solvent", () => {
  it("gives the same bits on one and on three threads", async () => {
    const basis = await referenceBasis("6-31g*");
    const run = (threads: number) => {
      using system = openWater(basis, { threads, solvent });
      const scf = hartreeFock(system);
      return { scf, gradient: nuclearGradient(system, scf) };
    };
    expect(run(3)).toEqual(run(1));
  });

  it("answers an ion with Born's energy, which a charge in one sphere has", async () => {
    const radius_bohr = (1.2 * 1.82) / 0.529177210544;
    const lithium = { symbols: ["Li"], coordinates_angstrom: [1, -2, 3] };
    for (const [dielectric, model, factor] of [
      [80, "c-pcm", 79 / 80],
      [80, "cosmo", 79 / 80.5],
      [2, "c-pcm", 1 / 2],
    ] as const) {
      using system = openWater(await referenceBasis("6-31g*"), {
        geometry: lithium,
        charge: 1,
        solvent: { name: null, dielectric, model },
      });
      const { solvent: found } = hartreeFock(system);
      expect(Math.abs(found!.term_hartree + factor / (2 * radius_bohr))).toBeLessThan(1e-6);
    }
  });

  it.each([
    ["Hartree–Fock", {}],
    ["PBE", { functional: { name: "pbe", grid: "coarse" } }],
  ] as const)(
    "has a gradient that is the slope of the energy, where spheres meet too: %s",
    async (_, field) => {
      const basis = await referenceBasis("6-31g");
      const at = (step: number, i: number) => {
        const coordinates_angstrom = water.coordinates_angstrom.map((x, k) =>
          k === i ? x + step * 0.529177210544 : x + 0.01 * Math.sin(k),
        );
        return openWater(basis, {
          geometry: { ...water, coordinates_angstrom },
          charge: 1,
          multiplicity: 2,
          solvent,
        });
      };
      for (const i of [1, 4, 5, 8]) {
        const energyAt = (step: number): number => {
          using moved = at(step, i);
          return hartreeFock(moved, field).energy_hartree;
        };
        using system = at(0, i);
        const slope = (energyAt(1e-3) - energyAt(-1e-3)) / 2e-3;
        expect(Math.abs(nuclearGradient(system, hartreeFock(system, field))[i]! - slope)).toBeLessThan(1e-6);
      }
    },
  );

  it("that does not answer keeps the energy of the field it is of", async () => {
    using system = openWater(await referenceBasis("6-31g"), { charge: 1, multiplicity: 2, solvent });
    const scf = hartreeFock(system) as ScfResult & { solvent: NonNullable<ScfResult["solvent"]> };
    using fixed = inFixedField(system, scf);
    const again = hartreeFock(fixed, { start: { orbitals: scf.orbitals } });
    expect(again.iterations).toBeLessThan(5);
    expect(again.solvent).toBeNull();
    expect(Math.abs(again.energy_hartree - scf.energy_hartree)).toBeLessThan(1e-9);
  });

  it("is around other electrons and fields side by side too", async () => {
    using closed = openWater(await referenceBasis("6-31g"), { solvent, fieldsTogether: 2 });
    using cation = withElectrons(closed, { charge: 1, multiplicity: 2 });
    const alone = hartreeFock(cation, { stability: "none" });
    const both = unrestrictedFromEach(cation, [alone.orbitals, alone.orbitals] as never, {
      stability: "none",
    });
    for (const one of [alone, ...both]) {
      expect(one.solvent!.term_hartree).toBeLessThan(-0.05);
      expect(Math.abs(one.energy_hartree - alone.energy_hartree)).toBeLessThan(1e-8);
    }
  });

  it("leaves ghosts without a sphere", async () => {
    const dimer = {
      symbols: [...water.symbols, "O"],
      coordinates_angstrom: [...water.coordinates_angstrom, 0, 0, 3],
    };
    const basis = await referenceBasis("sto-3g");
    using alone = openWater(basis, { solvent });
    using beside = openWater(basis, { solvent, geometry: dimer, ghosts: [3] });
    expect(hartreeFock(beside).solvent!.points).toBe(hartreeFock(alone).solvent!.points);
  });

  it("reports the error of a fitted field as it is in the gas phase, nearly", async () => {
    const { loadFittingBasis } = await import("#core/quantum/molecule/basis.ts");
    const { resources } = await import("./chemistry-reference.ts");
    const auxiliary = await loadFittingBasis(resources, "def2-svp");
    using system = openWater(await referenceBasis("def2-svp"), { solvent });
    const fitted = hartreeFock(system, { densityFitting: { auxiliary } });
    const exact = hartreeFock(system);
    const error = exact.energy_hartree - fitted.energy_hartree;
    expect(Math.abs(fitted.densityFitting!.error_hartree - error)).toBeLessThan(2e-6);
  });
});

describe("a solvent is refused", () => {
  const refused = async (options: Parameters<typeof openWater>[1]): Promise<DomainError> => {
    const basis = await referenceBasis("sto-3g");
    try {
      openWater(basis, options)[Symbol.dispose]();
    } catch (error) {
      return error as DomainError;
    }
    throw new Error("it was not");
  };

  it.each([0.5, 1, Number.POSITIVE_INFINITY, Number.NaN])("with a permittivity of %d", async (dielectric) => {
    const error = await refused({ solvent: { name: null, dielectric, model: "c-pcm" } });
    expect(error).toMatchObject({ code: "invalid-input" });
    expect(error.message).toContain("expected a relative permittivity above 1");
  });

  it("with external charges", async () => {
    const pointCharges = { charges: [0.1], coordinates_angstrom: [0, 0, 1.5] };
    const error = await refused({ solvent, pointCharges });
    expect(error).toMatchObject({ code: "not-supported" });
    expect(error.message).toContain("expected no external charges");
  });

  it("around an element without a radius", async () => {
    const geometry = { symbols: ["Fe", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.6] };
    const error = await refused({ solvent, geometry });
    expect(error).toMatchObject({ code: "not-supported" });
    expect(error.message).toContain("no van der Waals radius of Fe");
  });
});
