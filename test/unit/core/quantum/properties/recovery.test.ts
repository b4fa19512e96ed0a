import { describe, expect, it } from "vitest";
import type { Conformation } from "#core/quantum/properties/conformers.ts";
import type { Candidate } from "#core/quantum/properties/protocol.ts";
import { evaluateMolecule } from "#core/quantum/properties/recovery.ts";
import { DomainError, type DomainErrorCode } from "#shared/errors.ts";
import { recoveredAt, recoveryNote } from "#shared/properties/evaluation.ts";
import { whyNotConverged } from "#shared/properties/why-not-converged.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";

const PROPERTY = "vertical-ionisation-energy";
const AS_MADE = 1;
const RELAXED = 2;
const OTHER = 3;

const shape = (x: number, broken?: string): Conformation => ({
  images: 1,
  candidate: {
    geometry: { symbols: ["H", "F"], coordinates_angstrom: [0, 0, 0, x, 0, 0] },
    molblock: "",
    structures: { at: () => ({}), lostBond: () => broken } as unknown as Candidate["structures"],
    charge: 0,
    multiplicity: 1,
    level: { basis: "6-31g", activeSpace: null, ansatz: "uccsd", maxIterations: 10 },
    settings: { method: "mp2", activeSpace: false },
  },
});

const placeOf = ({ geometry }: EnergyRequest): number => geometry.coordinates_angstrom[3]!;

/** An engine of which some fields do not converge, as an injected fault; it notes what it was asked. */
function failing(isLost: (request: EnergyRequest) => boolean, asked: EnergyRequest[] = []) {
  return async (request: EnergyRequest) => {
    asked.push(request);
    const outcome = isLost(request) ? "not-converged" : "converged";
    const energy_hartree = request.charge === 0 ? -5 - placeOf(request) : -4.5 - placeOf(request);
    const { symbols } = request.geometry;
    const start = { start: "superposed atoms", outcome, energy_hartree, spinSquare: 0 };
    const search = { starts: [start, start], restricted: null, fockBuilds: 1 };
    return {
      multiplicity: request.multiplicity,
      hartreeFock: { outcome, energy_hartree, spinSquare: 0.75, iterations: 1000, search },
      mp2: outcome === "converged" ? { energy_hartree } : null,
      ...{ casci: null, vqe: null, ions: [] },
      ...(request.optimise && {
        optimisation: {
          outcome,
          steps: 4,
          geometry: { symbols, coordinates_angstrom: [0, 0, 0, RELAXED, 0, 0] },
        },
      }),
    } as unknown as EnergyResult;
  };
}

const isCation = ({ charge }: EnergyRequest): boolean => charge === 1;

describe("a molecule of which a state does not converge", () => {
  const other = async (): Promise<Conformation> => shape(OTHER);

  it("is computed as before where all converge, without a word", async () => {
    const asked: EnergyRequest[] = [];
    const { evaluation } = await evaluateMolecule(PROPERTY, [shape(AS_MADE)], {
      compute: failing(() => false, asked),
      other,
    });
    expect(asked).toHaveLength(2);
    expect(evaluation.attempts).toBeUndefined();
    expect(recoveryNote(evaluation)).toBeNull();
  });

  it("has its number at the Hartree–Fock/STO-3G minimum, which says where it is", async () => {
    const asked: EnergyRequest[] = [];
    const { evaluation, geometries } = await evaluateMolecule(PROPERTY, [shape(AS_MADE)], {
      compute: failing((request) => isCation(request) && placeOf(request) === AS_MADE, asked),
      other,
    });
    expect(evaluation.values.verticalMp2_hartree).toBeCloseTo(0.5, 12);
    expect(geometries["mp2-cation"]?.coordinates_angstrom[3]).toBe(RELAXED);
    const [relaxation] = asked.filter(({ optimise }) => optimise);
    expect(relaxation).toMatchObject({ basis: "sto-3g", method: "rhf", charge: 0 });
    expect(asked.at(-1)).toMatchObject({ basis: "6-31g", charge: 1 });
    expect(recoveredAt(evaluation)).toBe("at the Hartree–Fock/STO-3G minimum");
    expect(recoveryNote(evaluation)).toBe(
      "The number is at the Hartree–Fock/STO-3G minimum, where another one is expected than at the geometry that was asked for. Tried " +
        "before: at the geometry that was asked for: Hartree-Fock of the mp2-cation did not converge in 1000 iterations, the last of " +
        "2 starts by DIIS and Newton's steps.",
    );
  });

  it("has it in another conformer where it is not relaxed, or falls apart on the way", async () => {
    const isLost = (request: EnergyRequest) => placeOf(request) === AS_MADE;
    const lost = await evaluateMolecule(PROPERTY, [shape(AS_MADE)], { compute: failing(isLost), other });
    expect(recoveredAt(lost.evaluation)).toBe("in another conformer, at its MMFF94 minimum");
    const apart = await evaluateMolecule(PROPERTY, [shape(AS_MADE, "bond H1–F2 broke")], {
      compute: failing((request) => isLost(request) && !request.optimise),
      other,
    });
    expect(recoveredAt(apart.evaluation)).toBe("in another conformer, at its MMFF94 minimum");
    expect(apart.evaluation.attempts?.map(({ problem }) => problem)[1]).toBe(
      "its bond H1–F2 broke when it was relaxed",
    );
  });

  it("fails with the states of the first try, all that was tried and what may help", async () => {
    const found = await evaluateMolecule(PROPERTY, [shape(AS_MADE)], {
      compute: failing(isCation),
      other: async () => undefined,
    });
    const { evaluation } = found;
    expect(evaluation.outcome).toBe("not-converged");
    expect(evaluation.values.verticalMp2_hartree).toBeNull();
    expect(found.geometries["mp2-cation"]?.coordinates_angstrom[3]).toBe(AS_MADE);
    const problem =
      "Hartree-Fock of the mp2-cation did not converge in 1000 iterations, the last of 2 starts by DIIS and Newton's steps";
    expect(whyNotConverged(evaluation)).toBe(
      `${problem}; at the Hartree–Fock/STO-3G minimum: ${problem}; another basis set, or a geometry of your own, may help`,
    );
  });

  it("has no number found elsewhere either, and the note does not speak of one", () => {
    const attempts = [
      { at: "at the geometry that was asked for", problem: "Hartree-Fock did not converge" },
      { at: "at the Hartree–Fock/STO-3G minimum", problem: null },
    ];
    for (const outcome of ["not-bound", "not-applicable", "outside-limits"] as const)
      expect(recoveryNote({ outcome, attempts })).toBe(
        "That there is no number was found at the Hartree–Fock/STO-3G minimum; at the geometry that was asked for there may be one. " +
          "Tried before: at the geometry that was asked for: Hartree-Fock did not converge.",
      );
  });

  it("is not sought elsewhere where its fields converge and MP2, CASCI or VQE gives no number", async () => {
    const lost = {
      outcome: "not-converged",
      energy_hartree: -5,
      iterations: 9,
      gradientNorm: 1,
      excited: [],
    };
    const there = { ...lost, outcome: "converged" };
    const ion = (state: object) => ({ casci: there, vqe: there, koopmans_hartree: 0.4, ...state });
    const byVqe = { method: "vqe", activeSpace: true };
    const byMp2 = { method: "mp2", activeSpace: false };
    for (const { property, settings, change } of [
      { property: PROPERTY, settings: byMp2, change: { mp2: null } },
      {
        property: PROPERTY,
        settings: byVqe,
        change: { casci: there, vqe: there, ions: [ion({ vqe: lost })] },
      },
      {
        property: PROPERTY,
        settings: byVqe,
        change: { casci: lost, vqe: there, ions: [ion({ casci: lost })] },
      },
      { property: "first-excitation", settings: {}, change: { casci: lost } },
    ] as const) {
      const asked: EnergyRequest[] = [];
      const converging = failing(() => false, asked);
      const { candidate, images } = shape(AS_MADE);
      const found = await evaluateMolecule(property, [{ candidate: { ...candidate, settings }, images }], {
        compute: async (request) =>
          ({ ...(await converging(request)), ...change }) as unknown as EnergyResult,
        other,
      });
      expect(found.evaluation.outcome).toBe("not-converged");
      expect(found.evaluation.attempts).toBeUndefined();
      expect(asked.map(placeOf)).toEqual(asked.map(() => AS_MADE));
    }
  });

  it("is not sought elsewhere for what is of the molecule, and errors that are not end it", async () => {
    const refusing = (code: DomainErrorCode) =>
      evaluateMolecule(PROPERTY, [shape(AS_MADE)], {
        compute: async (request) => {
          if (request.optimise) throw new DomainError(code, "no functions for Uuo");
          return failing(isCation)(request);
        },
        other: async () => undefined,
      });
    const { evaluation } = await refusing("invalid-input");
    expect(evaluation.attempts?.[1]).toEqual({
      at: "at the Hartree–Fock/STO-3G minimum",
      problem: "no functions for Uuo",
    });
    for (const code of ["disk-full", "worker-died"] as const)
      await expect(refusing(code)).rejects.toMatchObject({ code });
  });
});
