/** VQE in place of exact diagonalisation while orbitals are optimised. */
import { DomainError } from "#shared/errors.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { ansatzTitle, type VqeSettings } from "#shared/quantum/vqe.ts";
import { uniformNumbers } from "#shared/random.ts";
import type { ProductAnsatz } from "../ansatz/ansatz.ts";
import { kUpCcgsd } from "../ansatz/pairs.ts";
import { uccsd } from "../ansatz/uccsd.ts";
import { sectorOf } from "../ci/spin-states.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { sectorSolution, spinStateOf } from "../states/spin-states-vqe.ts";
import { minimiseVqe, type VqeRun } from "../vqe/vqe.ts";
import type { StateSolver } from "./casscf.ts";

/** Energies are second order in it, orbital gradients first. */
const VQE_GRADIENT_HARTREE = 1e-6;
const ORBITAL_GRADIENT_HARTREE = 1e-5;
/** Random parameters lie within this, radian. */
const SPREAD = 0.3;

function ansatzOf(
  norb: number,
  nelec: readonly [number, number],
  { ansatz, layers }: VqeSettings,
): ProductAnsatz {
  if (ansatz === "uccsd") return uccsd(norb, nelec);
  if (ansatz === "k-upccgsd") return kUpCcgsd(norb, nelec, layers);
  throw new DomainError(
    "not-supported",
    `Orbitals optimised with VQE: expected the ansatz k-upccgsd or uccsd, got ${ansatzTitle(ansatz)}.`,
  );
}

/**
 * Finds one state by VQE at each set of orbitals, from the parameters at the set before; at the first one UCCSD from MP2's amplitudes,
 * k-UpCCGSD from `starts` seeded points, the lowest kept. The minimum that it begins in is followed.
 *
 * Orbital derivatives at an energy that is stationary in the parameters need the density matrices alone (W. Mizukami et al.,
 * doi:10.1103/PhysRevResearch.2.033421). Rotations within the active space are left to the ansatz, whose singles do them.
 *
 * @throws DomainError `not-supported` for other ansätze
 */
export function vqeSolver(
  settings: VqeSettings,
  { maxIterations, ...context }: NativeContext & { maxIterations: number },
): StateSolver {
  let parameters: Float64Array | undefined;
  const options = { ...context, maxIterations, gradientTolerance: VQE_GRADIENT_HARTREE };
  const firstRun = (hamiltonian: ActiveHamiltonian, ansatz: ProductAnsatz): VqeRun => {
    if (settings.ansatz === "uccsd") return minimiseVqe(hamiltonian, ansatz, options);
    const random = uniformNumbers(settings.seed);
    const runs = Array.from({ length: settings.starts }, () => {
      const start = Float64Array.from({ length: ansatz.nParameters }, () => SPREAD * (2 * random() - 1));
      return minimiseVqe(hamiltonian, ansatz, { ...options, start });
    });
    return runs.reduce((best, run) => (run.energy_hartree < best.energy_hartree ? run : best));
  };
  return {
    gradientTolerance: ORBITAL_GRADIENT_HARTREE,
    solve: (given: ActiveHamiltonian, states: SpinStates) => {
      // Of one state: checked before any work.
      const { multiplicity } = states[0]!;
      const nelec = sectorOf(given.nelec[0] + given.nelec[1], multiplicity);
      const hamiltonian = { ...given, nelec };
      const ansatz = ansatzOf(hamiltonian.norb, nelec, settings);
      const run = parameters
        ? minimiseVqe(hamiltonian, ansatz, { ...options, start: parameters })
        : firstRun(hamiltonian, ansatz);
      parameters = run.parameters;
      return [
        sectorSolution(hamiltonian, multiplicity, [
          spinStateOf(hamiltonian, { ansatz, run }, { multiplicity, options }),
        ]),
      ];
    },
  };
}
