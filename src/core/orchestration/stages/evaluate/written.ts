/** Calculations as their records have them: earlier ones lack members that came later. */
import type { Database } from "#core/notebook/file/database.ts";
import type { Json, JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { float64Values } from "#core/notebook/proof/float64.ts";
import { timings } from "#core/notebook/tables/executions.ts";
import { firstByRole, readPart, readRecord, type StoredRecord } from "#core/notebook/tables/records.ts";
import type { StateRoles } from "./calculations.ts";

/** A record that stands for several calculations, those that it links to, and how long each took. */
export interface Written {
  readonly content: JsonObject;
  linked(role: string): StoredRecord | undefined;
  part(record: StoredRecord, name: string): number[];
  readonly time: Readonly<Record<string, number>>;
}

export function written(db: Database, record: number): Written {
  const { content, event } = readRecord(db, record);
  const linked = firstByRole(db, record);
  return {
    content,
    linked: (role) => linked.get(role),
    part: ({ id }, name) => float64Values(readPart(db, id, name)),
    time: timings(db, event),
  };
}

const withoutAbsent = (members: Record<string, Json | undefined>): JsonObject =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as JsonObject;

/** A calculation in an active space; null where it was not reached. */
export function writtenCalculation({ linked, part, time }: Written, role: string): JsonObject | null {
  const found = linked(role);
  if (!found) return null;
  const { state: _, ...rest } = found.content;
  const trace = found.kind === "vqe" && { trace_hartree: part(found, "trace_hartree") };
  return { ...rest, ...trace, wallTime_ms: time[role] ?? 0 };
}

/** Where the atoms went; absent where they were not moved. */
function writtenRelaxation(
  scf: StoredRecord,
  { part }: Written,
  wallTime_ms: number,
): JsonObject | undefined {
  const { optimisation } = scf.content as { optimisation?: JsonObject };
  if (!optimisation) return undefined;
  const { symbols, ...rest } = optimisation;
  const coordinates_angstrom = part(scf, "optimised_angstrom");
  const trace_hartree = part(scf, "optimisationTrace_hartree");
  // Written with the geometry that it ended in.
  return { ...rest, geometry: { symbols: symbols!, coordinates_angstrom }, trace_hartree, wallTime_ms };
}

/** How the atoms vibrate; absent where that was not asked for. */
function writtenVibrations(
  scf: StoredRecord,
  { part }: Written,
  wallTime_ms: number,
): JsonObject | undefined {
  const { vibrations } = scf.content as { vibrations?: JsonObject };
  if (!vibrations) return undefined;
  const { symbols, ...rest } = vibrations;
  const downhill = symbols ? { symbols, coordinates_angstrom: part(scf, "downhill_angstrom") } : null;
  return { ...rest, frequencies_per_cm: part(scf, "frequencies_per_cm"), downhill, wallTime_ms };
}

/** A state as its records have it; null where it was not reached. */
export function writtenState(record: Written, { name, role }: StateRoles): JsonObject | null {
  const { content, linked, part, time } = record;
  const casci = writtenCalculation(record, `${name}-casci`);
  const vqe = writtenCalculation(record, `${name}-vqe`);
  const scf = linked(role("scf"));
  if (!scf) return casci && vqe ? { casci, vqe } : null;
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, ...ofField } = scf.content;
  const { properties, mp2, notes, diagnostic, dispersion, ...withMoves } = ofField;
  const { optimisation: _, vibrations: ___, symbols: __, ...hartreeFock } = withMoves;
  const orbitalEnergies_hartree = part(scf, "orbitalEnergies_hartree");
  const hamiltonian = linked(role("hamiltonian"))?.content;
  return withoutAbsent({
    basis,
    nBasis,
    charge,
    multiplicity,
    nuclearRepulsion_hartree,
    properties,
    notes,
    diagnostic,
    dispersion,
    mp2: mp2 && { ...(mp2 as JsonObject), wallTime_ms: time[role("mp2")] ?? 0 },
    hartreeFock: { ...hartreeFock, orbitalEnergies_hartree, wallTime_ms: time[role("scf")] ?? 0 },
    activeSpace: hamiltonian?.activeSpace ?? null,
    integralsHash: hamiltonian?.integrals,
    multireference: hamiltonian?.multireference && {
      ...(hamiltonian.multireference as JsonObject),
      wallTime_ms: time[role("multireference")] ?? 0,
    },
    optimisation: writtenRelaxation(scf, record, time[role("optimisation")] ?? 0),
    vibrations: writtenVibrations(scf, record, time[role("vibrations")] ?? 0),
    casci,
    vqe,
    backend: content.backend,
    build: content.build,
    wallTime_ms: time[name] ?? 0,
    processorTime_ms: time[`${name}-processor`],
  });
}
