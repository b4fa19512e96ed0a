/** The form of the calculate page as a person fills it in, and which of its choices play a part. */
import { isEstimator, type LocalBackendName, takesSetting } from "#shared/quantum/backend-names.ts";
import type { BasisFunctions } from "#shared/quantum/basis-functions.ts";
import { hasD3bj } from "#shared/quantum/dispersion.ts";
import {
  type InputProgram,
  type IonKind,
  isCoupledCluster,
  type Method,
  usesActiveSpace,
} from "#shared/quantum/energy-request.ts";
import { type GridLevel, isFunctional } from "#shared/quantum/functionals.ts";
import { HamiltonianMethod } from "#shared/quantum/hamiltonian-energy.ts";
import type { Precision } from "#shared/quantum/noise.ts";
import type { GateSet, Mapping, NamedDevice } from "#shared/quantum/qubits.ts";
import { isDiagnosed, KEEPS_SPIN } from "#shared/quantum/request-defaults.ts";
import type { SolventModel } from "#shared/quantum/solvents.ts";
import { isMp2 } from "#shared/quantum/spin-scaling.ts";
import { type Ansatz, DEFAULT_VQE, isLayered, type Mitigation } from "#shared/quantum/vqe.ts";
import { readGiven } from "./read-molecule.ts";

/** hf-3c: a field, a basis set and what is added to it, by one name. */
export type FormMethod = Method | "hf-3c";

/** A file that was chosen: the command names it, the calculation has its text. */
export interface GivenFile {
  /** Empty: it is yet to be chosen. */
  readonly name: string;
  readonly text: string;
}

export const NO_FILE_YET: GivenFile = { name: "", text: "" };

export interface CalculateDraft {
  /** As it was typed, pasted or read from a file. */
  text: string;
  fileName: string | null;
  /** From 1, of a file of several frames that are no curve. */
  frame: number;
  method: FormMethod;
  basis: string;
  /** In place of `basis`. */
  basisFile: GivenFile | null;
  functions: BasisFunctions | null;
  /** null: as the molecule says it. */
  charge: number | null;
  multiplicity: number | null;
  /** Atoms, beside those that the file says: "3,4". */
  ghosts: string;
  pointCharges: GivenFile | null;
  /** Empty: the largest of (4e,4o) and smaller that fits. */
  activeSpace: string;
  /** "3", or "singlet:2,triplet:1"; empty: the lowest. */
  states: string;
  pt2: boolean;
  solver: "ci" | "vqe";
  /** Whether one determinant will do, where that is not said anyway. */
  diagnose: boolean;
  frozenCore: boolean;
  densityFit: boolean;
  grid: GridLevel;
  dispersion: boolean;
  /** A name or a permittivity; null: the gas phase. */
  solvent: string | null;
  solventModel: SolventModel;
  /** Of selected CI; null: as much as memory holds. */
  determinants: number | null;
  memory: number | null;
  /** Of VQE; null: the usual. */
  ansatz: Ansatz | null;
  layers: number | null;
  starts: number | null;
  maxIterations: number | null;
  backend: LocalBackendName;
  /** In place of a stated error. */
  shots: number | null;
  statedError: number | null;
  /** "depolarizing2=1e-3,readout01=0.02"; empty: none. */
  noise: string;
  mitigation: readonly Mitigation[];
  precision: Precision;
  sqd: number | null;
  mapping: Mapping | null;
  device: NamedDevice | GivenFile | null;
  gateSet: GateSet | null;
  ions: readonly IonKind[];
  optimise: boolean;
  /** Atoms that stay: "1,2". */
  freeze: string;
  /** What stays while the atoms move: "distance 1 2 1.5; angle 1 2 3". */
  constraints: string;
  vibrations: boolean;
  temperature: number | null;
  pressure: number | null;
  quasiHarmonic: boolean;
  /** Of atoms, beside those that the file says: "2=2H,1=13C". */
  isotopes: string;
  /** Every frame of a file rather than one. */
  curve: boolean;
  /** Files for other programs, made with the result. */
  molden: boolean;
  fcidump: boolean;
  qasm: boolean;
  inputFile: InputProgram | null;
  seed: number;
}

export const NEW_DRAFT: CalculateDraft = {
  text: "",
  fileName: null,
  frame: 1,
  method: "b3lyp",
  basis: "def2-svp",
  basisFile: null,
  functions: null,
  charge: null,
  multiplicity: null,
  ghosts: "",
  pointCharges: null,
  activeSpace: "",
  states: "",
  pt2: false,
  solver: "ci",
  diagnose: false,
  frozenCore: true,
  densityFit: false,
  grid: "fine",
  dispersion: true,
  solvent: null,
  solventModel: "c-pcm",
  determinants: null,
  memory: null,
  ansatz: null,
  layers: null,
  starts: null,
  maxIterations: null,
  backend: "exact",
  shots: null,
  statedError: null,
  noise: "",
  mitigation: [],
  precision: "double",
  sqd: null,
  mapping: null,
  device: null,
  gateSet: null,
  ions: [],
  optimise: false,
  freeze: "",
  constraints: "",
  vibrations: false,
  temperature: null,
  pressure: null,
  quasiHarmonic: false,
  isotopes: "",
  curve: false,
  molden: false,
  fcidump: false,
  qasm: false,
  inputFile: null,
  seed: 1,
};

/** Which choices there are for what was chosen; the others play no part in what is asked. */
export type Choices = Readonly<
  Record<
    | "basis"
    | "activeSpace"
    | "states"
    | "pt2"
    | "solver"
    | "diagnose"
    | "frozenCore"
    | "densityFit"
    | "grid"
    | "dispersion"
    | "selection"
    | "ansatz"
    | "layers"
    | "starts"
    | "backend"
    | "shots"
    | "noise"
    | "precision"
    | "mitigation"
    | "mapping"
    | "device"
    | "ions"
    | "vibrations"
    | "files"
    | "fcidump",
    boolean
  >
>;

/** Whether states are asked for by their spin, which not every ansatz keeps. */
export const isVqeBySpin = ({ method, states, pt2, solver }: CalculateDraft): boolean =>
  (method === "vqe" && (pt2 || !/^\s*\d*\s*$/.test(states))) || (method === "casscf" && solver === "vqe");

/** The ansatz of what was chosen. */
export const ansatzOf = (draft: CalculateDraft): Ansatz =>
  draft.ansatz ?? (isVqeBySpin(draft) ? KEEPS_SPIN : DEFAULT_VQE.ansatz);

export function choicesOf(draft: CalculateDraft): Choices {
  const { solver, states, pt2, backend, noise, curve } = draft;
  const isHf3c = draft.method === "hf-3c";
  const method = draft.method === "hf-3c" ? "rhf" : draft.method;
  const isVqe = method === "vqe";
  const hasAnsatz = isVqe || (method === "casscf" && solver === "vqe");
  const hasSpace = method === "casci" || isVqe;
  const measures = isVqe && isEstimator(backend);
  const takesNoise = takesSetting(backend, "noise");
  return {
    basis: !isHf3c,
    activeSpace: usesActiveSpace(method) || method === "sci",
    states: usesActiveSpace(method) || method === "sci" || method === "fci",
    pt2: usesActiveSpace(method),
    solver: method === "casscf",
    diagnose: !isDiagnosed(method),
    frozenCore: isMp2(method) || isCoupledCluster(method) || method === "fci" || method === "sci",
    densityFit: !isFunctional(method) && !isCoupledCluster(method),
    grid: isFunctional(method),
    dispersion: hasD3bj(method) && !isHf3c,
    selection: method === "sci",
    ansatz: hasAnsatz,
    layers: hasAnsatz && isLayered(ansatzOf(draft)),
    starts: hasAnsatz && (isLayered(ansatzOf(draft)) || Number(states) > 1),
    backend: isVqe,
    shots: measures,
    noise: measures && takesNoise,
    precision: measures && takesSetting(backend, "precision"),
    mitigation: measures && (noise.trim() !== "" || !takesNoise),
    mapping: hasSpace,
    device: isVqe,
    ions: hasSpace && states.trim() === "" && !pt2,
    vibrations: !curve,
    files: !curve,
    fcidump: !curve && (hasSpace || method === "fci" || method === "sci"),
  };
}

const isHamiltonianMethod = (method: FormMethod): method is HamiltonianMethod =>
  HamiltonianMethod.safeParse(method).success;

/** The draft after a change; what another molecule cannot have is not asked of it. */
export function changed(draft: CalculateDraft, change: Partial<CalculateDraft>): CalculateDraft {
  const next = { ...draft, ...change };
  if (next.text === draft.text && next.fileName === draft.fileName) return next;
  const given = readGiven(next.text, next.fileName);
  // A Hamiltonian knows no functional.
  const method = given.kind === "hamiltonian" && !isHamiltonianMethod(next.method) ? "fci" : next.method;
  const frames = given.kind === "frames" ? given.frames.length : 1;
  return { ...next, method, frame: Math.min(next.frame, frames), curve: next.curve && frames > 1 };
}
