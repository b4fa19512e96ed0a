import { describe, expect, it } from "vitest";
import { kUpCcgsd, puccd } from "#core/quantum/ansatz-pairs.ts";
import { solveCasci } from "#core/quantum/ci.ts";
import { minimiseFromRandomStarts } from "#core/quantum/multi-start.ts";
import { minimiseVqe, prepareState } from "#core/quantum/vqe.ts";
import { strings } from "./second-quantisation.ts";
import { uccsdEntries } from "./uccsd-reference.ts";

/** Gradients of 1e-6 leave energies right to their square over a curvature of order 1. */
const ENERGY_TOLERANCE = 1e-9;

const h4 = uccsdEntries.find(({ id }) => id === "h4_chain_sto3g")!.hamiltonian;
const search = { starts: 6, seed: 1, gradientTolerance: 1e-6, maxIterations: 2000, spinPenalty: 1 };

describe("pUCCD", () => {
  it("has a parameter for each occupied and virtual pair", () => {
    expect(puccd(6, [2, 2]).nParameters).toBe(8);
  });

  it("keeps every electron paired", () => {
    const ansatz = puccd(4, [2, 2]);
    const state = prepareState(ansatz, Float64Array.of(0.3, -0.7, 1.1, 0.2));
    const [rows, columns] = [strings(4, 2), strings(4, 2)];
    const unpaired = state.filter((_, k) => rows[Math.floor(k / 6)] !== columns[k % 6]);
    expect(unpaired.every((c) => c === 0)).toBe(true);
    expect(state.some((c) => c !== 0 && Math.abs(c) < 1)).toBe(true);
  });

  it("lies between exact diagonalisation and the reference determinant", () => {
    const run = minimiseVqe(h4, puccd(4, [2, 2]), { start: new Float64Array(4) });
    expect(run.energy_hartree).toBeLessThan(run.trace_hartree[0]!);
    expect(run.energy_hartree).toBeGreaterThan(solveCasci(h4).states[0]!.energy_hartree);
  });
});

describe("k-UpCCGSD", () => {
  it("is exact with two layers for four electrons in four orbitals, and not with one", () => {
    const exact = solveCasci(h4).states[0]!.energy_hartree;
    const error = (k: number) =>
      minimiseFromRandomStarts(h4, kUpCcgsd(4, [2, 2], k), search).energy_hartree - exact;
    expect(error(1)).toBeGreaterThan(1e-3);
    expect(Math.abs(error(2))).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("finds the first excited singlet when kept orthogonal to the ground state", () => {
    const ansatz = kUpCcgsd(4, [2, 2], 2);
    const ground = minimiseFromRandomStarts(h4, ansatz, search);
    const excited = minimiseFromRandomStarts(h4, ansatz, {
      ...search,
      size: 1,
      orthogonalTo: [prepareState(ansatz, ground.parameters)],
    });
    const exact = solveCasci(h4, { nroots: 2 }).states[1]!.energy_hartree;
    expect(Math.abs(excited.energy_hartree - exact)).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("gives the same run for the same seed", () => {
    const ansatz = kUpCcgsd(4, [2, 2], 1);
    const run = () => minimiseFromRandomStarts(h4, ansatz, { ...search, starts: 2 });
    expect(run()).toEqual(run());
  });
});
