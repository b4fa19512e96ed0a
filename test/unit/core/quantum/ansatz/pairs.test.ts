import { describe, expect, it } from "vitest";
import { kUpCcgsd, puccd } from "#core/quantum/ansatz/pairs.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { minimiseVqe, prepareState, type VqeOptions } from "#core/quantum/vqe/vqe.ts";
import { uniformNumbers } from "#shared/random.ts";
import { strings } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** Gradients of 1e-6 leave energies right to their square over a curvature of order 1. */
const ENERGY_TOLERANCE = 1e-9;

const h4 = uccsdEntries.find(({ id }) => id === "h4_chain_sto3g")!.hamiltonian;
const tight = { gradientTolerance: 1e-6, maxIterations: 2000, spinPenalty: 1 };

/** The lowest of six minimisations from random parameters in (−size, size): the energy has more than one minimum. */
function lowestOfSix(ansatz: ReturnType<typeof kUpCcgsd>, size = 0.3, more: VqeOptions = {}) {
  const random = uniformNumbers(1);
  const runs = Array.from({ length: 6 }, () => {
    const start = Float64Array.from({ length: ansatz.nParameters }, () => size * (2 * random() - 1));
    return minimiseVqe(h4, ansatz, { ...tight, ...more, start });
  });
  return runs.reduce((best, run) => (run.energy_hartree < best.energy_hartree ? run : best));
}

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
    const error = (k: number) => lowestOfSix(kUpCcgsd(4, [2, 2], k)).energy_hartree - exact;
    expect(error(1)).toBeGreaterThan(1e-3);
    expect(Math.abs(error(2))).toBeLessThan(ENERGY_TOLERANCE);
  });

  it("finds the first excited singlet when kept orthogonal to the ground state", () => {
    const ansatz = kUpCcgsd(4, [2, 2], 2);
    const ground = lowestOfSix(ansatz);
    const excited = lowestOfSix(ansatz, 1, { orthogonalTo: [prepareState(ansatz, ground.parameters)] });
    const exact = solveCasci(h4, { nroots: 2 }).states[1]!.energy_hartree;
    expect(Math.abs(excited.energy_hartree - exact)).toBeLessThan(ENERGY_TOLERANCE);
  });
});
