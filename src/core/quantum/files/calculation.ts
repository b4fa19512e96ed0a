/** What an input file for another program says, whatever the program. */
import { DomainError } from "#shared/errors.ts";
import type { ActiveSpaceSize } from "#shared/quantum/active-space.ts";
import {
  type EnergyRequest,
  type InputProgram,
  type Method,
  usesActiveSpace,
} from "#shared/quantum/energy-request.ts";
import { isFunctional } from "#shared/quantum/functionals.ts";
import type { SpinStates } from "#shared/quantum/spin-states.ts";
import { toBohr } from "#shared/units.ts";
import type { ScfKind } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { BasisSet, ElementShell } from "../molecule/basis.ts";
import { wantedStates } from "../multireference/multireference.ts";

/** A calculation that was carried out, atoms where they ended. */
export interface Calculation {
  readonly request: EnergyRequest;
  readonly system: QuantumSystem;
  readonly reference: ScfKind;
  /** Of all orbitals where the method correlates all; null where it has no active space. */
  readonly space: ActiveSpaceSize | null;
  /** Orbitals left uncorrelated in MP2 or coupled cluster. */
  readonly nFrozen: number;
  /** Method and basis set. */
  readonly title: string;
  /** What the other program should find, Hartree; null where nothing converged. */
  readonly energy_hartree: number | null;
}

export interface Atom {
  readonly symbol: string;
  readonly isGhost: boolean;
  /** bohr, 17 digits: no program's bohr comes in. */
  readonly position: readonly string[];
}

export const atomsOf = ({ geometry, charges }: QuantumSystem): Atom[] =>
  geometry.symbols.map((symbol, atom) => ({
    symbol,
    isGhost: charges[atom] === 0,
    position: geometry.coordinates_angstrom
      .slice(3 * atom, 3 * atom + 3)
      .map((x) => toBohr(x).toFixed(14).padStart(20)),
  }));

/** Shells of each element of the molecule. */
export const shellsOf = ({ geometry, basis }: QuantumSystem): [symbol: string, shells: ElementShell[]][] =>
  // openSystem refused elements without functions.
  [...new Set(geometry.symbols)].map((symbol) => [symbol, basis.elements[symbol]!]);

/** Of the states that are asked for, all of one spin: 2S + 1 and how many. */
export const statesOf = (request: EnergyRequest): SpinStates[number] => wantedStates(request)[0]!; // the only one

/** "RHF/6-31G*: -76.0098703129 Hartree by Ansatz", on one line: the name of a file with a basis set may have several. */
export const expectedLine = ({ title, energy_hartree }: Calculation): string =>
  `${title.replace(/\p{Cc}+/gu, " ")}: ${energy_hartree === null ? "not converged" : `${energy_hartree.toFixed(10)} Hartree`} by Ansatz`;

export const PROGRAM_TITLES: Readonly<Record<InputProgram, string>> = {
  ...{ pyscf: "PySCF", orca: "ORCA", gaussian: "Gaussian" },
};

const INSTEAD = "Write the Hamiltonian with --fcidump, which other programs read";

const EXCITATIONS = "expected the ground state alone, got excitations. Compute without them";

/** Why no program's input says the same; undefined where one may. */
function faultOfAny(request: EnergyRequest): string | undefined {
  const { method, activeSpace, multiplicity, spinStates, anySpin, frozenCore } = request;
  if (request.pointCharges) return "expected no external charges";
  if (request.dispersion)
    return "expected no dispersion, which each program adds by defaults of its own. Compute without, and add it to both";
  if (request.solvent) return "expected the gas phase, got a solvent";
  if (request.densityFit) return "expected exact integrals, got density fitting";
  if (method === "sci")
    return `expected another method than sci, which no two programs select alike. ${INSTEAD}`;
  if (anySpin || (spinStates && spinStates.length > 1)) return "expected states of one spin, got several";
  const rule = activeSpace && "rule" in activeSpace ? activeSpace.rule : "frontier";
  if (usesActiveSpace(method) && rule !== "frontier")
    return `expected an active space by energy, such as 4e,4o, which other programs choose too, got the rule ${rule}. ${INSTEAD}`;
  const keepsField = method === "casci" || method === "vqe" || (method === "fci" && frozenCore);
  if (keepsField && multiplicity !== 1)
    return `expected a closed shell, since programs make different orbitals of ROHF, got multiplicity ${multiplicity}. ${INSTEAD}`;
  return undefined;
}

const isSimple = (method: Method): boolean =>
  method === "rhf" || method === "uhf" || method === "rohf" || method === "mp2" || isFunctional(method);

/** Why the input of one says something else; undefined where it says the same. */
function faultOf(request: EnergyRequest, program: InputProgram, basis: BasisSet): string | undefined {
  const ofAny = faultOfAny(request);
  if (ofAny !== undefined) return ofAny;
  const { method, pt2, frozenCore, geometry } = request;
  if (method === "wb97x-d" && program !== "gaussian")
    return "expected another functional than wb97x-d, whose dispersion it has not. Take Gaussian";
  if (program === "pyscf") return undefined;
  if (!isSimple(method) && method !== "casscf")
    return `expected a field, mp2 or casscf, got ${method}. Take PySCF`;
  if (program === "orca") {
    if (frozenCore) return "expected all electrons correlated, got a frozen core";
    const hasD = geometry.symbols.some((symbol) => basis.elements[symbol]?.some(({ l }) => l > 1));
    return basis.functions === "cartesian" && hasD
      ? "expected spherical d functions, which are all it has, got Cartesian ones. Compute with --spherical"
      : undefined;
  }
  if (method === "r2scan") return "expected another functional, got r2scan";
  if (pt2) return `expected no correction, got ${pt2}`;
  return statesOf(request).count > 1 ? "expected one state, got several" : undefined;
}

/** Whether the program can be told the calculation, and computes the same. */
export const isTold = (request: EnergyRequest, program: InputProgram, basis: BasisSet): boolean =>
  faultOf(request, program, basis) === undefined;

/**
 * Refuses, before any work, what the program that is asked for cannot be told, or computes otherwise.
 *
 * @throws DomainError `not-supported`
 */
export function checkInputFile(request: EnergyRequest, basis: BasisSet): void {
  const { inputFile, excitations } = request;
  const fault = inputFile && (excitations ? EXCITATIONS : faultOf(request, inputFile, basis));
  if (!fault) return;
  throw new DomainError("not-supported", `An input file for ${PROGRAM_TITLES[inputFile]}: ${fault}.`, {
    program: inputFile,
  });
}
