/** What a calculation is called, and what came of it in one number. */
import { basisTitle } from "./basis-functions.ts";
import type { CalculationJob, CalculationResult } from "./calculation.ts";
import { isHamiltonianReached, isReached } from "./is-reached.ts";
import { energyTitle, methodEnergy } from "./method-energy.ts";

/** "B3LYP-D3(BJ)/6-31g*", "CCSD of a Hamiltonian". */
export function titleOf(job: CalculationJob): string {
  if (job.kind === "hamiltonian") return `${job.request.method.toUpperCase()} of a Hamiltonian`;
  const request = job.kind === "energy" ? job.request : job.requests[0]!; // a curve has two frames at least
  const level = `${energyTitle(request)}/${basisTitle(request.basis, request.functions)}`;
  const more = [
    ...(job.kind === "curve" ? [`${job.requests.length} frames`] : []),
    ...(request.optimise ? ["optimised"] : []),
    ...(request.vibrations ? ["vibrations"] : []),
  ];
  return [level, ...more].join(", ");
}

/** Of the method that was asked for, Hartree; null of a curve, and where it did not converge. */
export function calculatedEnergy(
  job: CalculationJob,
  { energy, hamiltonian }: CalculationResult,
): number | null {
  if (job.kind === "energy" && energy) return methodEnergy(job.request, energy);
  if (job.kind === "hamiltonian" && hamiltonian) return methodEnergy(job.request, hamiltonian);
  return null;
}

/** Whether all that was asked for converged. */
export const isResultReached = ({ energy, curve, hamiltonian }: CalculationResult): boolean =>
  (!energy || isReached(energy)) &&
  (curve?.points ?? []).every(isReached) &&
  (!hamiltonian || isHamiltonianReached(hamiltonian));
