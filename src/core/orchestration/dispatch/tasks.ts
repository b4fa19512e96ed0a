/** Everything that a dispatcher can be asked to do. */
import type { FilterVerdict } from "#core/chemistry/filters/filter.ts";
import type { EmbedFailure } from "#core/chemistry/shape/conformer.ts";
import type { Fingerprints } from "#core/chemistry/similarity/fingerprint.ts";
import type { TautomersFound } from "#core/chemistry/sites/tautomer-smiles.ts";
import type { InvalidMolecule } from "#core/chemistry/toolkit/notation.ts";
import type { NamedFile } from "#core/generation/molecules/library/read-library.ts";
import type { CircuitToFit } from "#core/quantum/backends/fit-circuit.ts";
import type { Iterations } from "#core/quantum/control-block.ts";
import type { CurveFrame } from "#core/quantum/evaluate/curve.ts";
import type { KeptOrbitals, SurfaceInput } from "#core/quantum/evaluate/surface.ts";
import type { NativeCircuit } from "#core/quantum/transpile/native-gates.ts";
import type { AcquisitionSettings, FilterSettings, RankingDirection } from "#shared/campaign/campaign.ts";
import type { Proposal } from "#shared/campaign/candidate.ts";
import type { LibraryFile, LibraryReading, LibraryRow } from "#shared/campaign/library.ts";
import type { ReadingReport } from "#shared/model/training.ts";
import type { ComputedField } from "#shared/molecule/cube.ts";
import type { Conformer } from "#shared/molecule/molecule.ts";
import type { Verification } from "#shared/notebook/verification.ts";
import type { EnergyCurve } from "#shared/quantum/energy-curve.ts";
import type { EnergyRequest, GridRequest } from "#shared/quantum/energy-request.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import type { HamiltonianRequest, HamiltonianResult } from "#shared/quantum/hamiltonian-energy.ts";
import type { FieldSurface, PotentialSurface } from "#shared/quantum/orbitals.ts";
import type { WayPoint } from "#shared/quantum/way.ts";

export interface FilterInput {
  molecules: readonly Pick<Proposal, "smiles" | "given">[];
  settings: FilterSettings;
  /** Keys of the molecules that the campaign accepted before: they would be duplicates. */
  known: string[];
  withFingerprints?: boolean;
  /** Whether atom maps that mark no bond tell a molecule from others; absent: they say nothing. */
  takesMarks?: boolean;
}

export interface AcquireInput {
  strategy: Exclude<AcquisitionSettings["strategy"], "none">;
  direction: RankingDirection;
  /** How many to pick. */
  count: number;
  seed: number;
  round: number;
  /** In order of proposal. */
  candidates: readonly (Learnable & { index: number })[];
  observations: readonly (Learnable & { value: number })[];
}

/** A molecule as the surrogate sees it. */
export interface Learnable {
  smiles: string;
  /** The same for molecules whose numbers tell of one another: in one charge and spin. */
  kind: string;
}

/** A molecule chosen, and what the surrogate expected of it; null before there was one. */
export interface Chosen {
  index: number;
  mean: number | null;
  standardDeviation: number | null;
}

export interface EmbedInput {
  smiles: string;
  seed: number;
  /** In which a geometry without a force field is relaxed; absent: the lowest. */
  multiplicity?: number;
  /** Of which that multiplicity is; where the SMILES states another, its own is relaxed in the lowest. Absent: the SMILES's. */
  charge?: number;
  /** Coordinates that are taken as they are; absent: a geometry is made. */
  molblock?: string;
  /** The SMILES as it was proposed, where it marks a bond. */
  marked?: string;
  /** Reaction SMARTS: what is embedded is its product of the SMILES. */
  reaction?: string;
}

/** What a SMILES states of its electrons. */
export interface StatedElectrons {
  formalCharge: number;
  unpairedElectrons: number;
}

export type EmbedOutput =
  | ({
      outcome: "embedded";
      conformer: Conformer;
      /** Atoms, as written, whose stereo marks were dropped. */
      droppedMarks: string[];
      /** Numbers from 0 of the atoms of the bond that was marked. */
      bond?: [number, number];
    } & StatedElectrons)
  | {
      outcome: "failed";
      reason: EmbedFailure | "not-relaxed" | "no-marked-bond" | "no-reaction" | "no-product";
      detail: string;
    };

export interface ConformersInput {
  /** With the stereo that is to be kept. */
  smiles: string;
  seed: number;
  /** At most. */
  count: number;
  /** The SMILES as it was proposed, where it marks a bond. */
  marked?: string;
}

/** One of several shapes of a molecule. */
export interface Shape {
  conformer: Conformer;
  /** Two where its mirror image is another shape of the same molecule. */
  images: 1 | 2;
  /** As of EmbedOutput. */
  bond?: [number, number];
}

/** Fingerprints of 256 bytes, one after the other. */
export interface MapInput {
  sample: Uint8Array;
  /** Of the sample, x and y in turn; null where it is to be laid out. */
  places: Float32Array | null;
  seed: number;
  others: Uint8Array;
}

export interface MapOutput {
  places: Float32Array;
  /** NaN of those that have nothing in common with the sample. */
  others: Float32Array;
  /** Share of neighbours that the map keeps; null where that cannot be told. */
  kept: { fitted: number | null; placed: number | null };
}

interface Task<Input, Output, Progress = never, Found = never> {
  input: Input;
  output: Output;
  /** What is told while it runs; never where nothing is. */
  progress: Progress;
  /** Parts of the output that are told as soon as they are there. */
  found: Found;
}

/** Each task by name: what it is given, what it answers, what it tells on the way. All of it survives structured cloning. */
export interface Tasks {
  filter: Task<FilterInput, FilterVerdict[]>;
  acquire: Task<AcquireInput, Chosen[]>;
  embed: Task<EmbedInput, EmbedOutput, Iterations>;
  /** Lowest first. */
  conformers: Task<ConformersInput, Shape[]>;
  /** One state of a candidate. */
  evaluate: Task<EnergyRequest, EnergyResult, Iterations>;
  /** One molecule outside a campaign: it has all threads. So have its curve and its grid. */
  energy: Task<EnergyRequest, EnergyResult, Iterations>;
  energyCurve: Task<readonly EnergyRequest[], EnergyCurve, Iterations, CurveFrame>;
  /** The same as energy, with its orbitals and with how the atoms move in each vibration. */
  calculate: Task<
    EnergyRequest,
    { result: EnergyResult; orbitals: readonly KeptOrbitals[] | null; modes: Float64Array | null },
    Iterations,
    WayPoint
  >;
  /** What a viewer draws of orbitals that were kept. */
  surface: Task<SurfaceInput, FieldSurface, Iterations>;
  /** A surface of the density of orbitals that were kept, with the electrostatic potential on it. */
  potentialSurface: Task<Omit<SurfaceInput, "field">, PotentialSurface, Iterations>;
  /** A Hamiltonian of another program. */
  hamiltonian: Task<HamiltonianRequest, HamiltonianResult, Iterations>;
  /** An orbital or a density of one molecule, for a viewer. */
  grid: Task<GridRequest, ComputedField, Iterations>;
  /** A circuit in the gates of a device, on qubits that it couples. */
  fitCircuit: Task<CircuitToFit, NativeCircuit>;
  fingerprints: Task<{ smiles: string[] }, (Fingerprints | InvalidMolecule)[]>;
  /** Molecules by their fingerprints in a plane. */
  chemicalMap: Task<MapInput, MapOutput>;
  /** A person's molecules to screen. */
  readLibrary: Task<
    { files: readonly NamedFile[]; reading: LibraryReading },
    { files: LibraryFile[]; rows: LibraryRow[] },
    Iterations
  >;
  /** Tautomers of each molecule, no more than `most` of one. */
  tautomers: Task<{ smiles: readonly string[]; most: number }, TautomersFound[], Iterations>;
  /** A person's file to train on. */
  readMolecules: Task<{ file: Uint8Array; name: string }, { smiles: string[]; report: ReadingReport }>;
  /** What is wrong with a notebook's file; empty where nothing is. */
  integrity: Task<{ path: string }, string[]>;
  verify: Task<{ path: string }, Verification>;
  verifyArchive: Task<{ archive: Uint8Array }, Verification>;
}

export type TaskName = keyof Tasks;
export type TaskInput<Name extends TaskName> = Tasks[Name]["input"];
export type TaskOutput<Name extends TaskName> = Tasks[Name]["output"];
export type TaskProgress<Name extends TaskName> = Tasks[Name]["progress"];
export type TaskFound<Name extends TaskName> = Tasks[Name]["found"];
