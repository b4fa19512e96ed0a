import { describe, expect, it } from "vitest";
import type { ControlBlock } from "#core/quantum/control-block.ts";
import { coupledCluster } from "#core/quantum/field/coupled-cluster.ts";
import { mp2 } from "#core/quantum/field/mp2.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import {
  type AtomRow,
  isQuick,
  openReference,
  type ReferenceEntry,
  readReference,
  referenceEntries,
  waterRows,
} from "../chemistry-reference.ts";
import type { Exact } from "../exact-states.ts";

/** Hartree; both programs converge energies to 1e-9 and better. */
const TOLERANCE = 1e-7;

type Entry = ReferenceEntry & { ccsd?: { total_all_electron: number }; fci?: Exact; n_electrons: number };
const entries = (referenceEntries("small_molecules.json") as Entry[]).filter(
  ({ ccsd, scf }) => ccsd && scf.type === "RHF",
);

interface Case {
  name: string;
  atoms: string;
  charge: number;
  multiplicity: number;
  basis: string;
  nFrozenCore: number;
  ccsd_hartree: number;
  triples_hartree: number;
  t1Diagnostic: number;
  d1Diagnostic: number;
}

const cases = readReference<{ entries: Case[] }>("coupled_cluster.json").entries;

/** "O 0 0 0.1; H 0 0.7 -0.4" */
const rowsOf = (atoms: string): AtomRow[] =>
  atoms.split(";").map((atom) => {
    const [symbol = "", ...position] = atom.trim().split(/\s+/);
    return [symbol, ...position.map(Number)] as AtomRow;
  });

const openCase = ({ name, atoms, charge, multiplicity, basis }: Case) =>
  openReference({ id: name, geometry_angstrom: rowsOf(atoms), charge, multiplicity, basis });

const water = { id: "water", charge: 0, basis: "6-31g", geometry_angstrom: waterRows };

describe("CCSD", () => {
  it.each(entries.filter(isQuick))("of $id agrees with an independent program", async (entry) => {
    using system = await openReference(entry);
    const { outcome, energy_hartree } = coupledCluster(system, hartreeFock(system));
    expect(outcome).toBe("converged");
    expect(Math.abs(energy_hartree - entry.ccsd!.total_all_electron)).toBeLessThan(TOLERANCE);
  });

  it("begins with MP2", async () => {
    using system = await openReference(water);
    const scf = hartreeFock(system);
    const options = { nFrozenCore: "chemical" } as const;
    const { trace_hartree, iterations } = coupledCluster(system, scf, options);
    expect(trace_hartree[0]).toBeCloseTo(mp2(system, scf, options).correlation_hartree, 10);
    expect(trace_hartree).toHaveLength(iterations + 1);
  });

  const ofTwo = entries.filter(({ n_electrons, fci }) => n_electrons === 2 && fci?.e_s0 !== undefined);
  it.each(ofTwo)("of the two electrons of $id is exact", async (entry) => {
    using system = await openReference(entry);
    const { energy_hartree, triples_hartree } = coupledCluster(system, hartreeFock(system), {
      triples: true,
    });
    expect(Math.abs(energy_hartree - entry.fci!.e_s0!)).toBeLessThan(TOLERANCE);
    expect(triples_hartree).toBe(0);
  });
});

describe("CCSD(T)", () => {
  it.each(cases)("of $name has energies and diagnostics of an independent program", async (entry) => {
    using system = await openCase(entry);
    const options = { nFrozenCore: entry.nFrozenCore, triples: true };
    const kind = entry.multiplicity === 1 ? "rhf" : "uhf";
    const found = coupledCluster(system, hartreeFock(system, { kind }), options);
    expect(found.outcome).toBe("converged");
    expect(Math.abs(found.triples_hartree! - entry.triples_hartree)).toBeLessThan(TOLERANCE);
    const total = entry.ccsd_hartree + entry.triples_hartree;
    expect(Math.abs(found.energy_hartree - total)).toBeLessThan(TOLERANCE);
    expect(Math.abs(found.t1Diagnostic - entry.t1Diagnostic)).toBeLessThan(1e-6);
    expect(Math.abs(found.d1Diagnostic - entry.d1Diagnostic)).toBeLessThan(1e-6);
  });

  it.each([
    ["rhf", 0, 1],
    ["uhf", 1, 2],
  ] as const)("has the same bits on one thread and on two, %s", async (kind, charge, multiplicity) => {
    using one = await openReference({ ...water, charge, multiplicity });
    using two = await openReference({ ...water, charge, multiplicity }, { threads: 2 });
    const scf = hartreeFock(one, { kind });
    expect(coupledCluster(two, scf, { triples: true })).toEqual(coupledCluster(one, scf, { triples: true }));
  });

  it("of a closed shell is the same in one set of orbitals and in two", async () => {
    using system = await openReference(water);
    const options = { nFrozenCore: "chemical", triples: true } as const;
    const [one, two] = (["rhf", "uhf"] as const).map((kind) =>
      coupledCluster(system, hartreeFock(system, { kind }), options),
    );
    expect(Math.abs(two!.energy_hartree - one!.energy_hartree)).toBeLessThan(TOLERANCE);
    expect(Math.abs(two!.triples_hartree! - one!.triples_hartree!)).toBeLessThan(TOLERANCE);
    expect(two!.t1Diagnostic).toBeCloseTo(one!.t1Diagnostic, 6);
    expect(two!.d1Diagnostic).toBeCloseTo(one!.d1Diagnostic, 6);
    expect(two!.largestAmplitude).toBeCloseTo(one!.largestAmplitude, 6);
  });

  it("has its largest amplitude among pairs of equal spins, too: of two electrons of one spin as PySCF 2.14.0", async () => {
    const rows: AtomRow[] = [
      ["H", 0, 0, 0],
      ["H", 0, 0, 0.74],
    ];
    using system = await openReference({
      ...water,
      geometry_angstrom: rows,
      basis: "6-31g",
      multiplicity: 3,
    });
    expect(coupledCluster(system, hartreeFock(system, { kind: "uhf" })).largestAmplitude).toBeCloseTo(
      0.0272,
      4,
    );
  });

  it("is size consistent", async () => {
    const far = waterRows.map(([s, x, y, z]): AtomRow => [s, x + 1e3, y, z]);
    using one = await openReference(water);
    using two = await openReference({ ...water, geometry_angstrom: [...waterRows, ...far] });
    const options = { nFrozenCore: "chemical", triples: true } as const;
    const single = coupledCluster(one, hartreeFock(one), options).correlation_hartree;
    const pair = coupledCluster(two, hartreeFock(two), options).correlation_hartree;
    expect(Math.abs(pair - 2 * single)).toBeLessThan(TOLERANCE);
  });

  it("has no triples where the amplitudes do not converge", async () => {
    using system = await openReference(water);
    const found = coupledCluster(system, hartreeFock(system), { triples: true, maxIterations: 2 });
    expect([found.outcome, found.iterations, found.triples_hartree]).toEqual(["not-converged", 2, null]);
  });

  it("looks for a wish to stop every few milliseconds", async () => {
    const control: ControlBlock = new Int32Array(new SharedArrayBuffer(20));
    using system = await openReference({ ...water, basis: "cc-pvdz" }, { control });
    const scf = hartreeFock(system);
    const before = control[4]!;
    const begin = performance.now();
    coupledCluster(system, scf, { triples: true });
    const perCheck = (performance.now() - begin) / (control[4]! - before);
    expect(perCheck).toBeLessThan(5);
    control[0] = 1;
    expect(() => coupledCluster(system, scf)).toThrow(expect.objectContaining({ name: "AbortError" }));
  });

  it("refuses what its memory cannot hold, and says what helps", async () => {
    const chain = Array.from({ length: 60 }, (_, k): AtomRow => ["Ne", 0, 0, 3 * k]);
    using system = await openReference({ ...water, geometry_angstrom: chain });
    const scf = { ...hartreeFock(await openReference(water)) };
    expect(() => coupledCluster(system, scf)).toThrow(
      /300 occupied and 240 virtual orbitals needs about .* GiB; 8.00 GiB are allowed. Take a smaller basis set/,
    );
  });

  it("refuses fields that did not converge and cores that are too large", async () => {
    using system = await openReference(water);
    const scf = hartreeFock(system);
    expect(() => coupledCluster(system, { ...scf, outcome: "not-converged" })).toThrow("converged field");
    expect(() => coupledCluster(system, scf, { nFrozenCore: 6 })).toThrow("a frozen core of 0 to 5 orbitals");
  });
});
