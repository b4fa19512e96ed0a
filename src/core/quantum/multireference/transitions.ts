/** Transition dipoles and oscillator strengths between states in one set of orbitals. */
import type { Transition } from "#shared/quantum/multireference-result.ts";
import { oneParticleDensities } from "../ci/density-matrices.ts";
import type { SpinSolution } from "../ci/spin-states.ts";
import { oneElectronIntegrals } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";

/** Columns of a matrix [nBasis, nOrbitals]. */
export interface ActiveOrbitals {
  readonly orbitals: Float64Array;
  readonly active: readonly number[];
}

type Vector = readonly [number, number, number];

/** x y z of ⟨t|r|u⟩ over the active orbitals, each [norb, norb], bohr. */
function dipoleIntegrals(system: QuantumSystem, { orbitals, active }: ActiveOrbitals): Float64Array[] {
  const { dipoleX, dipoleY, dipoleZ } = oneElectronIntegrals(system);
  const n = system.nBasis;
  const width = orbitals.length / n;
  return [dipoleX, dipoleY, dipoleZ].map((integrals) => {
    const result = new Float64Array(active.length ** 2);
    active.forEach((t, row) => {
      const image = new Float64Array(n);
      for (let x = 0; x < n; x++)
        for (let y = 0; y < n; y++) image[y]! += orbitals[x * width + t]! * integrals[x * n + y]!;
      active.forEach((u, column) => {
        for (let y = 0; y < n; y++)
          result[row * active.length + column]! += image[y]! * orbitals[y * width + u]!;
      });
    });
    return result;
  });
}

const trace = (a: Float64Array, b: Float64Array): number => a.reduce((sum, x, k) => sum + x * b[k]!, 0);

/** ⅔ ΔE |μ|² in atomic units. */
const strengthOf = (energy: number, dipole: Vector): number =>
  (2 / 3) * energy * dipole.reduce((sum, x) => sum + x * x, 0);

/**
 * From the lowest state of each multiplicity to those above it; between spins there are none without spin–orbit coupling.
 *
 * The symmetric part of a transition density is that of (a + b)/√2 less the mean of those of a and b. Electrons in core orbitals
 * add nothing between orthogonal states. Cost: two one-particle density matrices a state.
 */
export function transitionsOf(
  system: QuantumSystem,
  solutions: readonly SpinSolution[],
  space: ActiveOrbitals,
  { control }: Pick<NativeContext, "control">,
): Transition[] {
  if (solutions.every(({ solution }) => solution.states.length < 2)) return [];
  const dipoles = dipoleIntegrals(system, space);
  const norb = space.active.length;
  return solutions.flatMap(({ multiplicity, nelec, solution }) => {
    const densityOf = (coefficients: Float64Array): Float64Array => {
      const { alpha, beta } = oneParticleDensities({ norb, nelec, coefficients }, { control });
      return alpha.map((x, k) => x + beta[k]!);
    };
    const [lower, ...above] = solution.states;
    if (!lower) return [];
    const ofLower = densityOf(lower.coefficients);
    return above.map((upper, k): Transition => {
      const ofUpper = densityOf(upper.coefficients);
      const sum = densityOf(lower.coefficients.map((c, i) => (c + upper.coefficients[i]!) * Math.SQRT1_2));
      const density = sum.map((x, i) => x - 0.5 * (ofLower[i]! + ofUpper[i]!));
      const [x, y, z] = dipoles.map((integrals) => -trace(integrals, density));
      const dipole: [number, number, number] = [x!, y!, z!]; // of three axes
      const excitation = upper.energy_hartree - lower.energy_hartree;
      return {
        ...{ multiplicity, from: 1, to: k + 2 },
        excitation_hartree: excitation,
        dipole_au: dipole,
        oscillatorStrength: strengthOf(excitation, dipole),
      };
    });
  });
}
