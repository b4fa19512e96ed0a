/** Where a structure is drawn: its mean in the middle, its broad side to the front. */
import { face, type Point } from "./face.ts";

/** Where a point of the structure is drawn, or where a direction points. */
export type Placing = (point: Point, isDirection?: boolean) => Point;

const AXES = ["x", "y", "z"] as const;

/** The motion that puts the mean of points at the origin and their broad side to the front; the points stay. */
export function faceFront(points: readonly Point[]): Placing {
  const mean = { x: 0, y: 0, z: 0 };
  for (const axis of AXES)
    mean[axis] = points.reduce((total, point) => total + point[axis], 0) / points.length;
  const centred = points.map(({ x, y, z }) => ({ x: x - mean.x, y: y - mean.y, z: z - mean.z }));
  const a = { x: 1, y: 0, z: 0 };
  const b = { x: 0, y: 1, z: 0 };
  const c = { x: 0, y: 0, z: 1 };
  face(centred, [a, b, c]);
  return ({ x, y, z }, isDirection = false) => {
    const [u, v, w] = isDirection ? [x, y, z] : [x - mean.x, y - mean.y, z - mean.z];
    return {
      x: u * a.x + v * b.x + w * c.x,
      y: u * a.y + v * b.y + w * c.y,
      z: u * a.z + v * b.z + w * c.z,
    };
  };
}

/** Points x y z in turn, or directions, placed. */
export const placedAll = (numbers: ArrayLike<number>, place: Placing, isDirection = false): Point[] =>
  Array.from({ length: numbers.length / 3 }, (_, k) =>
    // Three numbers a point.
    place({ x: numbers[3 * k]!, y: numbers[3 * k + 1]!, z: numbers[3 * k + 2]! }, isDirection),
  );
