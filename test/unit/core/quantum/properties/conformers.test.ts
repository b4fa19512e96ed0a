import { describe, expect, it } from "vitest";
import { structuresOf } from "#core/orchestration/stages/evaluate/structures.ts";
import { type Conformation, evaluateConformers } from "#core/quantum/properties/conformers.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { averageOverShapes, type EvaluatedShape } from "#core/quantum/properties/shape-average.ts";
import type { Evaluation } from "#shared/properties/evaluation.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fromKjPerMol } from "#shared/units.ts";
import { conformer } from "../../chemistry/open.ts";

const PROPERTY = "vertical-ionisation-energy";
/** RT ln 2 at 298.15 K. */
const HALF = fromKjPerMol(8.314462618e-3 * 298.15 * Math.log(2));

const shape = (x: number, images: 1 | 2 = 1): Conformation => ({
  images,
  candidate: {
    geometry: { symbols: ["O"], coordinates_angstrom: [x, 0, 0] },
    molblock: "",
    structures: { at: () => ({}), lostBond: () => undefined } as unknown as Candidate["structures"],
    charge: 0,
    multiplicity: 1,
    level: { basis: "sto-3g", activeSpace: null, ansatz: "uccsd", maxIterations: 10 },
    settings: { method: "mp2", activeSpace: false },
  },
});

/** Energies of neutral and cation by where the atom is. */
type Energies = Readonly<Record<number, readonly [neutral: number | null, cation: number | null]>>;

const computing = (energies: Energies) => async (request: EnergyRequest) => {
  const [neutral, cation] = energies[request.geometry.coordinates_angstrom[0]!]!;
  const energy = request.charge === 0 ? neutral : cation;
  const isThere = energy !== null;
  return {
    multiplicity: request.multiplicity,
    hartreeFock: {
      outcome: isThere ? "converged" : "not-converged",
      energy_hartree: energy,
      spinSquare: request.charge === 0 ? 0 : 0.75,
      iterations: 9,
      orbitalEnergies_hartree: [-0.5, 0.1],
    },
    mp2: isThere ? { energy_hartree: energy } : null,
    casci: null,
    vqe: null,
    ions: [],
  } as unknown as EnergyResult;
};

const evaluated = async (shapes: Conformation[], energies: Energies) =>
  (await evaluateConformers(PROPERTY, shapes, { compute: computing(energies) })).evaluation;

describe("a property of several shapes", () => {
  it("is averaged by their shares, mirror images counted", async () => {
    // 1 : 2 · ½ : ¼, so 4/9, 4/9 and 1/9.
    const energies: Energies = {
      1: [-5, -4.6],
      2: [-5 + HALF, -4.5 + HALF],
      3: [-5 + 2 * HALF, -4.1 + 2 * HALF],
    };
    const { values, alternatives, outcome } = await evaluated([shape(1), shape(2, 2), shape(3)], energies);
    expect(outcome).toBe("converged");
    expect(values.verticalMp2_hartree).toBeCloseTo((4 * 0.4 + 4 * 0.5 + 0.9) / 9, 9);
    const told = alternatives!.map(({ weight, value }) => [
      Number(weight!.toFixed(6)),
      Number(value!.toFixed(6)),
    ]);
    expect(told).toEqual([
      [0.444444, 0.4],
      [0.444444, 0.5],
      [0.111111, 0.9],
    ]);
    expect(alternatives![1]!.remark).toBe("0.41 kcal/mol above the lowest, counted with its mirror image");
  });

  it("counts a shape once that others relax to, and leaves out what did not converge", async () => {
    const energies: Energies = { 1: [-5, -4.6], 2: [-5.000001, -4.600001], 3: [null, -4] };
    const { values, alternatives } = await evaluated([shape(1), shape(2), shape(3)], energies);
    expect(values.verticalMp2_hartree).toBeCloseTo(0.4, 9);
    expect(alternatives!.map(({ weight, remark }) => [weight, remark])).toEqual([
      [1, "0.00 kcal/mol above the lowest"],
      [undefined, "the same as conformer 1 once relaxed"],
      [undefined, expect.stringContaining("did not converge")],
    ]);
  });

  it("has its pieces where it was relaxed to", async () => {
    const { geometry, molblock } = conformer("CO");
    const structures = structuresOf(molblock);
    const moved = { ...geometry, coordinates_angstrom: geometry.coordinates_angstrom.map((x) => x + 0.25) };
    const rigid: EnergyRequest[] = [];
    const { candidate } = shape(1);
    await evaluateConformers(
      "bond-dissociation-energy",
      [
        {
          images: 1,
          candidate: { ...candidate, geometry, molblock, structures, settings: { bonds: "weakest" } },
        },
      ],
      {
        relaxedIn: "6-31g*",
        compute: async (request, [name]) => {
          if (name.startsWith("rigid-")) rigid.push(request);
          const state = { outcome: "converged", energy_hartree: -1, spinSquare: 0 };
          const optimisation = request.optimise ? { outcome: "converged", geometry: moved } : null;
          return { hartreeFock: state, mp2: state, optimisation, ions: [] } as unknown as EnergyResult;
        },
      },
    );
    const pieces = structures
      .bondBreaks({ charge: 0, multiplicity: 1 })
      .flatMap(({ fragments }) => fragments);
    const methyl = pieces.find(({ geometry: { symbols } }) => symbols.join("") === "CHHH")!;
    const found = rigid.find(({ geometry: { symbols } }) => symbols.join("") === "CHHH")!;
    for (const [k, x] of methyl.geometry.coordinates_angstrom.entries())
      expect(found.geometry.coordinates_angstrom[k]).toBeCloseTo(x + 0.25, 3);
  });

  it("is none where the shape of most molecules has none, which is told with the shares", async () => {
    // 4 : 1.
    const energies: Energies = { 1: [-5, null], 2: [-5 + 2 * HALF, -4.5] };
    const { values, alternatives, outcome } = await evaluated([shape(1), shape(2)], energies);
    expect([outcome, values.verticalMp2_hartree]).toEqual(["not-converged", null]);
    expect(alternatives!.map(({ weight, share }) => [weight, Number(share!.toFixed(6))])).toEqual([
      [undefined, 0.8],
      [undefined, 0.2],
    ]);
  });

  it("is that of the others where a shape of few molecules has none", async () => {
    // 16 : 1.
    const energies: Energies = { 1: [-5, -4.6], 2: [-5 + 4 * HALF, null] };
    const { values, alternatives, outcome } = await evaluated([shape(1), shape(2)], energies);
    expect(outcome).toBe("converged");
    expect(values.verticalMp2_hartree).toBeCloseTo(0.4, 9);
    expect(alternatives!.map(({ weight, share }) => [weight, share?.toFixed(6)])).toEqual([
      [1, undefined],
      [undefined, (1 / 17).toFixed(6)],
    ]);
  });

  it("is of the one that has it where two are the same", async () => {
    const energies: Energies = { 1: [-5, null], 2: [-5.000001, -4.600001] };
    const { values, alternatives } = await evaluated([shape(1), shape(2)], energies);
    expect(values.verticalMp2_hartree).toBeCloseTo(0.4, 9);
    expect(alternatives![0]!.remark).toBe("the same as conformer 2 once relaxed");
  });

  it("knows nothing of a shape whose geometry was not relaxed, whatever its energy in another basis", async () => {
    const { evaluation } = await evaluateConformers(PROPERTY, [shape(1), shape(2)], {
      relaxedIn: "6-31g*",
      compute: async (request) => {
        const found = await computing({ 1: [-9, -8], 2: [-5, -4.6] })(request);
        const outcome = request.geometry.coordinates_angstrom[0] === 1 ? "not-converged" : "converged";
        const optimisation = { outcome, geometry: request.geometry } as EnergyResult["optimisation"];
        return request.optimise ? { ...found, optimisation } : found;
      },
    });
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(0.4, 9);
    expect(evaluation.alternatives!.map(({ weight }) => weight)).toEqual([undefined, 1]);
  });

  describe("by a functional", () => {
    const field = (energy_hartree: number, dispersion = 0) => ({
      ...{ hartreeFock: { outcome: "converged", energy_hartree, kohnSham: {} }, mp2: null },
      dispersion: { model: "d3bj", energy_hartree: dispersion },
    });
    const shapeOf = (property: string, states: object, values: Evaluation["values"]): EvaluatedShape => ({
      images: 1,
      evaluated: {
        evaluation: { property, outcome: "converged", states, values } as unknown as Evaluation,
        ...{ reason: null, geometries: {} },
      },
    });

    it("counts the dispersion in the shares", () => {
      const of = (dispersion: number, value: number) =>
        shapeOf(PROPERTY, { neutral: field(-5, dispersion) }, { verticalFunctional_hartree: value });
      // 1 : ½.
      const { evaluation } = averageOverShapes(
        [of(-0.01, 0.3), of(-0.01 + HALF, 0.6)],
        "verticalFunctional_hartree",
      );
      expect(evaluation.values.verticalFunctional_hartree).toBeCloseTo((2 * 0.3 + 0.6) / 3, 9);
    });

    it("averages a potential with the nuclei as they are, whose molecule is not the first state that is declared", () => {
      const of = (energy: number, value: number) =>
        shapeOf("oxidation-potential", { neutral: field(energy) }, { oxidationPotential_volt: value });
      const { evaluation } = averageOverShapes([of(-5, 1), of(-5 + HALF, 4)], "oxidationPotential_volt");
      expect(evaluation.values.oxidationPotential_volt).toBeCloseTo(2, 9);
    });
  });

  it("is outside limits where a shape of many molecules is, with the numbers of the parts averaged", () => {
    const shapeOf = (energy: number, [overall, part]: [number, number]): EvaluatedShape => {
      const outcome = overall === 0 ? ("outside-limits" as const) : ("converged" as const);
      const neutral = { hartreeFock: { outcome: "converged", energy_hartree: energy }, mp2: null };
      const states = { neutral } as unknown as Evaluation["states"];
      const values = { overall, part };
      const reason = overall === 0 ? "outside limits: it is above 5" : null;
      const evaluation: Evaluation = { property: PROPERTY, outcome, states, values };
      return { images: 1, evaluated: { evaluation, reason, geometries: {} } };
    };
    // 2 : 1.
    const found = averageOverShapes([shapeOf(-5, [0.8, 3]), shapeOf(-5 + HALF, [0, 6])], "overall");
    expect(found.evaluation.outcome).toBe("outside-limits");
    expect(found.reason).toBe("outside limits: it is above 5");
    expect(found.evaluation.values.overall).toBe(0);
    expect(found.evaluation.values.part).toBeCloseTo(4, 9);
    // 16 : 1.
    const few = averageOverShapes([shapeOf(-5, [0.8, 3]), shapeOf(-5 + 4 * HALF, [0, 6])], "overall");
    expect(few.evaluation).toMatchObject({ outcome: "converged", values: { overall: 0.8, part: 3 } });
  });

  it("of one shape is that shape's, with nothing more said", async () => {
    const { values, alternatives } = await evaluated([shape(1)], { 1: [-5, -4.6] });
    expect(values.verticalMp2_hartree).toBeCloseTo(0.4, 12);
    expect(alternatives).toBeUndefined();
  });

  it("has no number where no shape has one", async () => {
    const { values, outcome } = await evaluated([shape(1), shape(2)], { 1: [null, -4], 2: [null, -4] });
    expect([outcome, values.verticalMp2_hartree]).toEqual(["not-converged", null]);
  });

  it("is that of the Hartree–Fock minimum where shapes are relaxed first, and none where there is no minimum", async () => {
    const asked: EnergyRequest[] = [];
    const moved = { symbols: ["O"], coordinates_angstrom: [2, 0, 0] };
    const evaluatedAt = (outcome: "converged" | "not-converged") =>
      evaluateConformers(PROPERTY, [shape(1)], {
        relaxedIn: "6-31g*",
        compute: async (request) => {
          asked.push(request);
          const energies: Energies = { 1: [-5, -4.6], 2: [-5.1, -4.8] };
          const found = await computing(energies)(request);
          const optimisation = { outcome, geometry: moved } as EnergyResult["optimisation"];
          return request.optimise ? { ...found, optimisation } : found;
        },
      });
    const { evaluation } = await evaluatedAt("converged");
    expect(asked.map(({ basis, optimise, geometry }) => [basis, optimise !== undefined, geometry])).toEqual([
      ["6-31g*", true, shape(1).candidate.geometry],
      ["sto-3g", false, moved],
      ["sto-3g", false, moved],
    ]);
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(0.3, 12);
    const lost = await evaluatedAt("not-converged");
    expect(lost.evaluation).toMatchObject({
      outcome: "not-converged",
      values: { verticalMp2_hartree: null },
    });
    expect(lost.reason).toBe("its geometry was not relaxed");
  });

  it("gives no share to a shape that fell apart, whose energy is another molecule's and by another method", async () => {
    const { geometry, molblock } = conformer("CC");
    const apart = { ...geometry, coordinates_angstrom: geometry.coordinates_angstrom.map((x) => 1.6 * x) };
    const { candidate } = shape(1);
    const falling = { ...candidate, geometry, molblock, structures: structuresOf(molblock) };
    const shapes: Conformation[] = [{ candidate: falling, images: 1 }, shape(2)];
    const { evaluation } = await evaluateConformers(PROPERTY, shapes, {
      relaxedIn: "6-31g*",
      compute: async (request) => {
        const isApart = request.geometry.symbols.length > 1;
        const found = await computing({ 2: [-5, -4.6] })(
          isApart ? { ...request, geometry: { symbols: ["O"], coordinates_angstrom: [2] } } : request,
        );
        const optimisation = { outcome: "converged", geometry: isApart ? apart : request.geometry };
        // By Hartree–Fock alone, as relaxations are, and lower than the other by MP2.
        const hartreeFock = { ...found.hartreeFock, energy_hartree: isApart ? -9 : -4.9 };
        const relaxed = { ...found, mp2: null, hartreeFock, optimisation };
        return (request.optimise ? relaxed : found) as unknown as EnergyResult;
      },
    });
    expect(evaluation.outcome).toBe("converged");
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(0.4, 9);
    expect(evaluation.alternatives!.map(({ weight, share, remark }) => [weight, share, remark])).toEqual([
      [undefined, undefined, "its bond C1–C2 broke when it was relaxed"],
      [1, undefined, "0.00 kcal/mol above the lowest"],
    ]);
  });

  describe("that is chosen in each shape", () => {
    const shapeOf = (
      energy: number,
      [weakest, other]: [string, string],
      chosen = weakest,
    ): EvaluatedShape => {
      const state = { hartreeFock: { outcome: "converged", energy_hartree: energy }, mp2: null };
      const alternatives = [
        { name: weakest, value: 0.1 },
        { name: other, value: 0.2, share: 0.25, remark: "as it was" },
      ];
      const evaluation = {
        ...{ property: "bond-dissociation-energy", outcome: "converged", alternatives },
        states: { molecule: state },
        values: { bondDissociation_hartree: 0.1 },
      } as unknown as Evaluation;
      const told = chosen !== "" && { chosen };
      return { images: 1, evaluated: { evaluation, reason: null, geometries: {}, ...told } };
    };
    const averaged = (second: [string, string]) =>
      averageOverShapes(
        [shapeOf(-5, ["C1–O2", "C1–H3"]), shapeOf(-5 + HALF, second)],
        "bondDissociation_hartree",
      ).evaluation.alternatives!;

    it("tells which, and all that it was chosen from", () => {
      expect(averaged(["C1–O2", "C1–H3"]).map(({ name, value, remark }) => [name, value, remark])).toEqual([
        ["conformer 1", 0.1, "0.00 kcal/mol above the lowest, its number is that of C1–O2"],
        ["conformer 2", 0.1, "0.41 kcal/mol above the lowest, its number is that of C1–O2"],
        ["conformer 1: C1–O2", 0.1, undefined],
        ["conformer 1: C1–H3", 0.2, "25.0 % of this conformer, as it was"],
        ["conformer 2: C1–O2", 0.1, undefined],
        ["conformer 2: C1–H3", 0.2, "25.0 % of this conformer, as it was"],
      ]);
    });

    it.each([
      // A number that was computed another way to the same value, to rounding.
      ["chosen by name, whatever its number", ["a", "b"], "b", ["a", "b"], "b", false],
      ["different by name", ["a", "b"], "b", ["a", "b"], "a", true],
      ["of a choice in one of them alone", ["a", "b"], "a", ["a", "b"], "", false],
      [
        "of starts, whose numbers mean nothing elsewhere",
        ["complex 1", "complex 2"],
        "",
        ["complex 2", "complex 1"],
        "",
        false,
      ],
    ] as [string, [string, string], string, [string, string], string, boolean][])(
      "says whether the average is over different ones: %s",
      (_, first, ofFirst, second, ofSecond, areDifferent) => {
        const { alternatives = [] } = averageOverShapes(
          [shapeOf(-5, first, ofFirst), shapeOf(-5 + HALF, second, ofSecond)],
          "bondDissociation_hartree",
        ).evaluation;
        for (const { remark = "" } of alternatives.slice(0, 2))
          expect(remark.includes("average is over different ones")).toBe(areDifferent);
        expect(alternatives[0]?.remark?.includes(`its number is that of ${ofFirst}`)).toBe(ofFirst !== "");
      },
    );

    it("says where the average is over different ones", () => {
      const remarks = averaged(["C1–H3", "C1–O2"]).map(({ remark = "" }) => remark);
      expect(remarks.slice(0, 2)).toEqual(
        ["0.00", "0.41"].map((above, k) =>
          expect.stringMatching(
            new RegExp(
              `^${above} .*that of ${k === 0 ? "C1–O2" : "C1–H3"}, .*average is over different ones$`,
            ),
          ),
        ),
      );
    });
  });

  it("has no number where the relaxation takes the molecule apart, and says at which bond", async () => {
    const { geometry, molblock } = conformer("CC");
    const apart = { ...geometry, coordinates_angstrom: geometry.coordinates_angstrom.map((x) => 1.6 * x) };
    const { candidate } = shape(1);
    const ethane = { ...candidate, geometry, molblock, structures: structuresOf(molblock) };
    const { evaluation, reason } = await evaluateConformers(PROPERTY, [{ candidate: ethane, images: 1 }], {
      relaxedIn: "sto-3g",
      compute: async () =>
        ({
          hartreeFock: { outcome: "converged", energy_hartree: -78 },
          optimisation: { outcome: "converged", geometry: apart },
        }) as unknown as EnergyResult,
    });
    expect(evaluation.outcome).toBe("not-converged");
    expect(reason).toBe("its bond C1–C2 broke when it was relaxed");
  });
});
