import { describe, expect, it } from "vitest";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { mp2NaturalOrbitals } from "#core/quantum/field/mp2.ts";
import { hartreeFock, oneElectronIntegrals } from "#core/quantum/field/scf.ts";
import { openSystem } from "#core/quantum/field/system.ts";
import { BASIS_SETS, loadBasisSet } from "#core/quantum/molecule/basis.ts";
import { activeSpaceHamiltonian, chooseActiveSpace } from "#core/quantum/space/active-space.ts";
import { ActiveSpace, ActiveSpaceRequest, type ActiveSpaceRule } from "#shared/quantum/active-space.ts";
import { openReference, type ReferenceMolecule, readReference, resources } from "../chemistry-reference.ts";

/** Both programs converge fields to 1e-8 in the gradient; energies in rotated orbitals are first order in it. */
const CASCI_TOLERANCE = 1e-7;
/** First order in the orbital gradients left and in the integrals screened out. */
const OCCUPATION_TOLERANCE = 1e-7;

interface Entry extends ReferenceMolecule {
  threshold: number;
  n_electrons: number;
  n_orbitals: number;
  casci: number;
}
interface NaturalEntry extends Entry {
  n_frozen_core: number;
  occupations: number[];
}
interface AvasEntry extends Entry {
  targets: string[];
}

const reference = readReference<{ natural: NaturalEntry[]; avas: AvasEntry[] }>("active_spaces.json");
const names = new Map<string, string>(Object.entries(BASIS_SETS).map(([name, { file }]) => [file, name]));
const open = (entry: Entry) => openReference({ ...entry, basis: names.get(`${entry.basis}.json`)! });

/** The space that a rule chooses, and its lowest energy. */
async function solved(entry: Entry, request: ActiveSpaceRule) {
  using system = await open(entry);
  const scf = hartreeFock(system, { kind: entry.multiplicity === 1 ? "rhf" : "rohf" });
  const { space, orbitals } = await chooseActiveSpace(system, scf, { request, resources });
  const { states } = solveCasci(activeSpaceHamiltonian(system, orbitals, space), { tolerance: 1e-7 });
  return { space, energy: states[0]!.energy_hartree };
}

describe("MP2 natural orbitals", () => {
  it.each(reference.natural)("of $id have the occupations of an independent program", async (entry) => {
    using system = await open(entry);
    const natural = mp2NaturalOrbitals(system, hartreeFock(system), { nFrozenCore: entry.n_frozen_core });
    expect(natural.occupations).toHaveLength(entry.occupations.length);
    for (const [k, occupation] of natural.occupations.entries())
      expect(Math.abs(occupation - entry.occupations[k]!)).toBeLessThan(OCCUPATION_TOLERANCE);
  });

  it("are the same in one pass over the integrals and in many, on one thread and on two", async () => {
    const entry = reference.natural.at(-1)!;
    using one = await open(entry);
    const name = names.get(`${entry.basis}.json`)!;
    using two = await openReference({ ...entry, basis: name }, { threads: 2 });
    const scf = hartreeFock(one);
    const natural = mp2NaturalOrbitals(one, scf);
    expect(mp2NaturalOrbitals(two, scf)).toEqual(natural);
    expect(mp2NaturalOrbitals(one, scf, { memoryBytes: 1 })).toEqual(natural);
  });

  it("are orthonormal, and their occupations add up to the electrons", async () => {
    using system = await open(reference.natural.at(-1)!);
    const { orbitals, occupations } = mp2NaturalOrbitals(system, hartreeFock(system));
    const { overlap } = oneElectronIntegrals(system);
    const n = system.nBasis;
    const norb = occupations.length;
    const element = (p: number, q: number) => {
      let sum = 0;
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          sum += orbitals[i * norb + p]! * overlap[i * n + j]! * orbitals[j * norb + q]!;
      return sum;
    };
    for (let p = 0; p < norb; p++)
      for (let q = 0; q <= p; q++) expect(element(p, q)).toBeCloseTo(p === q ? 1 : 0, 9);
    const electrons = system.nelec[0] + system.nelec[1];
    expect(occupations.reduce((sum, occupation) => sum + occupation, 0)).toBeCloseTo(electrons, 9);
  });
});

describe("the rule of natural occupations", () => {
  it.each(reference.natural)(
    "chooses for $id the space and energy of an independent program",
    async (entry) => {
      const { threshold, occupations } = entry;
      const { space, energy } = await solved(entry, { rule: "natural-occupation", threshold });
      expect(space).toMatchObject({ nelec: entry.n_electrons, norb: entry.n_orbitals });
      expect(Math.abs(energy - entry.casci)).toBeLessThan(CASCI_TOLERANCE);
      const kept = occupations.filter((n) => n >= threshold && n <= 2 - threshold);
      expect(space.naturalOccupations).toHaveLength(kept.length);
      const left = occupations.filter((n) => n < threshold || n > 2 - threshold);
      const largest = Math.max(...left.map((n) => Math.min(n, 2 - n)));
      expect(Math.abs(space.largestDiscardedOccupation! - largest)).toBeLessThan(OCCUPATION_TOLERANCE);
    },
  );
});

describe("AVAS", () => {
  it.each(reference.avas)("chooses for $id the space and energy of an independent program", async (entry) => {
    const { targets, threshold } = entry;
    const { space, energy } = await solved(entry, { rule: "avas", targets, threshold });
    expect(space).toMatchObject({ nelec: entry.n_electrons, norb: entry.n_orbitals });
    expect(Math.abs(energy - entry.casci)).toBeLessThan(CASCI_TOLERANCE);
    expect(space).toMatchObject({ naturalOccupations: null, largestDiscardedOccupation: null });
    expect(space.reason).toContain(targets.join(", "));
  });

  it.each([
    ["formaldehyde def2-SVP, carbonyl", 0.5, 0],
    ["hydroxyl 6-31G**", 0.3, 2],
  ])(
    "of %s tells the largest weight left out, which a threshold below it takes",
    async (id, threshold, more) => {
      const entry = reference.avas.find((one) => one.id === id)!;
      const chosen = async (threshold: number) =>
        (await solved(entry, { rule: "avas", targets: entry.targets, threshold })).space;
      const space = await chosen(threshold);
      const told = Number(/the largest left out has (0\.\d+)\.$/.exec(space.reason ?? "")?.[1]);
      expect(told).toBeLessThan(threshold);
      expect(await chosen(told * 1.01)).toMatchObject({ norb: space.norb, nelec: space.nelec });
      expect(await chosen(told * 0.99)).toMatchObject({ norb: space.norb + 1, nelec: space.nelec + more });
    },
  );

  it("counts shells of d from 3 as chemists do", async () => {
    const geometry = { symbols: ["H", "Br"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.41] };
    const basis = await loadBasisSet(resources, "sto-3g");
    using system = openSystem({ geometry, charge: 0, multiplicity: 1, basis });
    const scf = hartreeFock(system);
    const choose = (target: string) =>
      chooseActiveSpace(system, scf, {
        request: { rule: "avas", targets: [target], threshold: 0.2 },
        resources,
      });
    await expect(choose("Br 4d")).rejects.toThrow("got Br 4d");
    // the five shells are there, and full
    await expect(choose("Br 3d")).rejects.toThrow("chooses (10e,5o)");
  });

  it("refuses atomic orbitals that the molecule does not have", async () => {
    const [butadiene] = reference.avas;
    const rule = { rule: "avas", targets: ["C 2pz", "O 2p", "C 3p"], threshold: 0.2 } as const;
    await expect(solved(butadiene!, { ...rule, targets: [...rule.targets] })).rejects.toThrow(
      /expected atomic orbitals of C, H in STO-3G, got O 2p, C 3p/,
    );
  });
});

describe("a list of orbitals", () => {
  const water = reference.avas[1]!;

  it("that is a frontier window gives what the window gives, in any order", async () => {
    const window = await solved(water, { rule: "frontier", nelec: 4, norb: 4 });
    const listed = await solved(water, { rule: "orbitals", orbitals: [6, 3, 5, 4] });
    expect(window.space.orbitals).toEqual([3, 4, 5, 6]);
    expect(listed.space).toMatchObject({ nelec: 4, norb: 4, orbitals: [3, 4, 5, 6] });
    expect(listed.energy).toBe(window.energy);
  });

  it("may leave gaps: all orbitals but the core give the frozen-core full CI", async () => {
    const listed = await solved(water, { rule: "orbitals", orbitals: [2, 4, 6, 7] });
    expect(listed.space).toMatchObject({ nelec: 4, norb: 4, reason: expect.stringContaining("3, 5, 7, 8") });
    const all = Array.from({ length: 12 }, (_, i) => i + 1);
    const complete = await solved(water, { rule: "orbitals", orbitals: all });
    expect(complete.space.nelec).toBe(8);
    expect(complete.energy).toBeLessThan(listed.energy);
  });

  it.each([
    [[3, 4, 99], /numbers up to 13 \(the lowest is 1\), got 100/],
    [[3, 4, 4], /each orbital once/],
  ])("%j is refused", async (orbitals, message) => {
    await expect(solved(water, { rule: "orbitals", orbitals })).rejects.toThrow(message);
  });

  it("without a singly occupied orbital is refused", async () => {
    const hydroxyl = reference.avas.at(-1)!;
    await expect(solved(hydroxyl, { rule: "orbitals", orbitals: [3, 5] })).rejects.toThrow(
      /singly occupied orbitals 5 \(the lowest is 1\)/,
    );
  });
});

describe("a rule", () => {
  const water = reference.avas[1]!;

  it.each<[ActiveSpaceRule, RegExp]>([
    [{ rule: "natural-occupation", threshold: 0.5 }, /chooses \(0e,0o\).*Lower the threshold.*0\.5/],
    [
      { rule: "avas", targets: ["O 2s", "O 2p"], threshold: 0.2 },
      /chooses \(8e,4o\).*Name more atomic orbitals/,
    ],
  ])("%j that finds nothing to correlate is refused with a remedy", async (rule, message) => {
    await expect(solved(water, rule)).rejects.toThrow(message);
  });

  it("of natural occupations that finds nothing names the threshold that finds something", async () => {
    const rule = (threshold: number): ActiveSpaceRule => ({ rule: "natural-occupation", threshold });
    const refusal = await solved(water, rule(0.5)).catch((error: Error) => error.message);
    const named = Number(/to (0\.\d+) or less for this molecule/.exec(String(refusal))?.[1]);
    await expect(solved(water, rule(named))).resolves.toBeDefined();
    await expect(solved(water, rule(named + 1e-4))).rejects.toThrow(/Lower the threshold/);
  });

  it("is told with its result, the default window's size filled in", async () => {
    using system = await open(water);
    const { space } = await chooseActiveSpace(system, hartreeFock(system), { request: null, resources });
    expect(space).toMatchObject({
      rule: { rule: "frontier", nelec: 4, norb: 4 },
      reason: "The 2 highest doubly occupied and 2 lowest virtual orbitals by energy.",
    });
  });

  it("may be a bare size, as in earlier requests, and earlier records are read", () => {
    expect(ActiveSpaceRequest.parse({ nelec: 4, norb: 4 })).toEqual({ nelec: 4, norb: 4 });
    expect(ActiveSpace.parse({ nelec: 2, norb: 2, orbitals: [1, 2] })).toEqual({
      ...{ nelec: 2, norb: 2, orbitals: [1, 2] },
      ...{ rule: null, reason: null, naturalOccupations: null, largestDiscardedOccupation: null },
    });
    expect(() => ActiveSpaceRequest.parse({ rule: "avas", targets: ["O 1p"] })).toThrow(
      /element and a shell/,
    );
  });
});
