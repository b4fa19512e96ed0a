/**
 * The surface on which a field on a grid has one value, as triangles: surface nets (S. F. F. Gibson, doi:10.1007/BFb0056277).
 * A vertex for each cell that the surface crosses, at the mean of its crossings with the cell's edges; a quad for each edge.
 */
import type { CubeField } from "./cube.ts";
import type { Mesh } from "./mesh.ts";

/** The corners of a cell by three bits, and the twelve edges between two that differ in one. */
const EDGES: readonly (readonly [number, number])[] = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((from) =>
  [1, 2, 4].filter((bit) => (from & bit) === 0).map((bit) => [from, from | bit] as const),
);

/** Numbers whose count is not known before. */
class Growing {
  private held = new Float32Array(4096);
  length = 0;
  push(x: number, y: number, z: number): void {
    if (this.length + 3 > this.held.length) {
      const wider = new Float32Array(2 * this.held.length);
      wider.set(this.held);
      this.held = wider;
    }
    this.held[this.length++] = x;
    this.held[this.length++] = y;
    this.held[this.length++] = z;
  }
  taken = (): Float32Array<ArrayBuffer> => this.held.slice(0, this.length);
}

/** Unit normals of vertices: of the triangles around each, by their areas. */
function normalsOf(vertices: Float32Array, triangles: Int32Array): Float32Array<ArrayBuffer> {
  const normals = new Float32Array(vertices.length);
  for (let t = 0; t < triangles.length; t += 3) {
    const [a, b, c] = [3 * triangles[t]!, 3 * triangles[t + 1]!, 3 * triangles[t + 2]!];
    const side = (from: number, to: number, axis: number) => vertices[to + axis]! - vertices[from + axis]!;
    const [ux, uy, uz] = [side(a, b, 0), side(a, b, 1), side(a, b, 2)];
    const [vx, vy, vz] = [side(a, c, 0), side(a, c, 1), side(a, c, 2)];
    const cross = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
    for (const vertex of [a, b, c])
      for (let axis = 0; axis < 3; axis++) normals[vertex + axis]! += cross[axis]!;
  }
  for (let v = 0; v < normals.length; v += 3) {
    const length = Math.hypot(normals[v]!, normals[v + 1]!, normals[v + 2]!) || 1;
    for (let axis = 0; axis < 3; axis++) normals[v + axis]! /= length;
  }
  return normals;
}

/**
 * Where the field is `value`, normals towards where it is nearer zero. What leaves the grid is left open. Cost: points.
 *
 * @param value not 0; of a negative one the inside is where the field is lower still
 */
export function isosurface(
  { origin_angstrom: origin, axes_angstrom: axes, counts, values }: CubeField,
  value: number,
): Mesh {
  const [nx, ny, nz] = counts;
  const steps = [ny * nz, nz, 1] as const;
  /** Positive inside. */
  const depth = (point: number): number => (value > 0 ? values[point]! - value : value - values[point]!);
  const offsets = [0, 1, 2, 3, 4, 5, 6, 7].map((c) =>
    steps.reduce((sum, step, axis) => sum + ((c >> axis) & 1) * step, 0),
  );
  const vertices = new Growing();
  /** Vertex of each cell, by its lowest point. */
  const vertexOf = new Int32Array(values.length).fill(-1);
  const corners = new Float64Array(8);
  const place = (i: number, j: number, k: number): void => {
    const mean = [0, 0, 0];
    let crossings = 0;
    for (const [from, to] of EDGES) {
      const [a, b] = [corners[from]!, corners[to]!];
      if (a > 0 === b > 0) continue;
      crossings++;
      for (let axis = 0; axis < 3; axis++) {
        const at = (from >> axis) & 1;
        mean[axis]! += at === ((to >> axis) & 1) ? at : a / (a - b);
      }
    }
    const u = [i, j, k].map((at, axis) => at + mean[axis]! / crossings) as [number, number, number];
    const along = (x: 0 | 1 | 2): number =>
      origin[x] + u[0] * axes[0][x] + u[1] * axes[1][x] + u[2] * axes[2][x];
    vertices.push(along(0), along(1), along(2));
  };
  const triangles: number[] = [];
  const quad = (a: number, b: number, c: number, d: number, isTurned: boolean): void => {
    if (isTurned) triangles.push(a, c, b, a, d, c);
    else triangles.push(a, b, c, a, c, d);
  };
  for (let i = 0; i < nx - 1; i++)
    for (let j = 0; j < ny - 1; j++)
      for (let k = 0; k < nz - 1; k++) {
        const point = i * steps[0] + j * steps[1] + k;
        let inside = 0;
        for (let c = 0; c < 8; c++) {
          corners[c] = depth(point + offsets[c]!);
          if (corners[c]! > 0) inside++;
        }
        if (inside === 0 || inside === 8) continue;
        vertexOf[point] = vertices.length / 3;
        place(i, j, k);
      }
  for (let i = 0; i < nx - 1; i++)
    for (let j = 0; j < ny - 1; j++)
      for (let k = 0; k < nz - 1; k++) {
        const point = i * steps[0] + j * steps[1] + k;
        const isInside = depth(point) > 0;
        for (let axis = 0; axis < 3; axis++) {
          const [one, two] = [(axis + 1) % 3, (axis + 2) % 3] as [0 | 1 | 2, 0 | 1 | 2];
          const at = [i, j, k];
          if (at[one] === 0 || at[two] === 0) continue;
          if (isInside === depth(point + steps[axis as 0 | 1 | 2]) > 0) continue;
          const [back, side] = [steps[one], steps[two]];
          quad(
            vertexOf[point - back - side]!,
            vertexOf[point - side]!,
            vertexOf[point]!,
            vertexOf[point - back]!,
            !isInside,
          );
        }
      }
  const own = vertices.taken();
  const faces = Int32Array.from(triangles);
  return { vertices_angstrom: own, normals: normalsOf(own, faces), triangles: faces };
}

/** No triangles. */
export const emptyMesh = (): Mesh => ({
  vertices_angstrom: new Float32Array(),
  normals: new Float32Array(),
  triangles: new Int32Array(),
});
