/** The files that an evaluation is asked for, as text. */
import type { CheckFiles } from "#shared/quantum/check-files.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { energyTitle, methodEnergy } from "#shared/quantum/method-energy.ts";
import type { ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import { type Calculation, isTold } from "../files/calculation.ts";
import { formatInput } from "../files/input-file.ts";
import { type FileOrbitals, formatMolden } from "../files/molden.ts";
import { formatFcidump } from "../hamiltonian/fcidump.ts";
import type { ActiveHamiltonian, NativeContext } from "../hamiltonian/hamiltonian.ts";
import { fullSpace } from "./check-spaces.ts";

interface Computed {
  readonly request: EnergyRequest;
  readonly result: EnergyResult;
  readonly system: QuantumSystem;
  readonly scf: ScfResult;
  /** What was correlated, if anything. */
  readonly hamiltonian: ActiveHamiltonian | null;
  /** The state of selected CI as text. */
  readonly wavefunction: string | undefined;
  readonly sets: () => readonly FileOrbitals[];
}

const titleOf = (request: EnergyRequest, { basis }: EnergyResult): string =>
  `${energyTitle(request)}/${basis}`;

function calculationOf({ request, result, system, scf }: Computed): Calculation {
  const { frozenCore = false, method } = request;
  return {
    ...{ request, system, title: titleOf(request, result), reference: scf.kind },
    space:
      method === "fci"
        ? fullSpace(system, scf.orbitalEnergies_hartree[0].length, frozenCore)
        : result.activeSpace,
    nFrozen: (result.mp2 ?? result.coupledCluster)?.nFrozenCore ?? 0,
    energy_hartree: methodEnergy(request, result),
  };
}

/** A script for PySCF of the whole calculation, or of the Hartree–Fock field under it; nothing where it can be told neither. */
function pyscfOf(computed: Computed): Pick<CheckFiles, "pyscf"> {
  const calculation = calculationOf(computed);
  const { request, system, scf, result } = computed;
  const { basis } = system;
  if (isTold(request, "pyscf", basis))
    return { pyscf: { of: "energy", text: formatInput("pyscf", calculation) } };
  const field = { ...request, method: scf.kind, spinStates: undefined, anySpin: undefined, pt2: undefined };
  if (scf.kohnSham || !isTold(field, "pyscf", basis)) return {};
  const text = formatInput("pyscf", {
    ...{ ...calculation, request: field, space: null, title: titleOf(field, result) },
    energy_hartree: scf.energy_hartree,
  });
  return { pyscf: { of: "field", text } };
}

/** Of a field that converged: what was asked for of a Molden file, an input file, a Hamiltonian, a record. Throws AbortError. */
export function writtenFiles(
  computed: Computed,
  { control }: Pick<NativeContext, "control">,
): Pick<EnergyResult, "molden" | "inputFile" | "fcidump" | "record"> {
  const { request, result, system, hamiltonian, wavefunction, sets } = computed;
  const { molden, inputFile, record } = request;
  const title = titleOf(request, result);
  const moldenTitle = methodEnergy(request, result) === null ? `${title} (not converged)` : title;
  const fcidump =
    (request.fcidump || record) && hamiltonian ? { fcidump: formatFcidump(hamiltonian, { control }) } : {};
  return {
    ...(request.fcidump && fcidump),
    ...(molden && { molden: formatMolden(system, sets(), { title: moldenTitle, control }) }),
    ...(inputFile && { inputFile: formatInput(inputFile, calculationOf(computed)) }),
    ...(record && {
      record: { ...fcidump, ...(wavefunction !== undefined && { wavefunction }), ...pyscfOf(computed) },
    }),
  };
}
