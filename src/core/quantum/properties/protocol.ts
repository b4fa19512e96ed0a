/** How a property is computed: in rounds of states, until the numbers follow from their results. */
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { PropertyDefinition } from "#shared/properties/definition.ts";
import type { Alternative, EvaluationOutcome } from "#shared/properties/evaluation.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import type { Probe } from "./probes.ts";

/** Basis, active space and VQE, as the campaign asks for them. */
export type Level = Omit<EnergyRequest, "geometry" | "charge" | "multiplicity" | "method">;

/** Starts in space that chemistry makes of the molecule; each is made when it is asked for, the same every time. */
export interface Structures {
  /** With one more proton, its last atom: each site, and place at a site, that differs. */
  protomers(): readonly { readonly geometry: Geometry }[];
  /** The molecule with hydrogens elsewhere. */
  tautomers(): readonly TautomerStart[];
  /** Two pieces of each single bond that parts the molecule, or of the bond that the proposal marks. @param electrons of the molecule */
  bondBreaks(electrons: Electrons): readonly BrokenBond[];
  /** Whether the proposal marks a bond. */
  readonly marksBond: boolean;
  /** With what is bound to it after its own atoms, wherever that may lie. */
  probePoses(probe: Probe): readonly { readonly geometry: Geometry }[];
  /**
   * "bond C1–C2 broke", "H4 went from C1 to O2": the first of its bonds that is none in another geometry, in which its atoms come first;
   * undefined where all are.
   *
   * @param asked whether hydrogens may go elsewhere; absent: none may
   */
  lostBond(geometry: Geometry, asked?: { readonly skeleton: true }): string | undefined;
  /** "C1–O4", the first bond, not with hydrogen, between it and atoms that come after its own; undefined where there is none. */
  newBond(geometry: Geometry): string | undefined;
  /** The same of the molecule where it was relaxed to. */
  at(geometry: Geometry): Structures;
}

export interface TautomerStart {
  /** Unlike those of the others: "H6 from O7 to N1". */
  readonly name: string;
  readonly geometry: Geometry;
  /** As of the molecule, @param at where it was relaxed to */
  protomers(at: Geometry): readonly { readonly geometry: Geometry }[];
  /** As of the molecule. */
  lostBond(geometry: Geometry): string | undefined;
}

export interface BrokenBond {
  /** Of the molecule, from 0. */
  readonly atoms: readonly [number, number];
  /** What each piece has of a charge that the structure does not state, e; absent where there is none. */
  readonly added?: readonly [number, number];
  /** Their charges add up to the molecule's. */
  readonly fragments: readonly [Piece, Piece];
}

/** A piece of the molecule where it was. */
export interface Piece {
  readonly geometry: Geometry;
  readonly charge: number;
  /** 2S + 1 that it may have, at least one. */
  readonly multiplicities: readonly number[];
  /** As of the molecule, atoms numbered as there. */
  lostBond(geometry: Geometry): string | undefined;
}

/** Another molecule than the candidate in space, with its electrons; or why there is none, for people. */
export type OtherMolecule =
  | (Electrons & {
      readonly geometry: Geometry;
      /** As of the candidate. */
      readonly lostBond: (geometry: Geometry) => string | undefined;
    })
  | { readonly problem: string };

/** The molecule whose property is asked for. */
export interface Candidate {
  readonly geometry: Geometry;
  /** V2000 with its bonds, the atoms in the geometry's order. */
  readonly molblock: string;
  readonly structures: Structures;
  /** Of the whole molecule, e. */
  readonly charge: number;
  /** 2S + 1 */
  readonly multiplicity: number;
  readonly level: Level;
  /** As the property declares them. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Of a person's own property. */
  readonly definition?: PropertyDefinition | undefined;
  /** Those of the molecule as a graph that the definition asks for, by their ids; null where there is none. */
  readonly descriptors?: Readonly<Record<string, number | null>> | undefined;
  /** Those that the definition names, by their SMILES, and those that it makes of the candidate, by the reaction. */
  readonly molecules?: Readonly<Record<string, OtherMolecule>>;
  /** What the definition binds to it. */
  readonly probe?: Probe | undefined;
}

/** States that are computed next, none of them known yet; ions with the state that they are of. */
export interface Round {
  readonly states: States;
}

/** What follows from the results. */
export interface Conclusion {
  /** By the keys that the property declares; null where something that the number is made of was not reached. */
  readonly values: PropertyNumbers;
  readonly outcome: EvaluationOutcome;
  /** Why there is no number, where that is not a calculation that did not converge: a clause for people. */
  readonly reason?: string;
  /** What the number was chosen from or averaged over. */
  readonly alternatives?: readonly Alternative[] | undefined;
  /** The name of the alternative whose number it is, where that means the same in every conformer: a bond, a form of the molecule. */
  readonly chosen?: string | undefined;
  /** Whether the candidate became another molecule where it was relaxed, so that this is no shape of it. */
  readonly isAnother?: true;
}

export interface Protocol {
  /**
   * Pure: the same candidate and results give the same step, so that a replay takes the same way. Called without results first, and
   * after each round with those of all rounds. A state's geometry may be one that an earlier state relaxed.
   */
  next(candidate: Candidate, results: StateResults): Round | Conclusion;
}
