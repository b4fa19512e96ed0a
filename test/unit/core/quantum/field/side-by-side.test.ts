import { describe, expect, it } from "vitest";
import { createControlBlock, requestCancel } from "#core/quantum/control-block.ts";
import { closedShellStart } from "#core/quantum/field/closed-shell-start.ts";
import { hartreeFock, type ScfOptions, unrestrictedFromEach } from "#core/quantum/field/scf.ts";
import { type QuantumSystem, withElectrons } from "#core/quantum/field/system.ts";
import { type AtomRow, openReference, waterRows } from "../chemistry-reference.ts";

const cation = { id: "water", charge: 1, multiplicity: 2, basis: "6-31g", geometry_angstrom: waterRows };
type Start = readonly [Float64Array, Float64Array];

/** α and β columns with the hole in each occupied orbital in turn. */
function holes(system: QuantumSystem): Start[] {
  using paired = withElectrons(system, { charge: 0, multiplicity: 1 });
  const { orbitals, nelec } = closedShellStart(paired);
  const [occupied] = nelec;
  return Array.from({ length: occupied }, (_, k): Start => {
    const beta = Float64Array.from(orbitals[0]);
    for (let row = 0; row < beta.length; row += system.nBasis) {
      beta[row + occupied - 1] = orbitals[0][row + k]!;
      beta[row + k] = orbitals[0][row + occupied - 1]!;
    }
    return [orbitals[0], beta];
  });
}

describe("fields side by side", () => {
  it.each<[string, Omit<ScfOptions, "kind" | "start">]>([
    ["as far as they converge", { newton: "nearest", stability: "none" }],
    ["with their tests of stability", { stability: "follow" }],
    ["where the limit ends them", { stability: "none", maxIterations: 7 }],
  ])("end where each ends by itself, %s", async (_, options) => {
    using system = await openReference(cation);
    const starts = holes(system);
    const together = unrestrictedFromEach(system, starts, options);
    expect(together.length).toBe(5);
    for (const [k, orbitals] of starts.entries()) {
      const alone = hartreeFock(system, { ...options, kind: "uhf", start: { orbitals } });
      expect(together[k]!.outcome).toBe(alone.outcome);
      expect(together[k]!.iterations).toBe(alone.iterations);
      expect(together[k]!.fockBuilds).toBe(alone.fockBuilds);
      expect(Math.abs(together[k]!.energy_hartree - alone.energy_hartree)).toBeLessThan(1e-9);
    }
  });

  it("have the same bits each time, on one thread and on two", async () => {
    const fieldsOn = async (threads: number) => {
      using system = await openReference(cation, { threads });
      return unrestrictedFromEach(system, holes(system), { stability: "none", newton: "nearest" });
    };
    const once = await fieldsOn(1);
    expect(await fieldsOn(1)).toEqual(once);
    expect(await fieldsOn(2)).toEqual(once);
  });

  it("are as many at a time as memory holds", async () => {
    const fields = async (memoryBytes: number) => {
      using system = await openReference(cation, { memoryBytes });
      const starts = holes(system);
      const options = { stability: "none", newton: "nearest" } as const;
      const found = unrestrictedFromEach(system, starts, options);
      const alone = starts.map((start) => unrestrictedFromEach(system, [start], options)[0]!);
      return { fieldsTogether: system.fieldsTogether, found, alone };
    };
    // 150 matrices of 13² numbers are 203 KB, all integrals 43 KB.
    const many = await fields(2 ** 31);
    const one = await fields(300_000);
    expect(many.fieldsTogether).toBeGreaterThan(5);
    expect(one.fieldsTogether).toBe(1);
    expect(one.found).toEqual(one.alone);
    one.found.forEach(({ energy_hartree }, k) => {
      expect(Math.abs(energy_hartree - many.found[k]!.energy_hartree)).toBeLessThan(1e-9);
    });
  });

  it("keep the memory for their matrices that is asked for", async () => {
    const rows = Array.from({ length: 8 }, (_, k): AtomRow => ["C", 0, 0, 1.5 * k]);
    const row = { id: "carbon", charge: 0, basis: "6-31g", geometry_angstrom: rows };
    const togetherOf = async (fieldsTogether: number) => {
      using system = await openReference(row, { memoryBytes: 40e6, fieldsTogether });
      return system.fieldsTogether;
    };
    // Of 72 functions matrices of 6 MB for one field, 17 for two and 32 for three; integrals of 40 MB take what is left.
    expect([await togetherOf(1), await togetherOf(2), await togetherOf(6)]).toEqual([1, 2, 2]);
  });

  it("all end when the caller cancels, and none waits for another", async () => {
    const control = createControlBlock();
    using system = await openReference(cation, { control });
    const starts = holes(system);
    requestCancel(control);
    expect(() => unrestrictedFromEach(system, starts, {})).toThrowError(
      expect.objectContaining({ name: "AbortError" }),
    );
  });

  it("refuse orbitals that are fewer than the electrons, all of them", async () => {
    using system = await openReference(cation);
    const none = new Float64Array(system.nBasis * system.nBasis);
    const [first] = holes(system);
    expect(() => unrestrictedFromEach(system, [first!, [none, none]], {})).toThrow("orbitals to start from");
  });

  it("go on where one has ended long before", async () => {
    const stretched = waterRows.map(([s, x, y, z], k): AtomRow => [s, x, y, k === 1 ? z + 1 : z]);
    using system = await openReference({ ...cation, geometry_angstrom: stretched });
    const starts = holes(system);
    const first = hartreeFock(system, { kind: "uhf", start: { orbitals: starts[0]! }, stability: "none" });
    const [ended, other] = unrestrictedFromEach(system, [first.orbitals as Start, starts[1]!], {
      stability: "none",
    });
    expect(ended!.iterations).toBeLessThan(other!.iterations);
    expect(Math.abs(ended!.energy_hartree - first.energy_hartree)).toBeLessThan(1e-9);
  });
});
