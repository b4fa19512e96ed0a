import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import type { EnergyRequest, OpenShell } from "#shared/quantum/energy-request.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));

interface Solution {
  uhf_hartree: number;
  ump2_hartree: number;
  spinSquare: number;
  spinSquareChange: number;
}
interface Entry {
  name: string;
  atoms: string;
  basis: string;
  mp2_hartree: number;
  holes: Solution[];
  pairs: Solution[];
}
const { entries, saddle } = JSON.parse(
  readFileSync(new URL("../../../../reference/open_shells.json", import.meta.url), "utf8"),
) as { entries: Entry[]; saddle: Entry };

/** Its geometries are in ångström by another bohr, which moves energies by less. */
const HARTREE = 1e-6;

function requestOf({ atoms, basis }: Entry, over: Partial<EnergyRequest>): EnergyRequest {
  const rows = atoms.split(";").map((row) => row.trim().split(/\s+/));
  return {
    geometry: {
      symbols: rows.map(([symbol]) => symbol!),
      coordinates_angstrom: rows.flatMap((row) => row.slice(1).map(Number)),
    },
    charge: 0,
    multiplicity: 1,
    basis,
    method: "mp2",
    frozenCore: true,
    activeSpace: null,
    ansatz: "uccsd",
    maxIterations: 200,
    ...over,
  };
}

/** Energies that PySCF found, each once, lowest by UMP2 first. */
const lowest = (solutions: readonly Solution[]): Solution =>
  solutions.reduce((least, one) => (one.ump2_hartree < least.ump2_hartree ? one : least));

describe.each(entries)("an open shell beside the closed shell of $name", (entry) => {
  const computed = (openShell: OpenShell, over: Partial<EnergyRequest>) =>
    evaluateEnergy(requestOf(entry, { openShell, ...over }), { resources });

  it("with a hole is the cation that is lowest by MP2, and tells of each start", async () => {
    const { hartreeFock, mp2 } = await computed("hole", { charge: 1, multiplicity: 2 });
    const expected = lowest(entry.holes);
    expect(Math.abs(mp2!.energy_hartree - expected.ump2_hartree)).toBeLessThan(HARTREE);
    expect(Math.abs(hartreeFock.energy_hartree - expected.uhf_hartree)).toBeLessThan(HARTREE);
    expect(hartreeFock.spinSquare).toBeCloseTo(expected.spinSquare, 5);
    expect(mp2!.spinSquareChange).toBeCloseTo(expected.spinSquareChange, 5);
    const { starts } = hartreeFock.search!;
    expect(starts.map(({ start }) => start)).toEqual(["hole in HOMO", "hole in HOMO−1", "hole in HOMO−2"]);
    const [first] = starts;
    expect(first!.mp2_hartree).toBeCloseTo(entry.holes[0]!.ump2_hartree, 6);
  });

  it("with an electron moved is the triplet that is lowest by MP2", async () => {
    const { mp2, hartreeFock } = await computed("pair", { multiplicity: 3 });
    const expected = lowest(entry.pairs);
    expect(mp2!.energy_hartree).toBeLessThan(expected.ump2_hartree + HARTREE);
    expect(hartreeFock.search!.starts[0]!.energy_hartree).toBeCloseTo(entry.pairs[0]!.uhf_hartree, 6);
  });
});

describe("an open shell beside a closed one", () => {
  const [water] = entries;
  const refusal = (over: Partial<EnergyRequest>) =>
    evaluateEnergy(requestOf(water!, over), { resources }).catch((error: unknown) => error);

  it("keeps a hole where symmetry does, at a saddle point too, in few Fock builds", async () => {
    const { hartreeFock, mp2 } = await evaluateEnergy(
      requestOf(saddle, { openShell: "hole", charge: 1, multiplicity: 2 }),
      { resources },
    );
    const { starts, fockBuilds } = hartreeFock.search!;
    for (const [k, { uhf_hartree, ump2_hartree }] of saddle.holes.entries()) {
      expect(Math.abs(starts[k]!.energy_hartree - uhf_hartree)).toBeLessThan(HARTREE);
      expect(Math.abs(starts[k]!.mp2_hartree! - ump2_hartree)).toBeLessThan(HARTREE);
    }
    // By UHF alone the first would be lowest.
    const chosen = lowest(saddle.holes);
    expect(chosen).not.toBe(saddle.holes[0]);
    expect(Math.abs(mp2!.energy_hartree - chosen.ump2_hartree)).toBeLessThan(HARTREE);
    expect(Math.abs(hartreeFock.energy_hartree - chosen.uhf_hartree)).toBeLessThan(HARTREE);
    // Downhill it took 270 and lost the second.
    expect(fockBuilds).toBeLessThan(60);
  });

  it("is refused another spin, another method and a relaxation", async () => {
    expect(await refusal({ openShell: "hole", charge: 1, multiplicity: 6 })).toMatchObject({
      code: "not-supported",
      message: expect.stringContaining("expected multiplicity 2 or 4, got 6"),
    });
    expect(await refusal({ openShell: "pair", multiplicity: 3, method: "casci" })).toMatchObject({
      message: expect.stringContaining("the method mp2 or uhf, got casci"),
    });
    expect(await refusal({ openShell: "pair", multiplicity: 3, optimise: { frozen: [] } })).toMatchObject({
      message: expect.stringContaining("expected no optimisation"),
    });
  });

  it("gains an electron in one of the three lowest empty orbitals", async () => {
    const { hartreeFock, mp2 } = await evaluateEnergy(
      requestOf(water!, { openShell: "electron", charge: -1, multiplicity: 2 }),
      { resources },
    );
    expect(hartreeFock.search!.starts.map(({ start }) => start)).toEqual([
      "electron in LUMO",
      "electron in LUMO+1",
      "electron in LUMO+2",
    ]);
    expect(mp2!.energy_hartree).toBeGreaterThan(water!.mp2_hartree);
  });
});
