/** A state as the unit of work and of memory: computed once, kept as soon as it is there, found by whoever asks for the same. */
import type { Database } from "#core/notebook/file/database.ts";
import { canonicalJson, type Json, type JsonObject } from "#core/notebook/proof/canonical-json.ts";
import { float64Bytes, float64Values } from "#core/notebook/proof/float64.ts";
import { fromHex, resultKey } from "#core/notebook/proof/hash.ts";
import { seal } from "#core/notebook/proof/record.ts";
import { StateContent } from "#core/notebook/tables/contents.ts";
import { findResult } from "#core/notebook/tables/projection.ts";
import { linkedTo, readPart, recordId } from "#core/notebook/tables/records.ts";
import { resultsOf, type Unit } from "#core/quantum/evaluate/states.ts";
import type { Sha256 } from "#shared/ids.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { EnergyResult } from "#shared/quantum/energy-result.ts";
import { DEFAULT_VQE } from "#shared/quantum/vqe.ts";
import type { Made } from "../plan.ts";
import {
  calculations,
  type LinkedGeometry,
  type NamedState,
  type StateRoles,
  timesOf,
} from "./calculations.ts";
import { written, writtenCalculation, writtenState } from "./written.ts";

/** Raised whenever the same request would give another result; part of every state's key. */
export const STATE_VERSION = 7;

const isAbsent = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

/**
 * A request with all that its result depends on and nothing else: what its method does not ask for is left out, so that the same
 * field is found whichever VQE it was asked beside.
 */
export function canonicalRequest(request: EnergyRequest): JsonObject {
  const usesVqe = request.method === "vqe" || request.solver === "vqe";
  const usesSpace = usesVqe || request.method === "casci" || request.method === "casscf";
  const isAsked = (name: string): boolean => {
    if (name === "activeSpace" || name === "ions") return usesSpace;
    return usesVqe || !(name in DEFAULT_VQE || name === "maxIterations");
  };
  const asked = Object.entries(request).filter(([name, value]) => isAsked(name) && !isAbsent(value));
  return Object.fromEntries(asked) as JsonObject;
}

/** The key under which a state is found again. */
export const stateKey = (request: EnergyRequest): Sha256 =>
  resultKey("state", STATE_VERSION, canonicalRequest(request));

/** In the record of a state what it brings needs no name. */
const rolesOf = (name: string): StateRoles => ({ name, role: (part) => part });

/** A state and its ions as far as they were reached. */
const namedStates = ({ names, request }: Unit, result: EnergyResult): NamedState[] =>
  Object.entries(resultsOf({ names, request }, result)).flatMap(([name, state]): NamedState[] => {
    if (state === null) return [];
    if ("hartreeFock" in state) return [{ ...rolesOf(name), result: state, geometry: request.geometry }];
    const { casci, vqe } = state;
    return vqe ? [{ ...rolesOf(name), result: { casci, vqe } }] : [];
  });

/** The record of a state and those of its calculations. */
export function stateRecords(
  result: EnergyResult,
  { unit, candidate, program }: { unit: Unit; candidate: LinkedGeometry; program: string },
): Made {
  const { names, request } = unit;
  const states = namedStates(unit, result);
  const found = [...calculations(states, candidate)];
  const { geometry: where, ...input } = canonicalRequest(request);
  const { symbols } = where as JsonObject;
  const record = seal({
    kind: "state",
    content: {
      stateVersion: STATE_VERSION,
      program,
      input: { ...input, symbols: symbols as Json },
      names: [...names],
      koopmans_hartree: result.ions.map((ion) => ion.koopmans_hartree),
      build: result.build,
      backend: result.backend,
    },
    links: [candidate.link, ...found.map(([role, { hash }]) => ({ role, target: hash }))],
    parts: { coordinates_angstrom: float64Bytes(request.geometry.coordinates_angstrom) },
  });
  return {
    records: [...found.map(([, one]) => one), record],
    result: record,
    timings_ms: Object.assign({}, ...states.map(timesOf)),
  };
}

/** A state as its record has it. */
function readState(db: Database, id: number): EnergyResult {
  const stored = written(db, id);
  const { names, input, koopmans_hartree } = StateContent.parse(stored.content);
  const [own, ...ions] = names;
  const state = writtenState(stored, rolesOf(own));
  const found = ions.flatMap((name, k) => {
    const casci = writtenCalculation(stored, `${name}-casci`);
    const vqe = writtenCalculation(stored, `${name}-vqe`);
    return casci && vqe ? [{ kind: input.ions[k], casci, vqe, koopmans_hartree: koopmans_hartree[k] }] : [];
  });
  const times = found.flatMap(({ casci, vqe }) => [Number(casci.wallTime_ms), Number(vqe.wallTime_ms)]);
  const wallTime_ms = times.reduce((sum, time) => sum + time, Number(state?.wallTime_ms));
  return EnergyResult.parse({ ...state, ions: found, wallTime_ms });
}

/** A state that the notebook holds already; undefined where none of its key is there. */
function findByKey(db: Database, key: Sha256): EnergyResult | undefined {
  const id = findResult(db, fromHex(key));
  return id === undefined ? undefined : readState(db, id);
}

/** Whether the local sampler made shots that a device was asked for. */
export const hasStandIn = ({ vqe, ions }: EnergyResult): boolean =>
  [vqe, ...ions.map((ion) => ion.vqe)].some((one) =>
    one?.jobs?.some(({ fallback }) => fallback !== undefined),
  );

/** Members of a request that decide what is done in an active space alone. */
const isOfSpace = (name: string): boolean =>
  name in DEFAULT_VQE || ["activeSpace", "maxIterations", "ions"].includes(name);

/** What the MP2 of a closed shell would be asked that was computed beside its VQE; of other requests nothing. */
function besideVqe({ ions, ...input }: StateInput): JsonObject | undefined {
  // Where an electron is attached, the field says that it may lack functions for it.
  if (input.method !== "vqe" || input.multiplicity !== 1 || ions.includes("anion")) return undefined;
  const ofField = Object.entries(input).filter(([name]) => !isOfSpace(name));
  return { ...Object.fromEntries(ofField), method: "mp2" } as JsonObject;
}
type StateInput = StateContent["input"];

/** Field and MP2 alone of what was computed with a VQE on it, as they are asked for by themselves. */
const withoutSpace = (result: EnergyResult): EnergyResult => ({
  ...result,
  ...{ activeSpace: null, integralsHash: null, casci: null, vqe: null, ions: [] },
  backend: DEFAULT_VQE.backend,
  wallTime_ms: result.hartreeFock.wallTime_ms + (result.mp2?.wallTime_ms ?? 0),
});

/** MP2 of a closed shell that was computed with a VQE on the same field, of the same geometry record; undefined where there is none. */
function findBesideVqe(
  db: Database,
  request: EnergyRequest,
  { role, target }: LinkedGeometry["link"],
): EnergyResult | undefined {
  if (request.method !== "mp2" || request.multiplicity !== 1) return undefined;
  const { geometry, ...asked } = canonicalRequest(request);
  const wanted = canonicalJson({ ...asked, symbols: request.geometry.symbols });
  const isThere = ({ coordinates_angstrom: xyz }: EnergyRequest["geometry"], id: number): boolean =>
    float64Values(readPart(db, id, "coordinates_angstrom")).every((x, k) => Object.is(x, xyz[k]));
  const found = linkedTo(db, recordId(db, target), role).find(({ kind, id, content }) => {
    if (kind !== "state") return false;
    const { stateVersion, input } = StateContent.parse(content);
    const beside = stateVersion === STATE_VERSION ? besideVqe(input) : undefined;
    return beside && canonicalJson(beside) === wanted && isThere(request.geometry, id);
  });
  return found && withoutSpace(readState(db, found.id));
}

/**
 * What a state was found to be by whoever asked for it before, or for more in its field; undefined where nobody did.
 *
 * @param candidate as its records link to it
 */
export const findState = (
  db: Database,
  request: EnergyRequest,
  { link }: Pick<LinkedGeometry, "link">,
): EnergyResult | undefined => findByKey(db, stateKey(request)) ?? findBesideVqe(db, request, link);
