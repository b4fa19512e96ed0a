/** The files that an evaluation is asked for, as text. */
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { energyTitle, methodEnergy } from "#shared/quantum/method-energy.ts";
import type { ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import { formatInput } from "../files/input-file.ts";
import { type FileOrbitals, formatMolden } from "../files/molden.ts";
import type { NativeContext } from "../hamiltonian/hamiltonian.ts";
import { fullSpace } from "./beyond-field.ts";

interface Computed {
  readonly request: EnergyRequest;
  readonly result: EnergyResult;
  readonly system: QuantumSystem;
  readonly scf: ScfResult;
  readonly sets: () => readonly FileOrbitals[];
}

/** Of a field that converged: a Molden file, an input file for another program, where asked for. Throws AbortError. */
export function writtenFiles(
  { request, result, system, scf, sets }: Computed,
  { control }: Pick<NativeContext, "control">,
): Pick<EnergyResult, "molden" | "inputFile"> {
  const { molden, inputFile, frozenCore = false, method } = request;
  const title = `${energyTitle(request)}/${result.basis}`;
  const energy_hartree = methodEnergy(request, result);
  const moldenTitle = energy_hartree === null ? `${title} (not converged)` : title;
  return {
    ...(molden && { molden: formatMolden(system, sets(), { title: moldenTitle, control }) }),
    ...(inputFile && {
      inputFile: formatInput(inputFile, {
        ...{ request, system, title, reference: scf.kind },
        space:
          method === "fci"
            ? fullSpace(system, scf.orbitalEnergies_hartree[0].length, frozenCore)
            : result.activeSpace,
        nFrozen: (result.mp2 ?? result.coupledCluster)?.nFrozenCore ?? 0,
        energy_hartree,
      }),
    }),
  };
}
