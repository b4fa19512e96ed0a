/** What a comparison with other programs asks of each, and what each answers: plain objects that go to processes as JSON. */
import type { ActiveSpaceSize } from "#shared/quantum/active-space.ts";
import type { FunctionalName } from "#shared/quantum/functionals.ts";

interface Molecule {
  name: string;
  symbols: string[];
  coordinates_angstrom: number[];
  basis: string;
}

/** A space of the orbitals that look like `targets` (AVAS), or else of those nearest to the highest occupied one. */
export type SpaceTask = Molecule & { space: ActiveSpaceSize; targets?: string[] };

/** An integral transformation as an iteration makes it, CASSCF of the lowest singlet, and NEVPT2 on it. */
export type CasscfTask = SpaceTask & { kind: "casscf" };
/** Full CI of the lowest state of each spin in one set of orbitals. */
export type SpinsTask = SpaceTask & { kind: "spins"; multiplicities: number[] };
/** Larger and larger runs until the energy is within `error_hartree` of the exact one. */
export type SelectedTask = SpaceTask & { kind: "selected"; exact_hartree: number; error_hartree: number };
/** RHF or RKS, in a solvent or not, and its gradient. */
export type FieldTask = Molecule & { kind: "field"; functional?: FunctionalName; dielectric?: number };
/** RHF and MP2, both by density fitting. */
export type FittedMp2Task = Molecule & { kind: "fitted-mp2"; nFrozenCore: number };
/** RHF and the second derivatives of its energy. */
export type VibrationsTask = Molecule & { kind: "vibrations" };

export type Task = CasscfTask | SpinsTask | SelectedTask | FieldTask | FittedMp2Task | VibrationsTask;
export type TaskOf<K extends Task["kind"]> = Extract<Task, { kind: K }>;

/** A part of a task, timed by itself, milliseconds. */
export interface Part {
  part: string;
  wall: number;
  cpu: number;
  /** Tells whether both programs did the same work; null where nothing does. */
  energy: number | null;
  /** Iterations and the like. */
  detail: string;
}

export interface Report {
  parts: Part[];
  /** The most that the process held, the program included, MB. */
  peakMB: number;
}
