/** How a property is computed: which states of a candidate, and what follows from their results. */
import type { Geometry } from "#shared/molecule/molecule.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import type { StateResults, States } from "../evaluate/states.ts";

/** Basis, active space and VQE: the same for every state. */
export type Level = Omit<EnergyRequest, "geometry" | "charge" | "multiplicity" | "method">;

/** A neutral closed-shell molecule whose property is asked for. */
export interface Candidate {
  readonly geometry: Geometry;
  readonly level: Level;
  /** As the property declares them. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface Protocol {
  /** By the names that the property declares, in that order. */
  states(candidate: Candidate): States;
  /** Pure. By the keys that the property declares; null where something that the number is made of did not converge. */
  values(results: StateResults): PropertyNumbers;
}
