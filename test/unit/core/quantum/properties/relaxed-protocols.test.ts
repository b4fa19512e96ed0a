import { describe, expect, it } from "vitest";
import { structuresOf } from "#core/orchestration/stages/evaluate/structures.ts";
import { evaluateEnergy } from "#core/quantum/evaluate/evaluator.ts";
import { bestStarts, lostStarts } from "#core/quantum/properties/best-starts.ts";
import { bindingProtocol } from "#core/quantum/properties/binding.ts";
import { bondDissociationProtocol } from "#core/quantum/properties/bond-dissociation-energy.ts";
import { termsAtMinimum } from "#core/quantum/properties/minimum.ts";
import { ion, type Probe, WATER } from "#core/quantum/properties/probes.ts";
import type { Candidate, Conclusion } from "#core/quantum/properties/protocol.ts";
import { PROTOCOLS } from "#core/quantum/properties/registry.ts";
import { relaxation } from "#core/quantum/properties/requests.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { type PropertyId, propertyOf } from "#shared/properties/find.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { conformer } from "../../chemistry/open.ts";
import { readReference, resources } from "../chemistry-reference.ts";
import { candidateOf, evaluated } from "./evaluated.ts";

interface Case {
  property: PropertyId;
  smiles: string;
  basis: string;
  hartreeFock_hartree: number;
  mp2_hartree: number;
}
const { cases } = readReference<{ cases: Case[] }>("protocols.json");

/** Relaxations end within 4.5e-4 Eh/bohr of their minima, the reference's within 1e-5, Hartree. */
const TOLERANCE = 4e-5;
/** A hydrogen bond bends with 1e-3 Eh/bohr², so that such gradients leave it some 0.1 bohr off, Hartree. */
const SOFT_TOLERANCE = 1e-4;

describe.each(cases)("$property of $smiles", ({ property, smiles, basis, ...expected }) => {
  it("is what another program computes by the same prescription", async () => {
    const { evaluation, asked } = await evaluated(property, candidateOf(smiles, basis));
    expect(evaluation.outcome).toBe("converged");
    const [mp2, hartreeFock] = Object.values(evaluation.values) as [number, number];
    const tolerance = property === "water-affinity" ? SOFT_TOLERANCE : TOLERANCE;
    expect(Math.abs(mp2 - expected.mp2_hartree)).toBeLessThan(tolerance);
    expect(Math.abs(hartreeFock - expected.hartreeFock_hartree)).toBeLessThan(tolerance);
    expect([...asked.keys()][0]).toBe("molecule");
  }, 120_000);
});

it("H₂⁺ parts into an atom and a proton: 0.10263 Eh, of which 6-31G** lacks 6 %", async () => {
  const ionised = { ...candidateOf("[H][H]", "6-31g**"), charge: 1, multiplicity: 2 };
  const { evaluation, asked } = await evaluated("bond-dissociation-energy", ionised);
  // Exact: −0.60263 Eh at 2.0 bohr less −0.5 Eh of the atom; the basis set has no functions between the nuclei.
  expect(Math.abs(evaluation.values.bondDissociation_hartree! - 0.10263)).toBeLessThan(0.01);
  // Either atom with the proton's charge is the same: there is one way.
  expect(evaluation.alternatives).toBeUndefined();
  expect([...asked.keys()]).toEqual(["molecule", "molecule-energy", "fragment-energy-2"]);
  // No field of a bare nucleus.
  for (const { charge, geometry } of asked.values()) expect(geometry.symbols.length - charge).toBe(1);
}, 60_000);

it("NH parts into a nitrogen atom in its quartet: 82 kcal/mol, not 137 as into the doublet", async () => {
  const imidogen = { ...candidateOf("[NH]", "6-31+g**"), multiplicity: 3 };
  const { evaluation } = await evaluated("bond-dissociation-energy", imidogen);
  const kcal = toKcalPerMol(evaluation.values.bondDissociation_hartree!);
  expect(kcal).toBeGreaterThan(60);
  expect(kcal).toBeLessThan(90);
}, 60_000);

it("methane has no site for a proton, which is said", async () => {
  const { evaluation, reason } = await evaluated("proton-affinity", candidateOf("C", "sto-3g"));
  expect([evaluation.outcome, evaluation.values]).toEqual([
    "not-applicable",
    { protonAffinity_hartree: null, protonAffinityHartreeFock_hartree: null },
  ]);
  expect(reason).toContain("no lone pair and no π bond");
}, 60_000);

it("a radical and a radical have no binding energy without saying how they couple", async () => {
  const probe = { ...ion("Na", 0), multiplicity: 2 };
  const radical = { ...candidateOf("O", "sto-3g"), multiplicity: 2 };
  const end = bindingProtocol(probe, "x").next(radical, { molecule: ended(0) });
  expect(end).toMatchObject({ outcome: "not-applicable", values: { x_hartree: null } });
});

it("two cations are not bound, which is an outcome and no failure", async () => {
  const ammonium = { ...candidateOf("[NH4+]", "sto-3g"), charge: 1 };
  const { evaluation, reason } = await evaluated("lithium-affinity", ammonium);
  expect([evaluation.outcome, evaluation.values]).toEqual([
    "not-bound",
    { lithiumAffinity_hartree: null, lithiumAffinityHartreeFock_hartree: null },
  ]);
  expect(reason).toBe("not bound: from every start the two move apart");
}, 120_000);

it("a complex that is no minimum yet, but together, is not said to be unbound", () => {
  const water = candidateOf("O", "sto-3g");
  const pose = {
    symbols: ["O", "H", "H", "Na"],
    coordinates_angstrom: [0, 0, 0, 1, 0, 0, 0, 1, 0, -2, -2, 0],
  };
  const structures = { ...water.structures, probePoses: () => [{ geometry: pose }] };
  const unfinished = (geometry: typeof pose) => ({
    ...ended(0),
    optimisation: { ...ended(0).optimisation, outcome: "not-converged", geometry },
  });
  const outcomeAt = (away: number) => {
    const geometry = {
      ...pose,
      coordinates_angstrom: [...pose.coordinates_angstrom.slice(0, 9), -away, 0, 0],
    };
    const results = { molecule: ended(0), "rough-1": unfinished(geometry) as EnergyResult };
    return (bindingProtocol(ion("Na", 1), "x").next({ ...water, structures }, results) as Conclusion).outcome;
  };
  expect([outcomeAt(3), outcomeAt(12)]).toEqual(["not-converged", "not-bound"]);
});

it("a molecule without room for a probe is said to have none, which is no failure", () => {
  const crowded = candidateOf("O", "sto-3g");
  const structures = { ...crowded.structures, probePoses: () => [] };
  const end = bindingProtocol(ion("Na", 1), "x").next({ ...crowded, structures }, { molecule: ended(0) });
  expect(end).toMatchObject({
    outcome: "not-applicable",
    values: { x_hartree: null },
    reason: "no place at the molecule has room for what is to be bound",
  });
});

const AMMONIA: Probe = {
  geometry: {
    symbols: ["N", "H", "H", "H"],
    coordinates_angstrom: [0, 0, 0.116, 0, 0.94, -0.271, 0.814, -0.47, -0.271, -0.814, -0.47, -0.271],
  },
  bonds: [1, 2, 3].map((hydrogen) => ({ atoms: [0, hydrogen] as const, order: 1 })),
  charges: [0, 0, 0, 0],
  charge: 0,
  multiplicity: 1,
};

describe("a complex", () => {
  const formyl = { ...candidateOf("[CH]#[O+]", "sto-3g"), charge: 1 };

  it("in which a proton went over is none of the two: hydronium gives ammonia one without a barrier", async () => {
    const hydronium = { ...candidateOf("[OH3+]", "sto-3g"), charge: 1, probe: AMMONIA };
    const { evaluation, reason } = await evaluated("probe-affinity", hydronium);
    expect([evaluation.outcome, evaluation.values.probeAffinity_hartree]).toEqual(["not-applicable", null]);
    expect(reason).toMatch(/^bound, the two are something else: the molecule's H[234] went from O1 to N5$/);
  }, 60_000);

  it("of which every start became something else leaves no number", () => {
    const { geometry } = formyl;
    const probe = { ...WATER, geometry: WATER.geometry };
    const at = (optimised: Geometry): EnergyResult => ({
      ...ended(-1),
      optimisation: { ...ended(-1).optimisation!, geometry: optimised },
    });
    const complex = [
      ...geometry.coordinates_angstrom,
      ...probe.geometry.coordinates_angstrom.map((x) => x + 3),
    ];
    const beside = {
      symbols: [...geometry.symbols, ...probe.geometry.symbols],
      coordinates_angstrom: complex,
    };
    // The hydrogen of the molecule at the oxygen of water.
    const over = { ...beside, coordinates_angstrom: complex.with(6, 3).with(7, 3).with(8, 4.1) };
    const structures = { ...formyl.structures, probePoses: () => [{ geometry: beside }] };
    const end = bindingProtocol(probe, "x").next(
      { ...formyl, structures },
      { molecule: at(geometry), probe: at(probe.geometry), "rough-1": at(over) },
    );
    expect(end).toMatchObject({
      outcome: "not-applicable",
      values: { x_hartree: null },
      reason: "bound, the two are something else: the molecule's H3 went from C1 to O4",
    });
  });
});

describe("starts of which none leads to a complex or a protomer", () => {
  const water = candidateOf("O", "sto-3g");
  const { coordinates_angstrom: own } = water.geometry;
  const at = (geometry: Geometry, energy = -1, outcome = "converged"): EnergyResult =>
    ({
      hartreeFock: { outcome: "converged", energy_hartree: energy },
      mp2: { energy_hartree: energy },
      optimisation: { outcome, geometry },
    }) as EnergyResult;
  const withAtom = (symbol: string, x: number, xyz = own): Geometry => ({
    symbols: [...water.geometry.symbols, symbol],
    coordinates_angstrom: [...xyz, x, 0, 0],
  });
  const split = own.map((x, k) => (k > 5 ? x + 5 : x));
  const molecule = at(water.geometry);
  /** Of so many starts, with the rough energies from −1 Hartree up. */
  const roughly = (ends: readonly Geometry[], step = 0.001) =>
    Object.fromEntries(
      ends.flatMap((end, k) => [
        [`rough-${k + 1}`, at(end)],
        [`rough-energy-${k + 1}`, at(end, -1 + step * k)],
      ]),
    );
  const binding = (starts: number, results: Record<string, EnergyResult>) => {
    const probePoses = () => Array.from({ length: starts }, () => ({ geometry: withAtom("Na", 3) }));
    const candidate = { ...water, structures: { ...water.structures, probePoses } };
    return bindingProtocol(ion("Na", 1), "x").next(candidate, { molecule, ...results }) as Conclusion;
  };
  /** One of the hydrogens far from the oxygen. */
  const lostComplex = withAtom("Na", 3, split);

  it("are something else where all are, and not converged where one is not", () => {
    expect(binding(2, { "rough-1": at(lostComplex), "rough-2": at(lostComplex) }).outcome).toBe(
      "not-applicable",
    );
    const stuck = at(withAtom("Na", 3), -1, "not-converged");
    const end = binding(2, { "rough-1": at(lostComplex), "rough-2": stuck });
    expect([end.outcome, end.reason]).toEqual(["not-converged", undefined]);
  });

  it("are told where those that were followed are something else and others were not followed", () => {
    const results = roughly([1, 2, 3, 4].map(() => withAtom("Na", 3)));
    const gone = Object.fromEntries([1, 2, 3].map((k) => [`complex-${k}`, at(lostComplex)]));
    const end = binding(4, { ...results, ...gone });
    expect(end.outcome).toBe("not-converged");
    expect(end.reason).toMatch(
      /^bound, the two are something else: the molecule's H3 went from O1 to Na4; not followed: one start that ends higher$/,
    );
    // The second again, by its rough energy.
    const same = { ...results, "rough-energy-4": at(withAtom("Na", 3), -1 + 0.002) };
    expect(binding(4, { ...same, ...gone }).outcome).toBe("not-applicable");
  });

  it("of a proton likewise", () => {
    const methanol = candidateOf("CO", "sto-3g");
    const xyz = methanol.geometry.coordinates_angstrom;
    const geometry = {
      symbols: [...methanol.geometry.symbols, "H"],
      coordinates_angstrom: [...xyz, 9, 0, 0],
    };
    const apart = { ...geometry, coordinates_angstrom: geometry.coordinates_angstrom.with(0, -9) };
    const structures = { ...methanol.structures, protomers: () => [{ geometry }, { geometry }] };
    const outcomeOf = (second: EnergyResult) =>
      PROTOCOLS["proton-affinity"].next(
        { ...methanol, structures },
        {
          molecule: at(methanol.geometry),
          "molecule-energy": at(methanol.geometry),
          "rough-1": at(apart),
          "rough-2": second,
        },
      );
    expect(outcomeOf(at(apart))).toMatchObject({
      outcome: "not-applicable",
      reason: "with a proton it is something else: its bond C1–O2 broke",
    });
    expect(outcomeOf(at(geometry, -1, "not-converged"))).toMatchObject({ outcome: "not-converged" });
  });

  it("are said to part where all do, not where only the lowest three were followed", () => {
    const results = roughly([1, 2, 3, 4].map(() => withAtom("Na", 3)));
    const apart = Object.fromEntries(
      [1, 2, 3].map((k) => [`complex-${k}`, at(withAtom("Na", 20), -1, "not-converged")]),
    );
    expect(binding(4, { ...results, ...apart })).toMatchObject({
      outcome: "not-converged",
      reason:
        "from the lowest starts the two move apart; others, which end higher in STO-3G, were not followed",
    });
    expect(binding(3, { ...roughly([1, 2, 3].map(() => withAtom("Na", 3))), ...apart })).toMatchObject({
      outcome: "not-bound",
      reason: "not bound: from every start the two move apart",
    });
  });
});

describe("a molecule that becomes another one where it is relaxed", () => {
  const peroxide = candidateOf("OO", "sto-3g");
  const apart = peroxide.geometry.coordinates_angstrom.map((x) => 1.7 * x);
  const relaxed = {
    ...ended(-1),
    optimisation: { outcome: "converged", geometry: { ...peroxide.geometry, coordinates_angstrom: apart } },
  } as EnergyResult;

  it.each([
    "proton-affinity",
    "gas-phase-basicity",
    "lithium-affinity",
    "bond-dissociation-energy",
    "adiabatic-ionisation-energy",
    "adiabatic-electron-affinity",
  ] as const)("has no %s, and no share among its shapes", (property) => {
    const end = PROTOCOLS[property].next(peroxide, { molecule: relaxed, probe: relaxed });
    expect(end).toMatchObject({
      outcome: "not-converged",
      reason: "its bond O1–O2 broke when it was relaxed",
      isAnother: true,
    });
  });

  it("in the basis set of its vibrations has no thermal terms: cyclobutyne's ring opens in STO-3G", async () => {
    const { geometry, structures } = candidateOf("C1#CCC1", "sto-3g");
    const { optimisation } = await evaluateEnergy(
      relaxation(geometry, { charge: 0, multiplicity: 1 }, "sto-3g"),
      { resources },
    );
    expect(structures.lostBond(optimisation!.geometry)).toMatch(/^bond C\d–C\d broke$/);
  }, 60_000);
});

describe("an ion beside its molecule", () => {
  const methanol = candidateOf("CO", "sto-3g");
  const molecule = {
    ...ended(-1),
    optimisation: { outcome: "converged", geometry: methanol.geometry },
  } as EnergyResult;
  const hydrogen = methanol.geometry.symbols.findIndex((symbol, atom) => symbol === "H" && atom > 1);
  const xyz = methanol.geometry.coordinates_angstrom;
  // From the methyl group to the other side of oxygen: CH2–OH2⁺.
  const over = [0, 1, 2].reduce(
    (all, axis) => all.with(3 * hydrogen + axis, xyz[3 + axis]! - 0.7 * (xyz[axis]! - xyz[3 + axis]!)),
    [...xyz],
  );

  it("begins a little off the molecule's geometry, which may be a saddle of it", () => {
    const step = PROTOCOLS["adiabatic-ionisation-energy"].next(methanol, { molecule });
    const { request } = (step as unknown as Record<"states", Record<string, { request: EnergyRequest }>>)
      .states["cation-1"]!;
    const moves = request.geometry.coordinates_angstrom.map((x, k) => Math.abs(x - xyz[k]!));
    expect(Math.max(...moves)).toBeLessThan(0.08);
    expect(Math.min(...moves)).toBeGreaterThan(0);
  });

  it("that is distonic is said to be that of another molecule", () => {
    const distonic = {
      ...ended(-1),
      optimisation: { outcome: "converged", geometry: { ...methanol.geometry, coordinates_angstrom: over } },
    } as EnergyResult;
    const end = PROTOCOLS["adiabatic-ionisation-energy"].next(methanol, { molecule, "cation-1": distonic });
    expect(end).toMatchObject({
      outcome: "not-applicable",
      reason: `the cation is that of another molecule: its H${hydrogen + 1} went from C1 to O2 when it was relaxed`,
    });
  });

  it("of which one spin is another molecule's is marked as left out", () => {
    const triplet = { ...methanol, multiplicity: 3 };
    const at = (coordinates_angstrom: number[]) =>
      ({
        ...ended(-0.5),
        optimisation: { outcome: "converged", geometry: { ...methanol.geometry, coordinates_angstrom } },
      }) as EnergyResult;
    const results = { molecule, "cation-1": at(over), "cation-2": at([...xyz]) };
    const energies = { "molecule-energy": ended(-1), "cation-energy-2": ended(-0.5) };
    const end = PROTOCOLS["adiabatic-ionisation-energy"].next(triplet, { ...results, ...energies });
    expect((end as Conclusion).alternatives).toMatchObject([
      { name: "cation of multiplicity 2", value: null, isLeftOut: true },
      { name: "cation of multiplicity 4", value: 0.5 },
    ]);
  });
});

describe("a doubly charged ion", () => {
  const { warning } = propertyOf("magnesium-affinity");
  /** Hartree: the molecule's electron costs 0.46 and magnesium's second one is worth 0.54. */
  const apart = {
    "molecule-energy": -76.2,
    "ion-energy": -198.8,
    "molecule-oxidised": -75.74,
    "ion-reduced": -199.34,
  };
  const states = (change: Partial<typeof apart> = {}) =>
    Object.fromEntries(
      Object.entries({ ...apart, ...change }).map(([name, energy]) => [name, ended(energy)]),
    );
  const told = (bound: number, change?: Partial<typeof apart>) =>
    warning?.of({ magnesiumAffinity_hartree: bound }, states(change));

  it("that would take an electron from the molecule is told of, with what the complex is worth against that", () => {
    expect(told(0.125)).toContain(
      "the molecule's cation and Mg⁺ lie 50 kcal/mol below the molecule and Mg²⁺, to which the number refers; against them the complex is bound by 28 kcal/mol",
    );
    expect(told(0.06)).toContain("lies 13 kcal/mol higher and may part");
  });

  it("that leaves the molecule its electrons is not", () => {
    expect(told(0.125, { "molecule-oxidised": -75.6 })).toBeNull();
  });
});

const ended = (energy: number, x = 0): EnergyResult =>
  ({
    hartreeFock: { outcome: "converged", energy_hartree: energy },
    mp2: { energy_hartree: energy },
    optimisation: {
      outcome: "converged",
      geometry: { symbols: ["H"], coordinates_angstrom: [x, 0, 0] },
    },
  }) as EnergyResult;
const proton = { charge: 1, multiplicity: 1 };
const atom = (x: number) => ({ symbols: ["H"], coordinates_angstrom: [x, 0, 0] });

describe("starts", () => {
  const starts = {
    ...{ name: "protomer", geometries: [0, 1, 2, 3, 4].map(atom), electrons: proton },
    lostBond: (_end: Geometry): string | undefined => undefined,
  };
  const rough = Object.fromEntries(starts.geometries.map((_, k) => [`rough-${k + 1}`, ended(0, 10 + k)]));
  /** The second is the first again, the third out of reach. */
  const energies = { 1: -1, 2: -1.000001, 3: -0.9, 4: -1.005, 5: -0.995 };
  const ranked = Object.fromEntries(
    Object.entries(energies).map(([k, e]) => [`rough-energy-${k}`, ended(e)]),
  );

  it("are all relaxed roughly, then compared, then the low ones relaxed well from there, each structure once", () => {
    const first = bestStarts(starts, {});
    expect(Object.keys(first)).toEqual([1, 2, 3, 4, 5].map((k) => `rough-${k}`));
    const second = bestStarts(starts, rough);
    expect(Object.keys(second)).toEqual([1, 2, 3, 4, 5].map((k) => `rough-energy-${k}`));
    const third = bestStarts(starts, { ...rough, ...ranked });
    expect(Object.keys(third)).toEqual(["protomer-4", "protomer-2", "protomer-5"]);
    expect(third).toMatchObject({ "protomer-4": { request: { geometry: atom(13), basis: "6-31g*" } } });
    const done = Object.fromEntries([4, 2, 5].map((k) => [`protomer-${k}`, ended(-1, 20 + k)]));
    expect(bestStarts(starts, { ...rough, ...ranked, ...done })).toEqual(
      [4, 2, 5].map((k) => ({ number: k, geometry: atom(20 + k) })),
    );
  });

  it("are not compared where there is one", () => {
    const one = { ...starts, geometries: [atom(0)] };
    expect(Object.keys(bestStarts(one, { "rough-1": ended(0, 5) }))).toEqual(["protomer-1"]);
  });

  it("that lead nowhere leave nothing", () => {
    const lost = { ...ended(0), optimisation: { outcome: "not-converged" } } as EnergyResult;
    expect(bestStarts({ ...starts, geometries: [atom(0)] }, { "rough-1": lost })).toEqual([]);
  });

  it("that become something else are left out and told, whether in the rough or in the other basis set", () => {
    const gone = (x: number) => ({
      ...starts,
      lostBond: ({ coordinates_angstrom: [at] }: Geometry) => (at === x ? "bond C1–O2 broke" : undefined),
    });
    const inRough = gone(13);
    expect(Object.keys(bestStarts(inRough, rough))).toEqual([1, 2, 3, 5].map((k) => `rough-energy-${k}`));
    expect(Object.keys(bestStarts(inRough, { ...rough, ...ranked }))).toEqual(["protomer-2", "protomer-5"]);
    const done = Object.fromEntries([4, 2, 5].map((k) => [`protomer-${k}`, ended(-1, 20 + k)]));
    expect(lostStarts(inRough, { ...rough, ...ranked })).toEqual([{ number: 4, change: "bond C1–O2 broke" }]);
    const all = { ...rough, ...ranked, ...done };
    expect(bestStarts(gone(22), all)).toEqual([4, 5].map((k) => ({ number: k, geometry: atom(20 + k) })));
    expect(lostStarts(gone(22), all)).toEqual([{ number: 2, change: "bond C1–O2 broke" }]);
  });
});

describe("a minimum", () => {
  const part = { geometry: atom(0), electrons: proton, lostBond: (): string | undefined => undefined };
  const saddle = {
    hartreeFock: {},
    vibrations: { outcome: "not-a-minimum", terms: null, downhill: atom(1) },
  } as EnergyResult;
  const minimum = {
    hartreeFock: {},
    vibrations: { outcome: "minimum", terms: { zeroPoint_hartree: 1 }, downhill: null },
  };

  it("is looked for down from a saddle, three times at most", () => {
    expect(termsAtMinimum("v", part, {})).toMatchObject({
      states: { "v-1": { request: { geometry: atom(0), ...proton } } },
    });
    expect(termsAtMinimum("v", part, { "v-1": saddle })).toMatchObject({
      states: { "v-2": { request: { geometry: atom(1) } } },
    });
    const found = termsAtMinimum("v", part, { "v-1": saddle, "v-2": minimum as unknown as EnergyResult });
    expect(found).toEqual({ terms: { zeroPoint_hartree: 1 } });
    const open = { ...part, lostBond: () => "bond C1–C2 broke" };
    expect(termsAtMinimum("v", open, { "v-1": ended(0) })).toEqual({
      terms: null,
      change: "bond C1–C2 broke",
    });
    expect(termsAtMinimum("v", part, { "v-1": saddle, "v-2": saddle, "v-3": saddle })).toEqual({
      terms: null,
    });
  });
});

describe("a bond", () => {
  const whole = candidateOf("CO", "sto-3g");
  const withoutBonds = (marksBond: boolean): Candidate => ({
    ...whole,
    structures: { ...whole.structures, bondBreaks: () => [], marksBond },
  });

  it.each([
    [true, "the bond that is marked is in a ring: breaking it leaves one piece"],
    [false, "it has no single bond outside rings"],
  ])("that parts nothing is said to be so: marked %s", (marksBond, reason) => {
    const end = bondDissociationProtocol.next(withoutBonds(marksBond), { molecule: ended(0) });
    expect(end).toMatchObject({ outcome: "not-applicable", reason });
  });

  /** Energies of rigid pieces 1 to 6 of three bonds, Hartree; the molecule is at −10. */
  const rigid: Record<number, number | null> = { 1: -5, 2: -4.9, 3: -4.9, 4: -4.84, 5: -4.9, 6: null };
  const pieceAt = (x: number) => ({
    geometry: { ...atom(x), symbols: ["C", "H"], coordinates_angstrom: [0, 0, 0, x, 0, 0] },
    charge: 0,
    multiplicities: [2],
    lostBond: () => undefined,
  });
  const bonds = [0, 1, 2].map((k) => ({
    atoms: [0, k + 1] as [number, number],
    fragments: [pieceAt(2 * k + 1), pieceAt(2 * k + 2)] as const,
  }));
  const ofThree = (settings: object): Candidate => ({
    ...whole,
    settings: { bonds: "weakest", ...settings },
    structures: { ...whole.structures, bondBreaks: () => bonds },
  });
  /** Fragments relax by 0.01 each; the first does not converge where it is told. */
  const resultOf = (name: string, isLost: boolean): EnergyResult => {
    const number = Number(/\d+$/.exec(name)?.[0]);
    const energy = rigid[number] ?? (Number.isNaN(number) ? -10 : null);
    if (energy === null || (isLost && name === "fragment-energy-1"))
      return { ...ended(0), hartreeFock: { outcome: "not-converged" } } as EnergyResult;
    return ended(name.startsWith("fragment-energy") ? energy - 0.01 : energy);
  };
  function walked(settings: object, { isLost = false } = {}): Conclusion {
    let results: Record<string, EnergyResult> = {};
    for (;;) {
      const step = bondDissociationProtocol.next(ofThree(settings), results);
      if (!("states" in step)) return step;
      const found = Object.keys(step.states).map((name) => [name, resultOf(name, isLost)]);
      results = { ...results, ...Object.fromEntries(found) };
    }
  }

  it("is named with its energy or why it has none: of the weakest, and of all", () => {
    const weakest = walked({});
    expect(weakest.values.bondDissociation_hartree).toBeCloseTo(0.08, 12);
    expect(weakest.chosen).toBe("C1–O2");
    const named = (end: Conclusion) => end.alternatives!.map(({ name, remark }) => [name, remark]);
    expect(named(weakest)).toEqual([
      ["C1–O2", undefined],
      ["C1–H3", "not among the weakest: 163.2 kcal/mol into pieces as they are in the molecule, MP2/6-31G*"],
      ["C1–H4", "its pieces as they are in the molecule did not converge"],
    ]);
    const all = walked({ bonds: "all" });
    expect(all.values).toEqual(weakest.values);
    expect(all.alternatives!.map(({ value }) => value && Number(value.toFixed(6)))).toEqual([
      0.08,
      0.24,
      null,
    ]);
    expect(named(all)[2]).toEqual(["C1–H4", "its pieces did not converge"]);
  });

  it("of which a piece is something else says so of the molecule only where that is so of every bond", () => {
    const changed = bonds.map((bond) => ({
      ...bond,
      fragments: bond.fragments.map((piece) => ({ ...piece, lostBond: () => "bond C1–H2 broke" })) as never,
    }));
    const endOf = (settings: object, kept: typeof bonds): Conclusion => {
      let known: Record<string, EnergyResult> = {};
      const structures = { ...whole.structures, bondBreaks: () => kept };
      for (;;) {
        const step = bondDissociationProtocol.next({ ...ofThree(settings), structures }, known);
        if (!("states" in step)) return step;
        const found = Object.keys(step.states).map((name) => [
          name,
          name === "fragment-3" && kept[1] === bonds[1]
            ? ({ ...ended(0), optimisation: { outcome: "not-converged" } } as EnergyResult)
            : resultOf(name, false),
        ]);
        known = { ...known, ...Object.fromEntries(found) };
      }
    };
    expect(endOf({ bonds: "all" }, changed).outcome).toBe("not-applicable");
    // One is stronger than the window, and not done in full.
    const weakest = endOf({}, changed.slice(0, 2));
    expect(weakest.outcome).toBe("not-converged");
    expect(weakest.reason).toMatch(/^of the weakest bonds a piece is something else: .* are asked for$/);
    const mixed = endOf({ bonds: "all" }, [changed[0]!, bonds[1]!]);
    expect([mixed.outcome, mixed.reason]).toEqual(["not-converged", undefined]);
  });

  it("whose piece became something else is left out of the weakest, which is told beside the number", () => {
    const [first, second] = bonds;
    const fragments = first!.fragments.map((piece) => ({
      ...piece,
      lostBond: () => "bond C1–H2 broke",
    })) as never;
    const structures = { ...whole.structures, bondBreaks: () => [{ ...first!, fragments }, second!] };
    let results: Record<string, EnergyResult> = {};
    for (;;) {
      const step = bondDissociationProtocol.next({ ...ofThree({ bonds: "all" }), structures }, results);
      if (!("states" in step)) {
        expect(step.values.bondDissociation_hartree).toBeCloseTo(0.24, 12);
        const { warning } = propertyOf("bond-dissociation-energy");
        expect(warning?.of(step.values, results, step.alternatives as never)).toBe(
          "Left out for what it became when it was relaxed: C1–O2. The number is that of the lowest of the others, and has no error bar.",
        );
        break;
      }
      const found = Object.keys(step.states).map((name) => [name, resultOf(name, false)]);
      results = { ...results, ...Object.fromEntries(found) };
    }
  });

  it("that is lost leaves the next weakest as the number and is named beside it", () => {
    const end = walked({ bonds: "all" }, { isLost: true });
    expect(end.values.bondDissociation_hartree).toBeCloseTo(0.24, 12);
    expect(end.chosen).toBe("C1–H3");
    expect(end.alternatives).toContainEqual({
      name: "C1–O2",
      value: null,
      remark: "its pieces did not converge",
    });
  });

  it("of an ion that its structure does not state is of the lower way to share the charge, and both are told", () => {
    const structures = structuresOf(conformer("CO").molblock, [0, 1]);
    const asked: Record<string, EnergyRequest> = {};
    /** Hartree: of the pieces CH₃⁺ and OH lie lower than CH₃ and OH⁺. */
    const energyOf = ({ geometry, charge, multiplicity }: EnergyRequest): number => {
      const isMethyl = geometry.symbols.length === 4;
      if (geometry.symbols.length === 6) return -115;
      const lowest = isMethyl ? [-39.7, -39.35][charge]! : [-75.6, -75.15][charge]!;
      return lowest + (charge === 1 && isMethyl === (multiplicity === 3) ? 0.1 : 0);
    };
    const ion = { ...whole, charge: 1, multiplicity: 2, settings: { bonds: "all" }, structures };
    let results: Record<string, EnergyResult> = {};
    for (;;) {
      const step = bondDissociationProtocol.next(ion, results);
      if (!("states" in step)) {
        expect(step.values.bondDissociation_hartree).toBeCloseTo(-39.35 - 75.6 + 115, 10);
        expect(
          step.alternatives?.map(({ name, value }) => [name, value && Number(value.toFixed(6))]),
        ).toEqual([
          ["C1–O2 (+1 with C1)", 0.05],
          ["C1–O2 (+1 with O2)", 0.15],
        ]);
        break;
      }
      const found = Object.entries(step.states).map(([name, state]) => {
        if (!("request" in state)) throw new Error(name);
        asked[name] = state.request;
        const { geometry } = state.request;
        const made = ended(energyOf(state.request));
        return [name, { ...made, optimisation: { ...made.optimisation, geometry } } as EnergyResult];
      });
      results = { ...results, ...Object.fromEntries(found) };
    }
    expect(asked.molecule).toMatchObject({ charge: 1, multiplicity: 2 });
  });

  it("whose pieces did not converge is left out of the weakest, which is told beside the number", () => {
    const { warning } = propertyOf("bond-dissociation-energy");
    const lost = { ...ended(0), hartreeFock: { outcome: "not-converged" } } as EnergyResult;
    const states = { molecule: ended(0), "rigid-2": lost, "fragment-1": ended(0) };
    expect(warning?.of({ bondDissociation_hartree: 0.1 }, states)).toBe(
      "Not converged and left out: Fragment as it is in the molecule (no. 2). The number is that of the lowest of the others, and has no error bar.",
    );
    expect(warning?.of({ bondDissociation_hartree: null }, states)).toBeNull();
    expect(warning?.of({ bondDissociation_hartree: 0.1 }, { molecule: ended(0) })).toBeNull();
  });
});
