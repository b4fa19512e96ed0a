/** A surface that is drawn. */
import { z } from "zod";

/** Triangles: x y z in Å of each vertex in turn, its outward unit normal, and three vertices a triangle, from 0. */
export const Mesh = z.strictObject({
  vertices_angstrom: z.instanceof(Float32Array),
  normals: z.instanceof(Float32Array),
  triangles: z.instanceof(Int32Array),
});
export type Mesh = z.infer<typeof Mesh>;
