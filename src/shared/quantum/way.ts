/** How far an optimisation has come. */
import { z } from "zod";
import { Geometry } from "../molecule/molecule.ts";

/** A point of the way: where it began, or where a step led. */
export const WayPoint = z.strictObject({
  geometry: Geometry,
  energy_hartree: z.number(),
  /** Largest component of what nothing holds, Hartree/bohr. */
  gradient_hartree_per_bohr: z.number(),
});
export type WayPoint = z.infer<typeof WayPoint>;

/** The way so far, with the atoms where they are now. */
export const OptimisationWay = z.strictObject({
  points: z.array(WayPoint.omit({ geometry: true })).min(1),
  geometry: Geometry,
});
export type OptimisationWay = z.infer<typeof OptimisationWay>;
