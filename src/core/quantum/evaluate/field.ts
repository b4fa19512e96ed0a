/** The mean field of an evaluation, what follows from its density, and MP2 on it. */
import { isCoupledCluster, type Method } from "#shared/quantum/energy-request.ts";
import type { Mp2Result } from "#shared/quantum/energy-result.ts";
import type { FieldSearch, HartreeFockResult, Properties } from "#shared/quantum/field-result.ts";
import { isFunctional } from "#shared/quantum/functionals.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import { DEBYE_PER_ATOMIC_UNIT } from "#shared/units.ts";
import { keepClosedShell } from "../field/closed-shell-start.ts";
import { scfProperties } from "../field/field-properties.ts";
import { gridErrorOf } from "../field/grid-error.ts";
import { mp2OfEach } from "../field/mp2.ts";
import type { ScfKind, ScfOptions, ScfResult } from "../field/scf.ts";
import { lowestField } from "../field/search.ts";
import type { NamedStart } from "../field/starts.ts";
import type { QuantumSystem } from "../field/system.ts";
import { withWallTime } from "./wall-time.ts";

/** Methods that need one set of orbitals for both spins take ROHF for open shells; MP2 and coupled cluster take canonical orbitals, and functionals UKS. */
export function fieldKind(method: Method, multiplicity: number): ScfKind {
  if (method === "rhf" || method === "uhf" || method === "rohf") return method;
  if (multiplicity === 1) return "rhf";
  return isMp2(method) || isCoupledCluster(method) || isFunctional(method) ? "uhf" : "rohf";
}

export interface SolvedField {
  readonly scf: ScfResult;
  readonly hartreeFock: HartreeFockResult;
  readonly properties: Properties | null;
}

export type FieldOptions = Required<Pick<ScfOptions, "kind">> &
  Pick<ScfOptions, "densityFitting" | "functional">;

/** What is told of a field that was chosen. */
export function solved(
  system: QuantumSystem,
  { scf, search, wallTime_ms }: { scf: ScfResult; search: FieldSearch; wallTime_ms: number },
): SolvedField {
  const { outcome, energy_hartree, iterations, stability, densityFitting, kind, kohnSham } = scf;
  const [alpha, beta] = scf.orbitalEnergies_hartree;
  const properties = outcome === "converged" ? scfProperties(system, scf) : null;
  return {
    scf,
    hartreeFock: {
      outcome,
      energy_hartree,
      iterations,
      stability,
      search,
      densityFitting,
      ...(kohnSham && {
        kohnSham: { ...kohnSham, grid: { ...kohnSham.grid, error_hartree: gridErrorOf(system, scf) } },
      }),
      wallTime_ms,
      reference: kind,
      orbitalEnergies_hartree: [...alpha],
      betaOrbitalEnergies_hartree: beta ? [...beta] : null,
      spinSquare: properties?.spinSquared ?? null,
      droppedFunctions: scf.droppedFunctions,
    },
    properties: properties && {
      dipole_debye: properties.dipole_au.map((component) => component * DEBYE_PER_ATOMIC_UNIT),
      mullikenCharges: [...properties.mullikenCharges],
      lowdinCharges: [...properties.lowdinCharges],
    },
  };
}

/** Hartree–Fock or Kohn–Sham with the properties of its density, also from neighbours' orbitals where there are some; those of a field that did not converge are null. */
export async function fieldOf(
  system: QuantumSystem,
  options: FieldOptions,
  neighbours: readonly NamedStart[] = [],
): Promise<SolvedField> {
  const { value, wallTime_ms } = await withWallTime(() =>
    lowestField(system, { ...options, further: neighbours }),
  );
  if (value.search.starts.length === 1) keepClosedShell(system, value.scf);
  return solved(system, { ...value, wallTime_ms });
}

export interface Mp2Level {
  readonly frozenCore?: boolean | undefined;
  /** Of the field, and so of MP2. */
  readonly densityFitting?: FieldOptions["densityFitting"] | undefined;
}

/** MP2 on converged RHF or UHF fields of a system, computed together; each result has the time of all. */
export async function mp2Of(
  system: QuantumSystem,
  solutions: readonly ScfResult[],
  { frozenCore = false, densityFitting }: Mp2Level,
): Promise<Mp2Result[]> {
  const [first, ...others] = solutions;
  if (!first) return [];
  const nFrozenCore = frozenCore ? "chemical" : 0;
  const { value, wallTime_ms } = await withWallTime(() =>
    mp2OfEach(system, [first, ...others], { nFrozenCore, densityFitting }),
  );
  return value.map((one) => ({ ...one, wallTime_ms }));
}
