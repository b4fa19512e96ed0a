import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dropForbidden, type ProductAnsatz, packAnsatz } from "#core/quantum/ansatz/ansatz.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { solveCasci } from "#core/quantum/ci/ci.ts";
import { createControlBlock, PHASE_NAMES } from "#core/quantum/control-block.ts";
import { hartreeFock } from "#core/quantum/field/scf.ts";
import { type ActiveHamiltonian, sectorOptions } from "#core/quantum/hamiltonian/hamiltonian.ts";
import { native } from "#core/quantum/native/native.ts";
import { activeSpaceHamiltonian, frontierActiveSpace } from "#core/quantum/space/active-space.ts";
import { minimiseVqe, prepareState } from "#core/quantum/vqe/vqe.ts";
import { openReference, SCF_TOLERANCE } from "../chemistry-reference.ts";
import {
  applyHamiltonian,
  evolve,
  randomHamiltonian,
  randomNumbers,
  type State,
  toVector,
} from "../second-quantisation.ts";
import { uccsdEntries, uccsdEntriesWithoutIntegrals } from "../uccsd-reference.ts";

/** Products of some hundred plane rotations. */
const EVOLUTION_TOLERANCE = 1e-12;
/** Central differences with step 1e-5: truncation and rounding each near 1e-10. */
const GRADIENT_TOLERANCE = 1e-8;
/** Recorded to nine decimals by a BFGS stopped at gradients of up to 1e-6. */
const MINIMUM_TOLERANCE = 1e-7;
/** The bound is exact; rounding is not. */
const ROUNDING = 1e-10;

const randomParameters = (ansatz: ProductAnsatz, seed: number, size = 1): Float64Array => {
  const random = randomNumbers(seed);
  return Float64Array.from({ length: ansatz.nParameters }, () => size * random());
};

function slowState(ansatz: ProductAnsatz, parameters: Float64Array): State {
  const { norb, reference } = ansatz;
  let state: State = new Map([[reference[0] | (reference[1] << norb), 1]]);
  for (const { excitation, parameter, scale } of ansatz.factors)
    state = evolve(state, excitation, { norb, theta: scale * parameters[parameter]! });
  return state;
}

const energyAndGradient = (
  h: ActiveHamiltonian,
  ansatz: ProductAnsatz,
  options: { parameters: Float64Array; threads?: number },
) =>
  native().vqeEnergyAndGradient({
    ...sectorOptions(h, { threads: options.threads ?? 1 }),
    ...packAnsatz(ansatz),
    parameters: options.parameters,
  });

describe("evolution of a product of excitations", () => {
  it.each([
    [4, [2, 2]],
    [4, [2, 1]],
    [5, [3, 1]],
    [4, [1, 0]],
  ] as [number, [number, number]][])(
    "agrees with the power series for %i orbitals and %j electrons",
    (norb, nelec) => {
      const ansatz = uccsd(norb, nelec);
      const parameters = randomParameters(ansatz, 3);
      const expected = toVector(slowState(ansatz, parameters), norb, nelec);
      for (const [i, value] of prepareState(ansatz, parameters).entries())
        expect(Math.abs(value - expected[i]!)).toBeLessThan(EVOLUTION_TOLERANCE);
    },
  );

  it("keeps the norm at large angles", () => {
    const ansatz = uccsd(6, [3, 3]);
    const state = prepareState(ansatz, randomParameters(ansatz, 8, 20));
    expect(Math.abs(state.reduce((sum, c) => sum + c * c, 0) - 1)).toBeLessThan(EVOLUTION_TOLERANCE);
  });
});

describe("energy and gradient", () => {
  it("the energy is the expectation value by ladder operators", () => {
    const h = randomHamiltonian(4, [2, 2], 6);
    const ansatz = uccsd(4, [2, 2]);
    const parameters = randomParameters(ansatz, 2);
    const psi = slowState(ansatz, parameters);
    const image = applyHamiltonian(h, psi);
    const expected = [...psi].reduce((sum, [d, c]) => sum + c * (image.get(d) ?? 0), h.coreEnergy);
    expect(Math.abs(energyAndGradient(h, ansatz, { parameters }).energy - expected)).toBeLessThan(1e-11);
  });

  it.each([
    [4, [2, 2]],
    [5, [3, 2]],
    [6, [2, 4]],
  ] as [number, [number, number]][])(
    "the gradient is the slope of the energy for %i orbitals, %j electrons",
    (norb, nelec) => {
      const h = randomHamiltonian(norb, nelec, 7);
      const ansatz = uccsd(norb, nelec);
      const parameters = randomParameters(ansatz, 4);
      const { gradient } = energyAndGradient(h, ansatz, { parameters });
      const step = 1e-5;
      for (let k = 0; k < parameters.length; k++) {
        const at = (shift: number) =>
          energyAndGradient(h, ansatz, { parameters: parameters.map((x, i) => (i === k ? x + shift : x)) })
            .energy;
        expect(Math.abs(gradient[k]! - (at(step) - at(-step)) / (2 * step))).toBeLessThan(GRADIENT_TOLERANCE);
      }
    },
  );

  it("has the same bits on one and on two threads", () => {
    const h = randomHamiltonian(8, [4, 3], 12);
    const ansatz = uccsd(8, [4, 3]);
    const parameters = randomParameters(ansatz, 1);
    const one = energyAndGradient(h, ansatz, { parameters, threads: 1 });
    expect(energyAndGradient(h, ansatz, { parameters, threads: 2 })).toEqual(one);
  });
});

describe("UCCSD-VQE", () => {
  it.each(uccsdEntries)(
    "reaches the recorded minimum of $id",
    ({ hamiltonian, uccsd: recorded, nParameters }) => {
      const ansatz = uccsd(hamiltonian.norb, hamiltonian.nelec);
      expect(ansatz.nParameters).toBe(nParameters);
      const run = minimiseVqe(hamiltonian, ansatz, { gradientTolerance: 1e-6 });
      expect(run.outcome).toBe("converged");
      expect(Math.abs(run.energy_hartree - recorded)).toBeLessThan(MINIMUM_TOLERANCE);
      expect(run.trace_hartree).toHaveLength(run.iterations + 1);
      expect(run.trace_hartree.at(-1)).toBe(run.energy_hartree);
    },
  );

  it.each(uccsdEntries)(
    "loses nothing by leaving out what symmetry forbids in $id",
    ({ hamiltonian, uccsd: recorded }) => {
      const full = uccsd(hamiltonian.norb, hamiltonian.nelec);
      const kept = dropForbidden(full, hamiltonian);
      expect(kept.nParameters).toBeLessThanOrEqual(full.nParameters);
      const run = minimiseVqe(hamiltonian, kept, { gradientTolerance: 1e-6 });
      expect(Math.abs(run.energy_hartree - recorded)).toBeLessThan(MINIMUM_TOLERANCE);
    },
  );

  it.each(uccsdEntriesWithoutIntegrals)(
    "reaches the recorded minimum of $id in orbitals of its own field",
    async (entry) => {
      using system = await openReference(entry);
      const scf = hartreeFock(system);
      expect(Math.abs(scf.energy_hartree - entry.rhf)).toBeLessThan(SCF_TOLERANCE);
      const size = { nelec: entry.n_active_electrons, norb: entry.n_active_orbitals };
      const h = activeSpaceHamiltonian(system, scf, frontierActiveSpace(scf, size));
      const exact = solveCasci(h).states[0]!.energy_hartree;
      expect(Math.abs(exact - entry.uccsd.fci_in_space)).toBeLessThan(MINIMUM_TOLERANCE);
      const ansatz = uccsd(h.norb, h.nelec);
      expect(ansatz.nParameters).toBe(entry.uccsd.n_parameters);
      const run = minimiseVqe(h, ansatz, { gradientTolerance: 1e-6, maxIterations: 500 });
      expect(run.outcome).toBe("converged");
      const difference = run.energy_hartree - entry.uccsd.one_trotter_step.energy_lowest_found;
      expect(Math.abs(difference)).toBeLessThan(MINIMUM_TOLERANCE);
    },
  );

  it("leaves out excitations that a symmetric molecule forbids", () => {
    const { hamiltonian } = uccsdEntries.find(({ id }) => id === "h2_sto3g")!;
    expect(dropForbidden(uccsd(2, [1, 1]), hamiltonian).nParameters).toBe(1);
  });

  it.each(["heh+_sto3g", "h3+_sto3g"])(
    "keeps the particle number in %s, though another has a lower energy",
    (id) => {
      const { hamiltonian, fci, jordanWigner } = uccsdEntries.find((entry) => entry.id === id)!;
      expect(jordanWigner.lowest_eigenvalue_all_particle_numbers).toBeLessThan(fci - 1e-3);
      const { energy_hartree } = minimiseVqe(hamiltonian, uccsd(hamiltonian.norb, hamiltonian.nelec));
      expect(energy_hartree).toBeGreaterThan(fci - 1e-8);
    },
  );

  it("never lies below exact diagonalisation", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.constantFrom<[number, number]>([2, 2], [2, 1], [3, 2], [1, 1]),
        (seed, nelec) => {
          const h = randomHamiltonian(4, nelec, seed);
          const exact = solveCasci(h, { spinPure: false }).states[0]!.energy_hartree;
          const run = minimiseVqe(h, uccsd(4, nelec));
          expect(run.energy_hartree).toBeGreaterThan(exact - ROUNDING);
          expect(run.energy_hartree).toBeLessThanOrEqual(run.trace_hartree[0]! + ROUNDING);
        },
      ),
      { numRuns: 25 },
    );
  });

  it("is exact for two electrons", () => {
    const h = randomHamiltonian(5, [1, 1], 33);
    const run = minimiseVqe(h, uccsd(5, [1, 1]), { gradientTolerance: 1e-7, maxIterations: 500 });
    const exact = solveCasci(h, { spinPure: false }).states[0]!.energy_hartree;
    expect(Math.abs(run.energy_hartree - exact)).toBeLessThan(1e-9);
  });

  it("reports an unconverged run with its lowest energy and gradient", () => {
    const h = randomHamiltonian(6, [3, 3], 5);
    const run = minimiseVqe(h, uccsd(6, [3, 3]), { maxIterations: 3 });
    expect(run.outcome).toBe("not-converged");
    expect(run.iterations).toBe(3);
    expect(run.gradientNorm).toBeGreaterThan(1e-5);
    expect(run.energy_hartree).toBe(Math.min(...run.trace_hartree));
  });

  it("has the same bits again, on one and on two threads", () => {
    const h = randomHamiltonian(6, [3, 2], 21);
    const ansatz = dropForbidden(uccsd(6, [3, 2]), h);
    const run = (threads: number) => minimiseVqe(h, ansatz, { threads, maxIterations: 20 });
    const one = run(1);
    expect(run(1)).toEqual(one);
    expect(run(2)).toEqual(one);
  });

  it("publishes its progress once an iteration", () => {
    const control = createControlBlock();
    const h = randomHamiltonian(4, [2, 2], 5);
    const run = minimiseVqe(h, uccsd(4, [2, 2]), { control, maxIterations: 77 });
    expect([...control]).toEqual([0, run.iterations, 77, PHASE_NAMES.indexOf("vqe")]);
    expect(run.trace_hartree).toHaveLength(run.iterations + 1);
  });

  it("has nothing to optimise without excitations and returns the reference energy", () => {
    const h = randomHamiltonian(2, [2, 2], 5);
    const run = minimiseVqe(h, uccsd(2, [2, 2]));
    expect(run.outcome).toBe("converged");
    expect(Math.abs(run.energy_hartree - solveCasci(h).states[0]!.energy_hartree)).toBeLessThan(ROUNDING);
  });
});
