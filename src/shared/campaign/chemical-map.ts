/** The molecules of a campaign in a plane, like ones together, and how that was made. */
import { z } from "zod";

/** How a map was made. */
export const MapMade = z.strictObject({
  /** Molecules that there were when it was laid out. */
  molecules: z.number().int(),
  /** Of which these many were laid out; the others are placed among them. */
  sample: z.number().int(),
  seed: z.number().int(),
  /** Neighbours that decide of a place in the layout, itself among them. */
  neighbours: z.number().int(),
  /** Of so many most similar molecules of the sample, the share that is among as many nearest on the map: of the sample, and of those placed. null: not known. */
  keptOf: z.number().int(),
  kept: z.strictObject({ fitted: z.number().nullable(), placed: z.number().nullable() }),
});
export type MapMade = z.infer<typeof MapMade>;

/** Coordinates have no unit, and directions no meaning. */
export const ChemicalMap = z.strictObject({
  /** Of the proposals that have a molecule, in order. */
  indices: z.instanceof(Int32Array),
  /** NaN of a molecule that has nothing in common with the sample. */
  x: z.instanceof(Float64Array),
  y: z.instanceof(Float64Array),
  made: MapMade,
});
export type ChemicalMap = z.infer<typeof ChemicalMap>;

/** Molecules that are laid out at most. */
export const LARGEST_MAP_SAMPLE = 2000;
