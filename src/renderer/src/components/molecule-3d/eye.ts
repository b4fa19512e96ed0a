/** Where 3Dmol's eye stands, and how that is told to views of another size. */
import type { Camera } from "./viewer.ts";

/** Of the eye, and how far it stands from the origin, Å. */
export const FOV_DEGREES = 20;
const CAMERA_ANGSTROM = 150;
/** Half the height of the view before anything is fitted to it, Å. */
export const UNFITTED = CAMERA_ANGSTROM * Math.tan((FOV_DEGREES * Math.PI) / 360);

/**
 * A view of 3Dmol (translation, way towards the eye in Å, quaternion) as a camera.
 *
 * @param fitted half the height of the view where the molecule was fitted to it, Å
 */
export function cameraOf(view: readonly number[], fitted: number): Camera {
  const [x = 0, y = 0, z = 0, towards = 0, ...turn] = view;
  return [x, y, z, ((1 - towards / CAMERA_ANGSTROM) * UNFITTED) / fitted, ...turn];
}

/** The other way round. */
export function viewOf(camera: Camera, fitted: number): number[] {
  const [x = 0, y = 0, z = 0, distance = 1, ...turn] = camera;
  return [x, y, z, CAMERA_ANGSTROM * (1 - (distance * fitted) / UNFITTED), ...turn];
}
