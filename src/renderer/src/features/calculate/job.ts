/** The calculation that the form asks for. */
import type { z } from "zod";
import { messageOf } from "#shared/errors.ts";
import { issueSentences } from "#shared/issues.ts";
import { readAtomNumbers } from "#shared/molecule/atom-numbers.ts";
import { type Isotope, readIsotopes } from "#shared/molecule/isotopes.ts";
import type { Geometry } from "#shared/molecule/molecule.ts";
import { readActiveSpace } from "#shared/quantum/active-space-text.ts";
import type { CalculationJob } from "#shared/quantum/calculation.ts";
import { readCouplingMap } from "#shared/quantum/coupling-map.ts";
import { EnergyRequest, type Method } from "#shared/quantum/energy-request.ts";
import { readConstraint } from "#shared/quantum/geometry-constraint.ts";
import { HamiltonianRequest } from "#shared/quantum/hamiltonian-energy.ts";
import { readNoise } from "#shared/quantum/noise.ts";
import { readPointCharges } from "#shared/quantum/point-charges.ts";
import { countedStates, isDiagnosed, iterationsOf, seeksMinimum } from "#shared/quantum/request-defaults.ts";
import { readSolvent } from "#shared/quantum/solvents.ts";
import { readSpinStates } from "#shared/quantum/spin-states.ts";
import { GasConditions } from "#shared/quantum/vibrations-result.ts";
import { DEFAULT_VQE, findVqeProblem, type SamplingSettings } from "#shared/quantum/vqe.ts";
import { ansatzOf, type CalculateDraft, choicesOf, type GivenFile } from "./draft.ts";
import type { GivenMolecule } from "./read-molecule.ts";

/** What each field is of, where it does not fit. */
export type Problems = ReadonlyMap<keyof CalculateDraft, string>;

/** Where what a schema says of a request is shown, by the first or last word of its path; what is not here, at the method. */
const FIELDS: Readonly<Record<string, keyof CalculateDraft>> = {
  ...{ charge: "charge", multiplicity: "multiplicity", seed: "seed" },
  ...{ states: "states", spinStates: "states", activeSpace: "activeSpace", solvent: "solvent" },
  ...{ layers: "layers", starts: "starts", maxIterations: "maxIterations" },
  ...{ shots: "shots", statedError_hartree: "statedError", sqdStrings: "sqd" },
  ...{ determinants: "determinants", memory_gib: "memory" },
  ...{ temperature_kelvin: "temperature", pressure_pascal: "pressure" },
};

class Reading {
  readonly problems = new Map<keyof CalculateDraft, string>();
  /** A request as its schema has it; undefined where something does not fit, each at its field and in a sentence. */
  request<Request>(schema: z.ZodType<Request>, input: unknown): Request | undefined {
    const { data, error } = schema.safeParse(input);
    for (const issue of error?.issues ?? []) {
      const field = FIELDS[String(issue.path[0])] ?? FIELDS[String(issue.path.at(-1))] ?? "method";
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
  /** What a file says; undefined where there is none. */
  ofFile<Value>(
    field: keyof CalculateDraft,
    file: GivenFile | null,
    read: (file: GivenFile) => Value,
  ): Value | undefined {
    if (file?.name === "") this.problems.set(field, "Choose a file.");
    return file && file.name !== "" ? this.of(field, () => read(file)) : undefined;
  }
  /** The same of a field that may be left empty. */
  ofText<Value>(field: keyof CalculateDraft, text: string, read: (text: string) => Value): Value | undefined {
    return text.trim() === "" ? undefined : this.of(field, () => read(text.trim()));
  }
}

function askedStates(
  draft: CalculateDraft,
  reading: Reading,
  { method, multiplicity }: { method: Method; multiplicity: number },
) {
  const has = choicesOf(draft);
  const text = has.states ? draft.states.trim() : "";
  const pt2 = has.pt2 && draft.pt2 ? "nevpt2" : undefined;
  if (text !== "" && !/^\d+$/.test(text)) {
    const spinStates = reading.of("states", () => readSpinStates(text));
    return spinStates ? { spinStates } : {};
  }
  return countedStates(text === "" ? undefined : Number(text), { method, multiplicity, pt2 });
}

/** How shots are taken, where any are. */
function samplingOf(draft: CalculateDraft, reading: Reading): SamplingSettings {
  const has = choicesOf(draft);
  const usual = DEFAULT_VQE.sampling;
  if (!has.shots) return usual;
  const noise = has.noise
    ? reading.ofText("noise", draft.noise, (text) => readNoise(text, "Noise"))
    : undefined;
  return {
    ...usual,
    shots: draft.shots,
    statedError_hartree:
      draft.shots === null ? (draft.statedError ?? usual.statedError_hartree) : usual.statedError_hartree,
    ...(noise && { noise }),
    mitigation: has.mitigation ? [...draft.mitigation] : [],
    sqdStrings: draft.sqd,
    ...(has.precision && draft.precision !== "double" && { precision: draft.precision }),
  };
}

/** What the VQE is asked, which stands in every request. */
function vqeOf(draft: CalculateDraft, reading: Reading) {
  const has = choicesOf(draft);
  const ansatz = has.ansatz ? ansatzOf(draft) : DEFAULT_VQE.ansatz;
  const backend = has.backend ? draft.backend : DEFAULT_VQE.backend;
  const sampling = samplingOf(draft, reading);
  const problem = findVqeProblem({ backend, sampling });
  if (problem)
    reading.problems.set(problem.path === "sampling.mitigation" ? "mitigation" : "backend", problem.message);
  return {
    ansatz,
    layers: (has.layers ? draft.layers : null) ?? DEFAULT_VQE.layers,
    starts: (has.starts ? draft.starts : null) ?? DEFAULT_VQE.starts,
    backend,
    sampling,
    maxIterations: (has.ansatz ? draft.maxIterations : null) ?? iterationsOf(ansatz),
    seed: draft.seed,
  };
}

const selectionOf = ({ determinants, memory }: CalculateDraft) => ({
  ...(determinants !== null && { determinants }),
  ...(memory !== null && { memory_gib: memory }),
});

function basisOf({ method, basis, basisFile, functions }: CalculateDraft, reading: Reading) {
  if (method === "hf-3c") return { basis: "minix" };
  const own = reading.ofFile("basisFile", basisFile, ({ name, text }) => ({
    basis: name,
    ownBasis: { text, functions: functions ?? "pure" },
  }));
  return own ?? { basis, ...(functions && { functions }) };
}

/** The field, and what is added to its energy. */
function fieldOf(draft: CalculateDraft, reading: Reading) {
  const has = choicesOf(draft);
  const { grid, solventModel } = draft;
  const { solvent: text } = draft;
  const solvent = text === null ? undefined : reading.of("solvent", () => readSolvent(text));
  return {
    ...(has.frozenCore &&
      draft.frozenCore &&
      !(draft.method === "sci" && draft.activeSpace.trim() !== "") && { frozenCore: true }),
    ...(has.densityFit && draft.densityFit && { densityFit: true }),
    ...(has.grid && grid !== "fine" && { grid }),
    ...(draft.method === "hf-3c" && { dispersion: "hf-3c" as const }),
    ...(has.dispersion && draft.dispersion && { dispersion: "d3bj" as const }),
    ...(solvent && { solvent: solventModel === "c-pcm" ? solvent : { ...solvent, model: solventModel } }),
  };
}

/** What an optimisation holds. */
function heldOf(draft: CalculateDraft, reading: Reading) {
  const frozen = reading.ofText("freeze", draft.freeze, (text) => readAtomNumbers(text, "Atoms"));
  const constraints = reading.ofText("constraints", draft.constraints, (text) =>
    text.split(";").map((one) => readConstraint(one, "Held")),
  );
  return { frozen: frozen ?? [], ...(constraints && { constraints }) };
}

function conditionsOf(
  draft: CalculateDraft,
  reading: Reading,
  { geometry, isotopes = [] }: Pick<PlacedFrame, "geometry" | "isotopes">,
) {
  const { temperature, pressure, quasiHarmonic } = draft;
  const chosen = reading.ofText("isotopes", draft.isotopes, (text) => readIsotopes(text, geometry)) ?? [];
  const others = isotopes.filter((one) => !chosen.some(({ atom }) => atom === one.atom));
  const all = [...others, ...chosen].sort((a, b) => a.atom - b.atom);
  return {
    ...GasConditions.parse({}),
    ...(temperature !== null && { temperature_kelvin: temperature }),
    ...(pressure !== null && { pressure_pascal: pressure }),
    ...(quasiHarmonic && { quasiHarmonic }),
    ...(all.length > 0 && { isotopes: all }),
  };
}

/** How the atoms move. */
const motionOf = (draft: CalculateDraft, reading: Reading, frame: PlacedFrame) => ({
  ...(draft.optimise && { optimise: heldOf(draft, reading) }),
  ...(choicesOf(draft).vibrations && draft.vibrations && { vibrations: conditionsOf(draft, reading, frame) }),
});

/** Circuits, qubits, and files for other programs. */
function extrasOf(draft: CalculateDraft, reading: Reading) {
  const has = choicesOf(draft);
  const { device, mapping, gateSet, inputFile } = draft;
  const named = typeof device === "string" ? device : undefined;
  const couplings =
    has.device && typeof device !== "string"
      ? reading.ofFile("device", device, ({ name, text }) =>
          readCouplingMap(text, { file: name, what: "Couplings" }),
        )
      : undefined;
  const asked = named ?? couplings;
  return {
    ...(has.mapping && mapping && { mapping }),
    ...(has.device && asked && { device: asked }),
    ...(has.device && gateSet && { gateSet }),
    ...(has.files && draft.molden && { molden: true }),
    ...(has.files && inputFile && { inputFile }),
    ...(has.files && has.device && draft.qasm && { openQasm: true }),
    ...(has.fcidump && draft.fcidump && { fcidump: true }),
  };
}

type Electrons = Pick<EnergyRequest, "charge" | "multiplicity">;
interface PlacedFrame extends Electrons {
  geometry: Geometry;
  ghosts: readonly number[];
  isotopes?: readonly Isotope[];
}

/** The request of one geometry. */
function requestOf(draft: CalculateDraft, reading: Reading, frame: PlacedFrame) {
  const { geometry, ghosts, isotopes: _, ...electrons } = frame;
  const has = choicesOf(draft);
  const open = electrons.multiplicity > 1;
  const method = draft.method === "hf-3c" ? (open ? "uhf" : "rhf") : draft.method;
  const more = reading.ofText("ghosts", draft.ghosts, (text) => readAtomNumbers(text, "Ghosts")) ?? [];
  const charges = reading.ofFile("pointCharges", draft.pointCharges, ({ name, text }) =>
    readPointCharges(text, name),
  );
  const space = has.activeSpace && reading.ofText("activeSpace", draft.activeSpace, readActiveSpace);
  return {
    geometry,
    method,
    ...vqeOf(draft, reading),
    ...basisOf(draft, reading),
    ...electrons,
    ...askedStates(draft, reading, { method, multiplicity: electrons.multiplicity }),
    ghosts: [...new Set([...ghosts, ...more])].sort((a, b) => a - b),
    ...(charges && { pointCharges: charges }),
    activeSpace: space || null,
    ...(has.pt2 && draft.pt2 && { pt2: "nevpt2" as const }),
    ...(has.solver && draft.solver === "vqe" && { solver: "vqe" as const }),
    ...(seeksMinimum(method, has.solver && draft.solver === "vqe" ? "vqe" : undefined) && {
      seeksMinimum: true,
    }),
    ...(((has.diagnose && draft.diagnose) || (isDiagnosed(method) && !draft.curve)) && { diagnose: true }),
    ...(has.selection && { selection: selectionOf(draft) }),
    ...(has.ions && draft.ions.length > 0 && { ions: [...draft.ions] }),
    ...fieldOf(draft, reading),
    ...motionOf(draft, reading, frame),
    ...extrasOf(draft, reading),
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

/** The frame that is calculated where not all are. */
export const chosenFrame = <Frame>({ frame }: CalculateDraft, frames: readonly Frame[]): Frame | undefined =>
  frames[frame - 1];

/** The job of a draft with the molecule that it means; null where something does not fit. */
export function jobOf(draft: CalculateDraft, { frames, ...said }: Placed): Checked {
  const reading = new Reading();
  const { problems } = reading;
  const one = chosenFrame(draft, frames);
  if (frames.length > 0 && !one)
    problems.set("frame", `Expected a frame from 1 to ${frames.length}, got ${draft.frame}.`);
  const asked = (draft.curve ? frames : one ? [one] : []).map((frame) =>
    reading.request(EnergyRequest, requestOf(draft, reading, frame)),
  );
  const requests = asked.filter((request) => request !== undefined);
  const [request] = requests;
  if (problems.size > 0 || requests.length < asked.length || !request) return { job: null, problems };
  const job: CalculationJob =
    draft.curve && requests.length > 1
      ? { kind: "curve", ...said, requests }
      : { kind: "energy", ...said, request };
  return { job, problems };
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
    ...vqeOf(draft, reading),
    ...(multiplicity !== null && { multiplicity }),
    ...(count !== undefined && { states: count }),
    ...(method === "sci" && { selection: selectionOf(draft) }),
  });
  const job =
    request && reading.problems.size === 0 ? { kind: "hamiltonian" as const, ...said, request } : null;
  return { job, problems: reading.problems };
}
