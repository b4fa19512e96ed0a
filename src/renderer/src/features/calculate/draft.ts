/** The form of the calculate page as a person fills it in, and the calculation that it asks for. */
import type { z } from "zod";
import { messageOf } from "#shared/errors.ts";
import { issueSentences } from "#shared/issues.ts";
import type { Isotope } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import type { BasisFunctions } from "#shared/quantum/basis-functions.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import { hasD3bj } from "#shared/quantum/dispersion.ts";
import {
  EnergyRequest,
  type IonKind,
  isCoupledCluster,
  type Method,
  usesActiveSpace,
} from "#shared/quantum/energy-request.ts";
import { type GridLevel, isFunctional } from "#shared/quantum/functionals.ts";
import { HamiltonianMethod, HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";
import { countedStates, isDiagnosed, iterationsOf, KEEPS_SPIN } from "#shared/quantum/request-defaults.ts";
import { readSolvent, type SolventModel } from "#shared/quantum/solvents.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import { readSpinStates } from "#shared/quantum/spin-states.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { type Ansatz, DEFAULT_VQE } from "#shared/quantum/vqe.ts";
import { type GivenMolecule, readGiven } from "./read-molecule.ts";

export interface CalculateDraft {
  /** As it was typed, pasted or read from a file. */
  text: string;
  fileName: string | null;
  method: Method;
  basis: string;
  functions: BasisFunctions | null;
  /** null: as the molecule says it. */
  charge: number | null;
  multiplicity: number | null;
  /** Empty: the largest of (4e,4o) and smaller that fits. */
  activeSpace: string;
  /** "3", or "singlet:2,triplet:1"; empty: the lowest. */
  states: string;
  pt2: boolean;
  solver: "ci" | "vqe";
  frozenCore: boolean;
  densityFit: boolean;
  grid: GridLevel;
  dispersion: boolean;
  /** A name or a permittivity; empty: the gas phase. */
  solvent: string;
  solventModel: SolventModel;
  /** null: the usual one. */
  ansatz: Ansatz | null;
  ions: readonly IonKind[];
  optimise: boolean;
  vibrations: boolean;
  /** Every frame of a file rather than its first. */
  curve: boolean;
  seed: number;
}

export const NEW_DRAFT: CalculateDraft = {
  text: "",
  fileName: null,
  method: "b3lyp",
  basis: "def2-svp",
  functions: null,
  charge: null,
  multiplicity: null,
  activeSpace: "",
  states: "",
  pt2: false,
  solver: "ci",
  frozenCore: true,
  densityFit: false,
  grid: "fine",
  dispersion: true,
  solvent: "",
  solventModel: "c-pcm",
  ansatz: null,
  ions: [],
  optimise: false,
  vibrations: false,
  curve: false,
  seed: 1,
};

/** Which choices a method has; the others play no part in what is asked. */
export interface Choices {
  activeSpace: boolean;
  states: boolean;
  pt2: boolean;
  solver: boolean;
  frozenCore: boolean;
  densityFit: boolean;
  grid: boolean;
  dispersion: boolean;
  ansatz: boolean;
  ions: boolean;
}

export function choicesOf({ method, solver, states, pt2 }: CalculateDraft): Choices {
  const isPlainSpace = (method === "casci" || method === "vqe") && states.trim() === "" && !pt2;
  return {
    activeSpace: usesActiveSpace(method) || method === "sci",
    states: usesActiveSpace(method) || method === "sci" || method === "fci",
    pt2: usesActiveSpace(method),
    solver: method === "casscf",
    frozenCore: isMp2(method) || isCoupledCluster(method) || method === "fci" || method === "sci",
    densityFit: !isFunctional(method) && !isCoupledCluster(method),
    grid: isFunctional(method),
    dispersion: hasD3bj(method),
    ansatz: method === "vqe" || (method === "casscf" && solver === "vqe"),
    ions: isPlainSpace,
  };
}

/** What each field is of, where it does not fit. */
export type Problems = ReadonlyMap<keyof CalculateDraft, string>;

/** Where what a schema says of a request is shown; what is not here, at the method. */
const FIELDS: Readonly<Record<string, keyof CalculateDraft>> = {
  ...{ charge: "charge", multiplicity: "multiplicity", seed: "seed" },
  ...{ states: "states", spinStates: "states", activeSpace: "activeSpace", solvent: "solvent" },
};

class Reading {
  readonly problems = new Map<keyof CalculateDraft, string>();
  /** A request as its schema has it; undefined where something does not fit, each at its field and in a sentence. */
  request<Request>(schema: z.ZodType<Request>, input: unknown): Request | undefined {
    const { data, error } = schema.safeParse(input);
    for (const issue of error?.issues ?? []) {
      const field = FIELDS[String(issue.path[0])] ?? "method";
      const [said] = issueSentences({ issues: [issue] }, input);
      if (said !== undefined && !this.problems.has(field)) this.problems.set(field, said);
    }
    return data;
  }
  /** What a field's text says; undefined where it says nothing that can be read. */
  of<Value>(field: keyof CalculateDraft, read: () => Value): Value | undefined {
    try {
      return read();
    } catch (error) {
      this.problems.set(field, messageOf(error));
      return undefined;
    }
  }
}

function askedStates(draft: CalculateDraft, reading: Reading, multiplicity: number) {
  const { method, states } = draft;
  const text = choicesOf(draft).states ? states.trim() : "";
  const pt2 = choicesOf(draft).pt2 && draft.pt2 ? "nevpt2" : undefined;
  if (text !== "" && !/^\d+$/.test(text)) {
    const spinStates = reading.of("states", () => readSpinStates(text));
    return spinStates ? { spinStates } : {};
  }
  return countedStates(text === "" ? undefined : Number(text), { method, multiplicity, pt2 });
}

type Electrons = Pick<EnergyRequest, "charge" | "multiplicity">;

/** What the VQE is asked, which stands in every request. */
const vqeOf = ({ ansatz, seed }: CalculateDraft, isBySpin: boolean) => {
  const chosen = ansatz ?? (isBySpin ? KEEPS_SPIN : DEFAULT_VQE.ansatz);
  const { layers, starts, backend, sampling } = DEFAULT_VQE;
  return { ansatz: chosen, layers, starts, backend, sampling, maxIterations: iterationsOf(chosen), seed };
};

interface PlacedFrame extends Electrons {
  geometry: Geometry;
  ghosts: readonly number[];
  isotopes?: readonly Isotope[];
}

/** The request of one geometry. */
function requestOf(
  draft: CalculateDraft,
  reading: Reading,
  { geometry, ghosts, isotopes, ...electrons }: PlacedFrame,
) {
  const has = choicesOf(draft);
  const { method, solvent } = draft;
  const states = askedStates(draft, reading, electrons.multiplicity);
  const solver = has.solver && draft.solver === "vqe" ? ("vqe" as const) : undefined;
  const isBySpin = (method === "vqe" && "spinStates" in states) || solver === "vqe";
  const chosen = has.ansatz ? draft : { ...draft, ansatz: null };
  const space = has.activeSpace && draft.activeSpace.trim() !== "" ? draft.activeSpace : undefined;
  const inSolvent = solvent.trim() === "" ? undefined : reading.of("solvent", () => readSolvent(solvent));
  return {
    geometry,
    method,
    ...vqeOf(chosen, isBySpin),
    basis: draft.basis,
    ...(draft.functions && { functions: draft.functions }),
    ...electrons,
    ...states,
    ghosts: [...ghosts],
    activeSpace: (space !== undefined && reading.of("activeSpace", () => readActiveSpace(space))) || null,
    ...(has.pt2 && draft.pt2 && { pt2: "nevpt2" as const }),
    ...(solver && { solver }),
    ...(isDiagnosed(method) && !draft.curve && { diagnose: true }),
    ...(has.frozenCore &&
      draft.frozenCore &&
      !(method === "sci" && space !== undefined) && { frozenCore: true }),
    ...(method === "sci" && { selection: {} }),
    ...(has.ions && draft.ions.length > 0 && { ions: [...draft.ions] }),
    ...(has.densityFit && draft.densityFit && { densityFit: true }),
    ...(has.grid && draft.grid !== "fine" && { grid: draft.grid }),
    ...(has.dispersion && draft.dispersion && { dispersion: "d3bj" as const }),
    ...(inSolvent && {
      solvent: draft.solventModel === "c-pcm" ? inSolvent : { ...inSolvent, model: draft.solventModel },
    }),
    ...(draft.optimise && { optimise: { frozen: [] } }),
    ...(draft.vibrations &&
      !draft.curve && { vibrations: GasConditions.parse(isotopes ? { isotopes } : {}) }),
  };
}

/** A molecule whose atoms are known. */
export interface Placed extends Said {
  frames: readonly PlacedFrame[];
}

/** What a job says of itself. */
type Said = Pick<CalculationJob, "name" | "origin" | "command">;

export interface Checked {
  job: CalculationJob | null;
  problems: Problems;
}

/** The job of a draft with the molecule that it means; null where something does not fit. */
export function jobOf(draft: CalculateDraft, { frames, ...said }: Placed): Checked {
  const reading = new Reading();
  const [first] = frames;
  if (!first) return { job: null, problems: reading.problems };
  const asked = (draft.curve ? frames : [first]).map((frame) =>
    reading.request(EnergyRequest, requestOf(draft, reading, frame)),
  );
  const requests = asked.filter((request) => request !== undefined);
  const [request] = requests;
  if (reading.problems.size > 0 || requests.length < asked.length || !request)
    return { job: null, problems: reading.problems };
  const job: CalculationJob =
    draft.curve && requests.length > 1
      ? { kind: "curve", ...said, requests }
      : { kind: "energy", ...said, request };
  return { job, problems: reading.problems };
}

const isHamiltonianMethod = (method: Method): method is HamiltonianMethod =>
  HamiltonianMethod.safeParse(method).success;

/** The draft after a change; what another molecule cannot have is not asked of it. */
export function changed(draft: CalculateDraft, change: Partial<CalculateDraft>): CalculateDraft {
  const next = { ...draft, ...change };
  if (next.text === draft.text && next.fileName === draft.fileName) return next;
  const given = readGiven(next.text, next.fileName);
  // A Hamiltonian knows no functional.
  const method = given.kind === "hamiltonian" && !isHamiltonianMethod(next.method) ? "fci" : next.method;
  return { ...next, method, curve: next.curve && given.kind === "frames" && given.frames.length > 1 };
}

/** The job of another program's Hamiltonian. */
export function hamiltonianJobOf(
  draft: CalculateDraft,
  { fcidump }: Extract<GivenMolecule, { kind: "hamiltonian" }>,
  said: Said,
): Checked {
  const reading = new Reading();
  const { method, states, multiplicity } = draft;
  const count = states.trim() === "" ? undefined : Number(states);
  if (count !== undefined && !Number.isInteger(count))
    reading.problems.set("states", "Of a Hamiltonian: expected a number of states.");
  const request = reading.request(HamiltonianRequest, {
    fcidump,
    method,
    ...vqeOf(draft, false),
    ...(multiplicity !== null && { multiplicity }),
    ...(count !== undefined && { states: count }),
    ...(method === "sci" && { selection: {} }),
  });
  const job =
    request && reading.problems.size === 0 ? { kind: "hamiltonian" as const, ...said, request } : null;
  return { job, problems: reading.problems };
}
