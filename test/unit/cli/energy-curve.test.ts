import { describe, expect, it, onTestFinished, vi } from "vitest";
import type { CurveBreak } from "#shared/quantum/energy-curve.ts";
import { type CurvePoint, curveTable, printCurve } from "../../../src/cli/commands/energy/curve.ts";

const HARTREE_KCAL_PER_MOL = "627.5095";

/** As much of a point as the table reads. */
function point(
  method: string,
  energies: Readonly<Record<string, number>>,
  symbols: readonly string[] = ["N", "O"],
): CurvePoint {
  const outcome = (energy_hartree: number) => ({ outcome: "converged", energy_hartree });
  const named = Object.entries(energies).map(([name, energy]) => [name, outcome(energy)]);
  const result = {
    hartreeFock: outcome(-1),
    casci: null,
    fci: null,
    vqe: null,
    ...Object.fromEntries(named),
  };
  const request = { method, geometry: { symbols }, charge: 0 };
  return { request, result } as unknown as CurvePoint;
}

const headsOf = (...points: CurvePoint[]): string[] =>
  curveTable(points)
    .split("\n")[0]!
    .trim()
    .split(/ {2,}|(?<=frame) +/);

describe("the table of a curve", () => {
  it("has a column for each energy and none twice", () => {
    const above = "above, kcal/mol";
    expect(headsOf(point("rhf", {}))).toEqual(["frame", "Hartree–Fock, Eh", above]);
    expect(headsOf(point("casci", { casci: -2 }))).toEqual(["frame", "Hartree–Fock, Eh", "CASCI, Eh", above]);
    expect(headsOf(point("vqe", { casci: -2, vqe: -1.5 }))).toEqual([
      ...["frame", "Hartree–Fock, Eh", "CASCI, Eh", "VQE, Eh", above],
    ]);
  });

  it("has the corrected energy of the lowest state asked for, and says so", () => {
    const state = (multiplicity: number, energy_hartree: number, pt2_hartree: number | null) => ({
      ...{ multiplicity, energy_hartree, pt2_hartree },
    });
    for (const [method, title] of [
      ["casci", "CASCI+NEVPT2, Eh"],
      ["casscf", "CASSCF+NEVPT2, Eh"],
    ] as const) {
      const { request, result, origin } = point(method, { casci: -2 });
      const multireference = { outcome: "converged", states: [state(1, -1.5, -0.1), state(3, -1.4, -0.3)] };
      const corrected = {
        request: { ...request, pt2: "nevpt2", spinStates: [{ multiplicity: 3, count: 1 }] },
        result: { ...result, casci: method === "casci" ? result.casci : null, multireference },
        origin,
      } as unknown as CurvePoint;
      expect(headsOf(corrected)).toContain(title);
      expect(curveTable([corrected]).split("\n")[1]).toContain("-1.7000000000");
    }
  });

  it("says which states its energies are of", () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    const { request, result } = point("casci", { casci: -2 });
    const molecule = { basis: "sto-3g", charge: 0, multiplicity: 1, activeSpace: null, ions: [] };
    const asked = (...spinStates: { multiplicity: number; count: number }[]) =>
      ({
        request: { ...request, multiplicity: 1, spinStates },
        result: { ...result, ...molecule },
        origin: "file no.xyz, frame 1",
      }) as unknown as CurvePoint;
    printCurve([asked({ multiplicity: 1, count: 2 })], { breaks: [] });
    printCurve([asked({ multiplicity: 3, count: 1 }, { multiplicity: 1, count: 2 })], { breaks: [] });
    const heads = lines.join("").match(/^sto-3g.*$/gm);
    expect(heads).toEqual([
      "sto-3g, charge 0, multiplicity 1, file no.xyz",
      "sto-3g, charge 0, multiplicity 1, lowest of triplet:1, singlet:2, file no.xyz",
    ]);
  });

  it("says of what field the solutions are that do not lead to each other", () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    const { request, result } = point("b3lyp", {});
    const kohnSham = { functional: "b3lyp" };
    const stretched = {
      request: { ...request, multiplicity: 1 },
      result: { ...result, ions: [], hartreeFock: { ...result.hartreeFock, kohnSham } },
      origin: "file no.xyz, frame 1",
    } as unknown as CurvePoint;
    const breaks: CurveBreak[] = [{ frames: [0, 1], reason: "solution", size_hartree: 0.01 }];
    printCurve([stretched, stretched], { breaks });
    expect(lines.join("")).toContain("frames 1 and 2: their B3LYP solutions do not lead to each other");
    expect(lines.join("")).not.toContain("Hartree–Fock");
  });

  it("has the excitations of each frame below it", () => {
    const lines: string[] = [];
    const write = vi
      .spyOn(process.stdout, "write")
      .mockImplementation((text) => lines.push(String(text)) > 0);
    onTestFinished(() => write.mockRestore());
    const { request, result } = point("rhf", {});
    const state = { root: 1, excitation_hartree: 0.2, oscillatorStrength: null, leading: [] };
    const states = [1, 3].map((multiplicity) => ({ ...state, multiplicity }));
    const excited = {
      request,
      result: {
        ...result,
        ions: [],
        excitations: { method: "cis", outcome: "converged", states, wallTime_ms: 1 },
      },
      origin: "file no.xyz, frame 1",
    } as unknown as CurvePoint;
    printCurve([excited], { breaks: [] });
    expect(lines.join("")).toContain("frame 1: CIS converged, singlet 1 5.4423 eV, triplet 1 5.4423 eV");
  });

  it("counts from the lowest energy by the method asked for", () => {
    const rows = curveTable([point("casci", { casci: -2 }), point("casci", { casci: -1 })]).split("\n");
    expect(rows[1]!.trim().split(/ +/)).toEqual(["1", "-1.0000000000", "-2.0000000000", "0.0000"]);
    expect(rows[2]!.trim().split(/ +/).at(-1)).toBe(HARTREE_KCAL_PER_MOL);
  });

  it("counts from nothing where frames are of different atoms, in whatever order they stand", () => {
    const above = (...symbols: string[]) => {
      const points = [point("casci", { casci: -2 }), point("casci", { casci: -1 }, symbols)];
      return curveTable(points).split("\n")[1]!.trim().split(/ +/).at(-1);
    };
    expect(above("O", "N")).toBe("0.0000");
    expect(above("N", "N")).toBe("–");
  });
});
