/** How near the eye may come with the whole molecule in view. */
import type { Point } from "./face.ts";

/** From the centre of an outermost atom to the edge of the view, Å: the radius of a space-filling atom or a little less. */
const MARGIN = 1.2;
/** Small molecules do not fill the view, Å. */
const LEAST_HALF_HEIGHT = 3;

/**
 * Half the height that the view must have at the origin, in Å, for all points to be in it.
 *
 * @param points x to the right, y upwards, z towards the eye, Å
 * @param view aspect: width over height; fov_degrees: vertical field of view of the eye, which looks at the origin
 */
export function halfHeight(
  points: readonly Point[],
  { aspect, fov_degrees }: { aspect: number; fov_degrees: number },
): number {
  // What is nearer looks larger: at z the view is narrower by z tan(fov/2) on each side than at the origin.
  const narrowing = Math.tan((fov_degrees * Math.PI) / 360);
  const needed = points.map(
    ({ x, y, z }) => Math.max(Math.abs(y) + MARGIN, (Math.abs(x) + MARGIN) / aspect) + z * narrowing,
  );
  return Math.max(LEAST_HALF_HEIGHT, ...needed);
}

/** Points turned about x, counterclockwise as seen from +x. */
export function tilted(points: readonly Point[], degrees: number): Point[] {
  const angle = (degrees * Math.PI) / 180;
  const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
  return points.map(({ x, y, z }) => ({ x, y: cosine * y - sine * z, z: sine * y + cosine * z }));
}
