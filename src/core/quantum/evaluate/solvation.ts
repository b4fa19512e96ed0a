/** What is told of a field in a solvent, with the gas phase beside. */
import type { OpenShell } from "#shared/quantum/energy-request.ts";
import type { SolventReport } from "#shared/quantum/solvents.ts";
import { hartreeFock, type ScfOptions, type ScfResult } from "../field/scf.ts";
import { gasPhase } from "../field/solvent.ts";
import type { QuantumSystem } from "../field/system.ts";
import { RADII_TITLE } from "../molecule/cavity.ts";
import type { FieldOptions } from "./field.ts";

/** A solution beside a closed shell stays where its orbitals lead, as it did in the solvent. */
const settling = (openShell: OpenShell | undefined): Pick<ScfOptions, "stability" | "newton"> =>
  openShell ? { stability: "none", newton: "nearest" } : {};

/** Of the field that the orbitals in the solvent lead to in the gas phase, Hartree; null where it does not converge. */
function gasPhaseEnergy(
  system: QuantumSystem,
  { orbitals, kind }: ScfResult,
  options: ScfOptions,
): number | null {
  using gas = gasPhase(system);
  const { outcome, energy_hartree } = hartreeFock(gas, { ...options, kind, start: { orbitals } });
  return outcome === "converged" ? energy_hartree : null;
}

/**
 * Undefined in the gas phase. Cost: a field from near its end. Throws as hartreeFock.
 */
export function solventReport(
  system: QuantumSystem,
  scf: ScfResult,
  { field, openShell }: { field: FieldOptions; openShell: OpenShell | undefined },
): SolventReport | undefined {
  if (!scf.solvent) return undefined;
  const { potential: _, ...report } = scf.solvent;
  const gasPhase_hartree =
    scf.outcome === "converged" ? gasPhaseEnergy(system, scf, { ...field, ...settling(openShell) }) : null;
  const solvation_hartree = gasPhase_hartree === null ? null : scf.energy_hartree - gasPhase_hartree;
  return { ...report, radii: RADII_TITLE, gasPhase_hartree, solvation_hartree };
}
