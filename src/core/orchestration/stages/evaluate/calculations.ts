/** States as records, one for each calculation: SCF ← Hamiltonian ← CASCI, VQE. Times are kept apart: they are not reproducible. */
import { float64Bytes } from "#core/notebook/proof/float64.ts";
import { type Link, type NotebookRecord, type RecordDraft, seal } from "#core/notebook/proof/record.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { isOwn, type StateResult } from "#shared/properties/evaluation.ts";
import type { EnergyResult, Mp2Result, Optimisation } from "#shared/quantum/energy-result.ts";
import type { MultireferenceResult } from "#shared/quantum/multireference-result.ts";
import type { CasciResult, VqeResult } from "#shared/quantum/state-result.ts";
import type { VibrationsResult } from "#shared/quantum/vibrations-result.ts";

/** What a state of its own brings besides what its active space does. */
export type FieldPart = "scf" | "mp2" | "hamiltonian" | "optimisation" | "vibrations" | "multireference";

/** A state as a record that stands for several calculations names it and what it brings. */
export interface StateRoles {
  readonly name: string;
  role(part: FieldPart): string;
}

export interface NamedState extends StateRoles {
  readonly result: StateResult;
  /** Where a state of its own was computed; absent: in the candidate's geometry. */
  readonly geometry?: Geometry | undefined;
}

/** The candidate's geometry, as the records of its states link to it. */
export interface LinkedGeometry {
  readonly link: Link;
  readonly geometry: Geometry;
}

const isSameGeometry = (a: Geometry, b: Geometry): boolean =>
  a.symbols.length === b.symbols.length &&
  a.symbols.every((symbol, atom) => symbol === b.symbols[atom]) &&
  a.coordinates_angstrom.every((x, k) => Object.is(x, b.coordinates_angstrom[k]));

export type NamedRecord = readonly [role: string, record: NotebookRecord];

function vqeDraft(state: string, { wallTime_ms: _, trace_hartree, ...content }: VqeResult): RecordDraft {
  return {
    kind: "vqe",
    content: { state, ...content },
    parts: { trace_hartree: float64Bytes(trace_hartree) },
  };
}

function casciDraft(state: string, { wallTime_ms: _, ...content }: CasciResult): RecordDraft {
  return { kind: "casci", content: { state, ...content } };
}

/** How the atoms came to where the field is, as content and parts. */
function relaxation({ geometry, trace_hartree, wallTime_ms: _, ...content }: Optimisation) {
  return {
    content: { ...content, symbols: geometry.symbols },
    parts: {
      optimised_angstrom: float64Bytes(geometry.coordinates_angstrom),
      optimisationTrace_hartree: float64Bytes(trace_hartree),
    },
  };
}

/** Vibrations as content and parts; where no minimum was found, a geometry further down. */
function vibrating({ frequencies_per_cm, downhill, wallTime_ms: _, ...content }: VibrationsResult) {
  return {
    content: { ...content, ...(downhill && { symbols: downhill.symbols }) },
    parts: {
      frequencies_per_cm: float64Bytes(frequencies_per_cm),
      ...(downhill && { downhill_angstrom: float64Bytes(downhill.coordinates_angstrom) }),
    },
  };
}

const correlation = ({ wallTime_ms: _, spinSquareChange, ...content }: Mp2Result) => ({
  ...content,
  ...(spinSquareChange !== undefined && { spinSquareChange }),
});

/** The field with what follows from it alone: properties of its density, and MP2; and where it is. */
function scfDraft(
  { hartreeFock, mp2, ...result }: EnergyResult,
  geometry: Geometry | undefined,
): RecordDraft {
  const { basis, nBasis, charge, multiplicity, nuclearRepulsion_hartree, properties, notes, diagnostic } =
    result;
  const { orbitalEnergies_hartree, wallTime_ms: _, ...content } = hartreeFock;
  const relaxed = result.optimisation && relaxation(result.optimisation);
  const moving = result.vibrations && vibrating(result.vibrations);
  return {
    kind: "scf",
    content: {
      basis,
      nBasis,
      charge,
      multiplicity,
      nuclearRepulsion_hartree,
      ...content,
      properties,
      mp2: mp2 && correlation(mp2),
      ...(notes.length > 0 && { notes }),
      ...(diagnostic && { diagnostic }),
      ...(result.dispersion && { dispersion: result.dispersion }),
      ...(relaxed && { optimisation: relaxed.content }),
      ...(moving && { vibrations: moving.content }),
      ...(geometry && { symbols: geometry.symbols }),
    },
    parts: {
      orbitalEnergies_hartree: float64Bytes(orbitalEnergies_hartree),
      ...relaxed?.parts,
      ...moving?.parts,
      ...(geometry && { coordinates_angstrom: float64Bytes(geometry.coordinates_angstrom) }),
    },
  };
}

const withoutTime = ({ wallTime_ms: _, ...content }: MultireferenceResult) => content;

/** How long each calculation of a state took, by the role that its record has. */
export function timesOf({ name, role, result }: NamedState): Record<string, number> {
  const { casci, vqe } = result;
  const processor = isOwn(result) ? result.processorTime_ms : undefined;
  return {
    ...(processor !== undefined && { [`${name}-processor`]: processor }),
    ...(isOwn(result) && { [name]: result.wallTime_ms, [role("scf")]: result.hartreeFock.wallTime_ms }),
    ...(isOwn(result) && result.mp2 && { [role("mp2")]: result.mp2.wallTime_ms }),
    ...(isOwn(result) && result.optimisation && { [role("optimisation")]: result.optimisation.wallTime_ms }),
    ...(isOwn(result) && result.vibrations && { [role("vibrations")]: result.vibrations.wallTime_ms }),
    ...(isOwn(result) &&
      result.multireference && { [role("multireference")]: result.multireference.wallTime_ms }),
    ...(casci && { [`${name}-casci`]: casci.wallTime_ms }),
    ...(vqe && { [`${name}-vqe`]: vqe.wallTime_ms }),
  };
}

/**
 * A VQE as it was put to a backend, with what the vendor calls its jobs and the device's calibrations, where there is a vendor.
 * Where the local sampler stood in for the device, why. How long it took stands with the other times in the event that seals it.
 */
function backendCall(
  state: string,
  { backend, seed, shots, jobs }: VqeResult,
  hamiltonian: Link,
): NotebookRecord {
  const listed = (values: readonly (string | null)[] = []): string | null =>
    [...new Set(values.filter((value) => value !== null))].join(", ") || null;
  const jobId = listed(jobs?.map(({ id }) => id));
  const calibrationId = listed(jobs?.map((job) => job.calibrationId));
  const fallback = listed(jobs?.map((job) => job.fallback ?? null));
  const content = {
    state,
    backend,
    seed,
    shots,
    jobId,
    calibrationId,
    ...(fallback !== null && { fallback }),
  };
  return seal({ kind: "backend-call", content, links: [hamiltonian] });
}

/** The calculations in an active space, by the role under which they are linked to. */
function* correlated({ name, result }: NamedState, hamiltonian: Link): Generator<NamedRecord> {
  const { casci, vqe } = result;
  if (casci) yield [`${name}-casci`, seal({ ...casciDraft(name, casci), links: [hamiltonian] })];
  if (!vqe) return;
  const call = backendCall(name, vqe, hamiltonian);
  yield [`${name}-backend-call`, call];
  const links = [hamiltonian, { role: "backend-call", target: call.hash }];
  yield [`${name}-vqe`, seal({ ...vqeDraft(name, vqe), links })];
}

/**
 * Everything that was computed, by the role under which it is linked to; a field elsewhere than in the candidate's geometry holds its own.
 *
 * @param states each of its own orbitals before those that share them
 */
export function* calculations(
  states: Iterable<NamedState>,
  candidate: LinkedGeometry,
): Generator<NamedRecord> {
  let hamiltonian: Link | undefined;
  for (const state of states) {
    const { role, result } = state;
    if (isOwn(result)) {
      hamiltonian = undefined;
      const { geometry = candidate.geometry } = state;
      const elsewhere = isSameGeometry(geometry, candidate.geometry) ? undefined : geometry;
      const scf = seal({ ...scfDraft(result, elsewhere), links: [candidate.link] });
      yield [role("scf"), scf];
      const { activeSpace, integralsHash: integrals } = result;
      if (!activeSpace) continue;
      const states = result.multireference && withoutTime(result.multireference);
      const content = {
        activeSpace,
        ...(integrals && { integrals }),
        ...(states && { multireference: states }),
      };
      const links = [{ role: "orbitals", target: scf.hash }];
      const record = seal({ kind: "hamiltonian", content, links });
      hamiltonian = { role: "hamiltonian", target: record.hash };
      yield [role("hamiltonian"), record];
    }
    if (hamiltonian) yield* correlated(state, hamiltonian);
  }
}
