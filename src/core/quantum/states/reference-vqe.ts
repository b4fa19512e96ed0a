/** VQE from each determinant that may lead to the lowest state. */

import { uniformNumbers } from "#shared/random.ts";
import { dropForbidden, type ProductAnsatz } from "../ansatz/ansatz.ts";
import { uccsd } from "../ansatz/uccsd.ts";
import type { Minimiser } from "../backends/minimiser.ts";
import { type Determinant, referenceDeterminants } from "../hamiltonian/determinant.ts";
import type { ActiveHamiltonian } from "../hamiltonian/hamiltonian.ts";
import type { VqeOptions, VqeRun } from "../vqe/vqe.ts";

interface ReferenceRun {
  readonly ansatz: ProductAnsatz;
  readonly run: VqeRun;
}

const NUDGE_RADIAN = 0.1;
const NUDGE_SEED = 1;
/** Runs that end closer than this, Hartree, found the same minimum. */
const SAME_ENERGY_HARTREE = 1e-6;

/**
 * UCCSD from one determinant. Where the energy has no slope there, as at an eigenstate of the wrong kind or between
 * fragments so far apart that every coupling is zero, a second run starts beside it with all excitations; the lower counts.
 */
async function minimiseFrom(
  reference: Determinant,
  {
    hamiltonian,
    minimiser,
    options,
  }: { hamiltonian: ActiveHamiltonian; minimiser: Minimiser; options: VqeOptions },
): Promise<ReferenceRun> {
  const full = uccsd(hamiltonian.norb, hamiltonian.nelec, reference);
  const ansatz = dropForbidden(full, hamiltonian);
  const run = await minimiser.minimise({ hamiltonian, ansatz }, options);
  if (run.iterations > 0 || full.nParameters === 0) return { ansatz, run };
  const random = uniformNumbers(NUDGE_SEED);
  const start = Float64Array.from({ length: full.nParameters }, () => NUDGE_RADIAN * (2 * random() - 1));
  const nudged = await minimiser.minimise({ hamiltonian, ansatz: full }, { ...options, start });
  const isLower = nudged.energy_hartree < run.energy_hartree - SAME_ENERGY_HARTREE;
  return isLower ? { ansatz: full, run: nudged } : { ansatz, run };
}

/** The lowest run over the references; a run that did not converge counts only where none did. Throws as minimiseVqe. */
export async function minimiseOverReferences(
  hamiltonian: ActiveHamiltonian,
  minimiser: Minimiser,
  options: VqeOptions,
): Promise<ReferenceRun> {
  const runs: ReferenceRun[] = [];
  for (const reference of referenceDeterminants(hamiltonian))
    runs.push(await minimiseFrom(reference, { hamiltonian, minimiser, options }));
  const converged = runs.filter(({ run }) => run.outcome === "converged");
  const candidates = converged.length > 0 ? converged : runs;
  return candidates.reduce((best, next) => (next.run.energy_hartree < best.run.energy_hartree ? next : best));
}
