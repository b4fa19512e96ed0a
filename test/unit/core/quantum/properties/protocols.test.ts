import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { impossibleIonisation } from "#core/quantum/properties/conclude.ts";
import { evaluateCandidate } from "#core/quantum/properties/evaluate.ts";
import { ionEnergy } from "#core/quantum/properties/ion-states.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import { completeSettings, storedSettings } from "#shared/properties/settings.ts";
import { tripletEnergy } from "#shared/properties/triplet-energy.ts";
import { whyNotConverged } from "#shared/properties/why-not-converged.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

const resources = fileURLToPath(new URL("../../../../../resources", import.meta.url));
const water = {
  symbols: ["O", "H", "H"],
  coordinates_angstrom: [0, 0, 0.117, 0, 0.757, -0.469, 0, -0.757, -0.469],
};
const formaldehyde = {
  symbols: ["C", "O", "H", "H"],
  coordinates_angstrom: [0, 0, -0.5296, 0, 0, 0.6716, 0, 0.9372, -1.1246, 0, -0.9372, -1.1246],
};

const nitroxyl = {
  symbols: ["N", "O", "H"],
  coordinates_angstrom: [0, 0, 0, 0, 0, 1.21, 0.99, 0, -0.4],
};

async function evaluated(
  property: PropertyId,
  over: Partial<Candidate> = {},
  settings: Record<string, string | boolean> = {},
  changed: (result: EnergyResult) => EnergyResult = (result) => result,
) {
  const asked: EnergyRequest[] = [];
  const candidate: Candidate = {
    geometry: water,
    molblock: "",
    structures: {} as Candidate["structures"],
    charge: 0,
    multiplicity: 1,
    level: {
      basis: "6-31g",
      activeSpace: { nelec: 4, norb: 4 },
      ansatz: "uccsd",
      maxIterations: 200,
    },
    settings: completeSettings(property, settings),
    ...over,
  };
  const found = await evaluateCandidate(property, candidate, (request) => {
    asked.push(request);
    return evaluateEnergy(request, { resources }).then(changed);
  });
  return { ...found, asked };
}

describe("the vertical ionisation energy", () => {
  // RHF, UHF and their MP2 of PySCF 2.14; the lithium core has no partner to correlate with, H2⁺ and He⁺ one electron.
  it.each([
    { symbols: ["H", "H"], z: [0, 0.74], basis: "6-31g", energy: -0.55656021404961 + 1.1441365749794674 },
    { symbols: ["He"], z: [0], basis: "6-31g", energy: -1.9936177757864055 + 2.866360549064392 },
    { symbols: ["H", "F"], z: [0, 0.92], basis: "sto-3g", energy: -98.18855847723559 + 98.58854335195132 },
    {
      symbols: ["Li"],
      z: [0],
      basis: "6-31g",
      multiplicity: 2,
      energy: -7.235480024448174 + 7.431235811083671,
    },
  ])(
    "is that of $symbols too, which have no (4e,4o)",
    async ({ symbols, z, basis, multiplicity = 1, energy }) => {
      const geometry = { symbols, coordinates_angstrom: z.flatMap((height) => [0, 0, height]) };
      const level = {
        basis,
        activeSpace: { nelec: 4, norb: 4 },
        ansatz: "uccsd",
        maxIterations: 200,
      } as const;
      const { evaluation } = await evaluated("vertical-ionisation-energy", { geometry, level, multiplicity });
      expect(evaluation.outcome).toBe("converged");
      expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(energy, 6);
      if (multiplicity === 1)
        expect(evaluation.values.vertical_hartree).toBeCloseTo(evaluation.values.verticalCasci_hartree!, 6);
    },
  );

  // RHF and UHF of PySCF 2.14: there is no empty orbital that MP2 could correlate with.
  it.each([
    ["He", 0, { nelec: 4, norb: 4 }, -1.931748450137523 + 2.807783957539974],
    ["Ne", 0, null, -126.06147221825731 + 126.60452499680484],
    ["He", 0, { nelec: 2, norb: 2 }, -1.931748450137523 + 2.807783957539974],
  ] as const)(
    "is that of MP2 alone where there is no empty orbital: %s",
    async (symbol, z, activeSpace, energy) => {
      const geometry = { symbols: [symbol], coordinates_angstrom: [0, 0, z] };
      const level = { basis: "sto-3g", activeSpace, ansatz: "uccsd", maxIterations: 200 } as const;
      const { evaluation } = await evaluated("vertical-ionisation-energy", { geometry, level });
      const { outcome, values, states } = evaluation;
      expect(outcome).toBe("converged");
      expect(values.verticalMp2_hartree).toBeCloseTo(energy, 7);
      expect(values).toMatchObject({
        vertical_hartree: null,
        verticalCasci_hartree: null,
        koopmans_hartree: null,
      });
      expect(propertyOf("vertical-ionisation-energy").warning?.of(values, states)).toMatch(
        /^No VQE, CASCI and Koopmans' estimate stand beside MP2: the molecule has no empty orbital/,
      );
    },
  );

  it("of a single electron is refused in words", async () => {
    const geometry = { symbols: ["H"], coordinates_angstrom: [0, 0, 0] };
    await expect(evaluated("vertical-ionisation-energy", { geometry, multiplicity: 2 })).rejects.toThrow(
      /expected two electrons or more, got one/,
    );
  });

  it("is none where a neutral molecule would let its electron go, as where its field is no ground state", async () => {
    let neutral: number;
    const { evaluation, reason } = await evaluated("vertical-ionisation-energy", {}, {}, (result) => {
      const { mp2 } = result;
      if (result.charge === 0) neutral = mp2!.energy_hartree;
      // 4.88 eV below the molecule.
      return result.charge === 1 && mp2
        ? { ...result, mp2: { ...mp2, energy_hartree: neutral - 0.179336 } }
        : result;
    });
    expect(evaluation.outcome).toBe("not-converged");
    expect(evaluation.values.verticalMp2_hartree).toBeNull();
    expect(evaluation.values.koopmans_hartree).toBeGreaterThan(0);
    expect(reason).toMatch(/^an ionisation energy of −4\.88 eV cannot be: .* give its multiplicity\.$/);
  });

  it("of an anion may be negative, of a neutral molecule or a cation it is positive", () => {
    const cation = { charge: 1, multiplicity: 2 };
    expect(impossibleIonisation(0, cation)).toMatch(/^an ionisation energy of 0\.00 eV cannot be.*of it\.$/);
    expect(impossibleIonisation(1e-6, cation)).toBeNull();
    expect(impossibleIonisation(null, cation)).toBeNull();
    expect(impossibleIonisation(-0.1, { charge: -1, multiplicity: 1 })).toBeNull();
  });

  it("is ranked by MP2, by PySCF's numbers, with what the active space says beside it", async () => {
    const { evaluation } = await evaluated("vertical-ionisation-energy");
    const { values, outcome, states } = evaluation;
    expect(outcome).toBe("converged");
    // RHF/MP2 and UHF/UMP2 of PySCF 2.14, core not correlated (test/reference/open_shells.json).
    expect(values.verticalMp2_hartree).toBeCloseTo(-75.67027623 + 76.11176223, 6);
    expect(values.vertical_hartree).toBeCloseTo(values.verticalCasci_hartree!, 3);
    expect(Object.keys(states)).toEqual(["neutral", "cation", "mp2-cation"]);
  });

  it("of before there was a choice is that of the active space alone, and asks for nothing else", async () => {
    const settings = storedSettings("vertical-ionisation-energy");
    const { evaluation, asked } = await evaluated("vertical-ionisation-energy", { settings });
    expect(asked.map(({ method, ions }) => [method, ions])).toEqual([["vqe", ["cation"]]]);
    expect(Object.keys(evaluation.values)).not.toContain("verticalMp2_hartree");
  });

  it("has no number where one of the ion's spins was not reached, for it may be the lower one", () => {
    const state = (energy_hartree: number | null, spinSquare: number, multiplicity: number) =>
      ({
        multiplicity,
        hartreeFock: { outcome: "converged", spinSquare },
        mp2: energy_hartree === null ? null : { energy_hartree },
      }) as EnergyResult;
    const of = (multiplicity: number, results: Record<string, EnergyResult>) =>
      ionEnergy({ multiplicity } as Candidate, "ion", results);
    const singlet = state(-1, 0, 1);
    expect(of(2, { ion: singlet, "ion-high": state(-1.1, 2, 3) })).toBe(-1.1);
    expect(of(2, { ion: singlet, "ion-high": state(-0.9, 2, 3) })).toBe(-1);
    expect(of(2, { ion: singlet, "ion-high": state(null, 2, 3) })).toBeNull();
    expect(of(2, { ion: singlet })).toBeNull();
    expect(of(1, { ion: state(-1, 0.76, 2) })).toBe(-1);
    // f = (1.35 − 0.75) / (3.75 − 1.35) = 1/4
    expect(of(1, { ion: state(-1, 1.35, 2), "ion-high": state(-0.8, 3.75, 4) })).toBeCloseTo(-1.05, 12);
    // Not projected, which its warning says.
    expect(of(1, { ion: state(-1, 1.35, 2), "ion-high": state(null, 3.75, 4) })).toBe(-1);
  });

  it("is projected onto the doublet where the cation's determinant mixes in a quartet", async () => {
    const geometry = { symbols: ["C", "O", "O"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.16, 0, 0, -1.16] };
    const settings = { activeSpace: false };
    const { evaluation, asked } = await evaluated("vertical-ionisation-energy", { geometry }, settings);
    expect(asked.map(({ multiplicity }) => multiplicity)).toEqual([1, 2, 4]);
    const [neutral, doublet, quartet] = ["neutral", "mp2-cation", "mp2-cation-high"].map((name) => {
      const { mp2, hartreeFock } = evaluation.states[name] as EnergyResult;
      const spinSquare = hartreeFock.spinSquare! + (mp2!.spinSquareChange ?? 0);
      return { energy: mp2!.energy_hartree, spinSquare };
    }) as [
      { energy: number; spinSquare: number },
      { energy: number; spinSquare: number },
      { energy: number; spinSquare: number },
    ];
    // PySCF 2.14.0 in 6-31G at 1.16 Å: 0.98 of the determinant, 0.90 of MP2's wave function.
    expect(doublet.spinSquare).toBeCloseTo(0.9, 1);
    const share = (doublet.spinSquare - 0.75) / (quartet.spinSquare - doublet.spinSquare);
    const projected = doublet.energy - share * (quartet.energy - doublet.energy);
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(projected - neutral.energy, 10);
    expect(
      propertyOf("vertical-ionisation-energy").warning?.of(evaluation.values, evaluation.states),
    ).toMatch(
      /⟨S²⟩ of the cation is 0\.\d\d too high; its MP2 energy was projected onto its spin, by [-−]0\.\d\d eV/,
    );
  });

  it("of a radical is the lower of both spins, without an active space", async () => {
    const geometry = { symbols: ["O", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.97] };
    const radical = { geometry, multiplicity: 2 };
    const { evaluation } = await evaluated("vertical-ionisation-energy", radical);
    const energy = (name: string) => {
      const state = evaluation.states[name]!;
      return "mp2" in state ? state.mp2!.energy_hartree : Number.NaN;
    };
    // What was not asked for is absent, not unconverged.
    expect(Object.keys(evaluation.values)).toEqual(["verticalMp2_hartree"]);
    // OH+ has a triplet ground state.
    expect(energy("mp2-cation-high")).toBeLessThan(energy("mp2-cation"));
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(
      energy("mp2-cation-high") - energy("neutral"),
      10,
    );
  });
});

describe("the electron affinity and the gap", () => {
  it("have no number where the anion lies above the molecule, and say so", async () => {
    for (const property of ["vertical-electron-affinity", "fundamental-gap"] as const) {
      const { evaluation, reason, asked } = await evaluated(property);
      expect(evaluation.outcome).toBe("not-bound");
      expect(Object.values(evaluation.values)).toEqual([null]);
      expect(reason).toMatch(/^not bound: the anion lies above/);
      expect(asked.map(({ charge }) => charge)).toEqual([0, -1]);
    }
  });

  it("share their states: the gap is the difference of ionisation energy and affinity", async () => {
    const geometry = { symbols: ["Cl", "Cl"], coordinates_angstrom: [0, 0, 0, 0, 0, 2.4] };
    const affinity = await evaluated("vertical-electron-affinity", { geometry });
    const gap = await evaluated("fundamental-gap", { geometry });
    const ionisation = await evaluated("vertical-ionisation-energy", { geometry }, { activeSpace: false });
    expect(affinity.evaluation.outcome).toBe("converged");
    expect(gap.asked).toEqual([...affinity.asked, ...ionisation.asked.slice(1)]);
    expect(gap.evaluation.values.fundamentalGap_hartree).toBeCloseTo(
      ionisation.evaluation.values.verticalMp2_hartree! -
        affinity.evaluation.values.verticalAffinity_hartree!,
      9,
    );
  });
});

describe("states above the ground state", () => {
  it("are not there where there is no empty orbital, which is said", async () => {
    const geometry = { symbols: ["He"], coordinates_angstrom: [0, 0, 0] };
    const level = { basis: "sto-3g", activeSpace: null, ansatz: "uccsd", maxIterations: 200 } as const;
    for (const property of ["first-excitation", "singlet-triplet-gap"] as const)
      expect(await evaluated(property, { geometry, level })).toMatchObject({
        evaluation: { outcome: "not-applicable" },
        reason: expect.stringContaining("no empty orbital in this basis set"),
        asked: [],
      });
  });

  it("give the triplet energy of formaldehyde by PySCF's numbers", async () => {
    const { evaluation } = await evaluated("triplet-energy", { geometry: formaldehyde });
    // n → π*: test/reference/open_shells.json.
    expect(evaluation.values.tripletEnergy_hartree).toBeCloseTo(-113.8797253 + 114.02444398, 6);
  });

  it("take the two electrons of stretched hydrogen for its triplet energy, exact in all of its orbitals", async () => {
    const stretched = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 1.8] };
    const { evaluation } = await evaluated("triplet-energy", { geometry: stretched });
    const exact = async (multiplicity: 1 | 3): Promise<number> => {
      const request = {
        geometry: stretched,
        charge: 0,
        multiplicity,
        basis: "6-31g",
        method: "fci",
      } as const;
      const more = { activeSpace: null, ansatz: "uccsd", maxIterations: 9 } as const;
      return (await evaluateEnergy({ ...request, ...more }, { resources })).fci!.energy_hartree;
    };
    expect(evaluation.values.tripletEnergyRouted_hartree).toBeCloseTo((await exact(3)) - (await exact(1)), 6);
  });

  it("ask NEVPT2 for the triplet energy where one determinant fails, and MP2 alone elsewhere", async () => {
    const { evaluation, asked } = await evaluated("triplet-energy", { geometry: nitroxyl });
    const { singlet, both } = evaluation.states as Record<string, EnergyResult>;
    expect(singlet!.diagnostic).toMatchObject({ route: "active-space", activeSpace: { nelec: 2, norb: 2 } });
    expect(asked).toHaveLength(3);
    expect(both!.activeSpace).toMatchObject({ nelec: 4, norb: 4 });
    // PySCF 2.14.0: CASSCF of the mean of the singlet and two triplets, the lowest of six starts, and SC-NEVPT2 on each.
    expect(evaluation.values.tripletEnergyRouted_hartree).toBeCloseTo(0.030216192, 5);
    expect(evaluation.values.tripletEnergyNevpt2_hartree).toBe(evaluation.values.tripletEnergyRouted_hartree);
    expect(tripletEnergy.warning.of(evaluation.values, evaluation.states)).toMatch(
      /NEVPT2's, 0\.82 eV; MP2 gives \d\.\d\d eV/,
    );
    const byMp2 = await evaluated("triplet-energy", { geometry: nitroxyl }, { method: "mp2" });
    expect(byMp2.asked).toHaveLength(2);
    expect(byMp2.evaluation.values).toEqual({
      tripletEnergy_hartree: evaluation.values.tripletEnergy_hartree,
    });
    const plain = await evaluated("triplet-energy", { geometry: formaldehyde });
    expect(plain.evaluation.values.tripletEnergyRouted_hartree).toBe(
      plain.evaluation.values.tripletEnergy_hartree,
    );
    expect(tripletEnergy.warning.of(plain.evaluation.values, plain.evaluation.states)).toBeNull();
  });

  it("has no triplet energy where NEVPT2 was asked for and did not converge, and says so", async () => {
    const { evaluation } = await evaluated("triplet-energy", { geometry: nitroxyl }, {}, (result) =>
      result.multireference
        ? { ...result, multireference: { ...result.multireference, outcome: "not-converged" } }
        : result,
    );
    expect(evaluation).toMatchObject({
      outcome: "not-converged",
      values: { tripletEnergyRouted_hartree: null },
    });
    expect(whyNotConverged(evaluation)).toBe(
      "states in an active space did not converge by CASSCF with NEVPT2",
    );
  });

  it("give excitation energy and singlet–triplet gap from one state, by spin", async () => {
    const excitation = await evaluated("first-excitation", { geometry: formaldehyde });
    const gap = await evaluated("singlet-triplet-gap", { geometry: formaldehyde });
    expect(gap.asked).toEqual(excitation.asked);
    const { casci } = excitation.evaluation.states.spectrum!;
    const states = [casci!, ...casci!.excited];
    const [ground, second] = states.filter(({ spinSquare }) => Math.abs(spinSquare!) < 0.01);
    const triplet = states.find(({ spinSquare }) => Math.abs(spinSquare! - 2) < 0.01);
    const { values } = excitation.evaluation;
    expect(values.firstExcitation_hartree).toBeCloseTo(second!.energy_hartree - ground!.energy_hartree, 12);
    expect(gap.evaluation.values.singletTripletGap_hartree).toBeCloseTo(
      second!.energy_hartree - triplet!.energy_hartree,
      12,
    );
    // The singlets alone, as a spin-pure diagonalisation of the same space has them.
    const [request] = excitation.asked;
    const pure = await evaluateEnergy({ ...request!, anySpin: false, states: 2 }, { resources });
    expect(second!.energy_hartree).toBeCloseTo(pure.casci!.excited[0]!.energy_hartree, 6);
  });

  it("are as many as a small space has: H2 in a minimal basis", async () => {
    const geometry = { symbols: ["H", "H"], coordinates_angstrom: [0, 0, 0, 0, 0, 0.74] };
    const level = {
      basis: "sto-3g",
      activeSpace: { nelec: 4, norb: 4 },
      ansatz: "uccsd",
      maxIterations: 200,
    } as const;
    const { evaluation } = await evaluated("singlet-triplet-gap", { geometry, level });
    // S1 is σσ*, T1 lies two exchange integrals below: 2 K = 2 · 0.1812888 Eh (A. Szabo, N. S. Ostlund, Modern Quantum Chemistry, 3.5.2, at 1.4 a0).
    expect(evaluation.values.singletTripletGap_hartree).toBeCloseTo(2 * 0.1813, 3);
  });

  it("are refused for open shells", async () => {
    await expect(evaluated("triplet-energy", { multiplicity: 3 })).rejects.toMatchObject({
      code: "not-supported",
      message: expect.stringContaining("expected a singlet, got multiplicity 3"),
    });
  });
});
