import { describe, expect, it } from "vitest";
import type { Minimiser } from "#core/quantum/backends/minimiser.ts";
import { minimiserOf } from "#core/quantum/backends/select.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { casciOf, vqeOf } from "#core/quantum/evaluate/correlated.ts";
import { determinantEnergy, lowestDeterminant } from "#core/quantum/hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { findExcitedStates, findLowestState } from "#core/quantum/states/variational-states.ts";
import { Ansatz, DEFAULT_VQE, SamplingSettings, type VqeSettings } from "#shared/quantum/vqe.ts";
import { randomHamiltonian } from "../second-quantisation.ts";
import { uccsdEntries } from "../uccsd-reference.ts";

/** The bound is exact; rounding is not. */
const ROUNDING = 1e-9;
/** A minimum with a gradient of 1e-5 Eh. */
const MINIMUM_TOLERANCE = 1e-7;

const h4 = uccsdEntries.find(({ id }) => id === "h4_chain_sto3g")!.hamiltonian;
const cation: ActiveHamiltonian = { ...h4, nelec: [2, 1] };
const search = (change: Partial<VqeSettings> = {}) => {
  const settings = { ...DEFAULT_VQE, ...change };
  return { settings, minimiser: minimiserOf(settings), options: { maxIterations: 1000 } };
};
const asked = (change: Partial<VqeSettings> = {}, states = 1) => ({
  ...{ settings: { ...DEFAULT_VQE, ...change }, maxIterations: 1000, states, context: {} },
});

describe("the lowest state", () => {
  const exact = solveCasci(h4).states[0]!.energy_hartree;
  const reference = determinantEnergy(h4, lowestDeterminant(h4.nelec));

  it.each(Ansatz.options)("by %s lies between exact diagonalisation and the reference", async (ansatz) => {
    const { run } = await findLowestState(h4, search({ ansatz }));
    expect(run.energy_hartree).toBeGreaterThan(exact - ROUNDING);
    expect(run.energy_hartree).toBeLessThan(reference + ROUNDING);
  });

  it.each(["uccsd", "k-upccgsd", "adapt", "qubit-adapt", "lucj"] as const)(
    "of a cation by %s lies within chemical accuracy of the exact one",
    async (ansatz) => {
      const ionised = solveCasci(cation).states[0]!.energy_hartree;
      const { run } = await findLowestState(cation, search({ ansatz }));
      expect(run.energy_hartree).toBeGreaterThan(ionised - ROUNDING);
      expect(run.energy_hartree - ionised).toBeLessThan(1.6e-3);
    },
  );

  it.each(["uccsd", "puccd", "k-upccgsd"] as const)("by %s is the same gate by gate", async (ansatz) => {
    const byDeterminants = await findLowestState(h4, search({ ansatz }));
    const byGates = await findLowestState(h4, search({ ansatz, backend: "statevector" }));
    const difference = byGates.run.energy_hartree - byDeterminants.run.energy_hartree;
    expect(Math.abs(difference)).toBeLessThan(MINIMUM_TOLERANCE);
  });

  it("is a run that converged, though one that did not went lower, and the lowest of those that did", async () => {
    const runs = [
      ["converged", -1],
      ["not-converged", -9],
      ["converged", -3],
      ["not-converged", -8],
      ["converged", -2],
    ] as const;
    const found = async (made: readonly (readonly ["converged" | "not-converged", number])[]) => {
      let next = 0;
      const minimiser: Minimiser = {
        minimise: ({ ansatz }, { start }) => {
          const [outcome, energy_hartree] = made[next++]!;
          const parameters = start ?? new Float64Array(ansatz.nParameters);
          const ended = { gradientNorm: 0, iterations: 1, evaluations: 1, trace_hartree: new Float64Array() };
          return { ...ended, outcome, energy_hartree, parameters };
        },
      };
      const settings = { ...DEFAULT_VQE, ansatz: "k-upccgsd" as const, starts: made.length };
      const { run } = await findLowestState(h4, { settings, minimiser, options: {} });
      expect(next).toBe(made.length);
      return [run.outcome, run.energy_hartree];
    };
    expect(await found(runs)).toEqual(["converged", -3]);
    expect(await found([...runs].reverse())).toEqual(["converged", -3]);
    expect(await found([runs[1], runs[3]])).toEqual(["not-converged", -9]);
  });

  it("of a circuit that does not keep electrons has their number all the same", async () => {
    const vqe = await vqeOf(cation, asked({ ansatz: "hardware-efficient" }));
    expect(vqe.electronNumber).toBeCloseTo(3, 3);
    expect(vqe.spinSquare).toBeNull();
  });

  it("has the same bits for the same seed", async () => {
    const run = async (seed: number) => (await findLowestState(h4, search({ ansatz: "lucj", seed }))).run;
    expect(await run(5)).toEqual(await run(5));
    expect((await run(6)).parameters).not.toEqual((await run(5)).parameters);
  });

  it("is refused where one determinant is all there is", async () => {
    const full = randomHamiltonian(2, [2, 2], 1);
    await expect(findLowestState(full, search())).rejects.toThrow(
      /needs an ansatz with parameters; 2 α and 2 β electrons fill 2 active orbitals in one way only/,
    );
  });

  it("is refused with the numbers of a lone electron in its one orbital", async () => {
    const lone = randomHamiltonian(1, [1, 0], 1);
    await expect(findLowestState(lone, search())).rejects.toMatchObject({
      code: "not-supported",
      data: { norb: 1, nalpha: 1, nbeta: 0 },
    });
  });

  it("is refused by pUCCD for an open shell", async () => {
    await expect(findLowestState(cation, search({ ansatz: "puccd" }))).rejects.toThrow(
      /as many α as β electrons, got 2 and 1/,
    );
  });
});

describe("a result", () => {
  it("by the sampler keeps its stated error, and says what was measured", async () => {
    const sampling = SamplingSettings.parse({ statedError_hartree: 0.003 });
    const exact = await vqeOf(h4, asked());
    const vqe = await vqeOf(h4, asked({ backend: "sampler", sampling, seed: 4 }));
    expect(vqe).toMatchObject({ backend: "sampler", seed: 4, noiseless_hartree: exact.energy_hartree });
    expect(vqe.statedError_hartree).toBeLessThan(0.0045);
    expect(Math.abs(vqe.energy_hartree - exact.energy_hartree)).toBeLessThan(4 * vqe.statedError_hartree!);
    expect(vqe.shots).toBeGreaterThan(10_000);
  });

  it("spends no more shots than allowed", async () => {
    const sampling = SamplingSettings.parse({ shots: 50_000 });
    const vqe = await vqeOf(h4, asked({ backend: "sampler", sampling }));
    expect(vqe.shots).toBeLessThanOrEqual(50_000);
    expect(vqe.shots).toBeGreaterThan(49_000);
  });

  it("by sample-based diagonalisation of noisy shots lies between exact diagonalisation and the reference", async () => {
    const sampling = SamplingSettings.parse({ shots: 20_000, sqdStrings: 4, noise: { readout01: 0.02 } });
    const { sqd } = await vqeOf(h4, asked({ backend: "sampler", sampling }));
    const [exact] = solveCasci(h4).states;
    expect(sqd!.energy_hartree).toBeGreaterThan(exact!.energy_hartree - ROUNDING);
    expect(sqd!.energy_hartree).toBeLessThan(determinantEnergy(h4, lowestDeterminant(h4.nelec)));
    expect(sqd!.determinants).toBe(16);
    expect(sqd!.validShots).toBeLessThan(20_000);
  });

  it("has no seed where nothing is random", async () => {
    expect(await vqeOf(h4, asked())).toMatchObject({ seed: null, shots: null, noiseless_hartree: null });
  });
});

describe("states above the lowest", () => {
  it("are those of direct CI where k-UpCCGSD can express them, and of the same spin", async () => {
    const { excited } = await casciOf(h4, { states: 3, context: {} });
    const vqe = await vqeOf(h4, asked({ ansatz: "k-upccgsd", starts: 6 }, 3));
    expect(vqe.excited.map(({ outcome }) => outcome)).toEqual(["converged", "converged"]);
    vqe.excited.forEach((state, k) => {
      expect(Math.abs(state.energy_hartree - excited[k]!.energy_hartree)).toBeLessThan(1e-5);
      expect(state.spinSquare).toBeCloseTo(0, 4);
    });
  });

  it.each([
    [{ ansatz: "adapt" }, /expected the ansatz k-upccgsd or uccsd, got ADAPT/],
    [{ backend: "statevector" }, /expected the backend exact, got statevector/],
  ] as const)("are refused with %j", async (change, message) => {
    const lowest = await findLowestState(h4, search(change));
    await expect(findExcitedStates(h4, lowest, { ...search(change), count: 1 })).rejects.toThrow(message);
  });
});
