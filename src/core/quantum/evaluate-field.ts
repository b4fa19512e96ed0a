/** The mean field of an evaluation, what follows from its density, and MP2 on it. */
import type { Method } from "#shared/energy-request.ts";
import type { Mp2Result } from "#shared/energy-result.ts";
import type { HartreeFockResult, Properties, UhfSearch } from "#shared/field-result.ts";
import { DEBYE_PER_ATOMIC_UNIT } from "#shared/units.ts";
import { chemicalCore, mp2 } from "./mp2.ts";
import { scfProperties } from "./properties.ts";
import { hartreeFock, type ScfKind, type ScfOptions, type ScfResult } from "./scf.ts";
import type { QuantumSystem } from "./system.ts";
import { timed } from "./timed.ts";
import { lower, lowestUhf } from "./uhf-search.ts";
import type { NamedStart } from "./uhf-starts.ts";

/** Methods that need one set of orbitals for both spins take ROHF for open shells; MP2 takes canonical orbitals. */
export function fieldKind(method: Method, multiplicity: number): ScfKind {
  if (method === "rhf" || method === "uhf" || method === "rohf") return method;
  if (multiplicity === 1) return "rhf";
  return method === "mp2" ? "uhf" : "rohf";
}

export interface Field {
  readonly scf: ScfResult;
  readonly hartreeFock: HartreeFockResult;
  readonly properties: Properties | null;
}

export type FieldOptions = Required<Pick<ScfOptions, "kind">> & Pick<ScfOptions, "densityFitting">;

/** UHF from as many starts as it needs; RHF and ROHF from the atoms and from the neighbours' orbitals, the lowest kept. */
function lowestField(
  system: QuantumSystem,
  { kind, ...options }: FieldOptions,
  neighbours: readonly NamedStart[],
): { scf: ScfResult; search: UhfSearch | null } {
  if (kind === "uhf") return lowestUhf(system, { ...options, further: neighbours });
  const fields = [undefined, ...neighbours.map(({ start }) => start)].map((start) =>
    hartreeFock(system, { kind, ...options, ...(start && { start }) }),
  );
  return { scf: fields.reduce(lower), search: null };
}

/** Hartree–Fock with the properties of its density, also from neighbours' orbitals where there are some; those of a field that did not converge are null. */
export async function fieldOf(
  system: QuantumSystem,
  options: FieldOptions,
  neighbours: readonly NamedStart[] = [],
): Promise<Field> {
  const { value, wallTime_ms } = await timed(() => lowestField(system, options, neighbours));
  const { scf, search } = value;
  const { outcome, energy_hartree, iterations, stability, densityFitting, kind } = scf;
  const [alpha, beta] = scf.orbitalEnergies_hartree;
  const properties = outcome === "converged" ? scfProperties(system, scf) : null;
  return {
    scf,
    hartreeFock: {
      ...{ outcome, energy_hartree, iterations, stability, search, densityFitting, wallTime_ms },
      reference: kind,
      orbitalEnergies_hartree: [...alpha!],
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

/** MP2 on a converged RHF or UHF field. */
export async function mp2Of(
  system: QuantumSystem,
  scf: ScfResult,
  { frozenCore = false }: { frozenCore?: boolean | undefined },
): Promise<Mp2Result> {
  const nFrozenCore = frozenCore ? chemicalCore(system) : 0;
  const { value, wallTime_ms } = await timed(() => mp2(system, scf, { nFrozenCore }));
  return { ...value, wallTime_ms };
}
