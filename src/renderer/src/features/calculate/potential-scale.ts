/** Colours of an electrostatic potential: told apart by those who see red and green alike, the middle pale. */

/** Vermilion below, blue above (Okabe & Ito's): as red and blue are customary for it. */
const ENDS = { low: [0xd5, 0x5e, 0x00], middle: [0xf4, 0xf4, 0xf0], high: [0x00, 0x72, 0xb2] } as const;
/** Shades on each side. */
const SHADES = 50;

export interface PotentialScale {
  /** Hartree/e; what lies in the middle of the colours is 0 where the surface has both signs. */
  readonly from: number;
  readonly to: number;
  /** Vertices of the extremes, from 0. */
  readonly least: number;
  readonly most: number;
}

/** @param values of each vertex, one at least */
export function potentialScale(values: ArrayLike<number>): PotentialScale {
  let [least, most] = [0, 0];
  for (let k = 0; k < values.length; k++) {
    // Vertices of the surface.
    if (values[k]! < values[least]!) least = k;
    if (values[k]! > values[most]!) most = k;
  }
  const [low, high] = [values[least] ?? 0, values[most] ?? 0];
  const half = Math.max(-low, high);
  return { least, most, ...(low < 0 && high > 0 ? { from: -half, to: half } : { from: low, to: high }) };
}

const hex = (colour: readonly number[]): string =>
  `#${colour.map((part) => Math.round(part).toString(16).padStart(2, "0")).join("")}`;

/** @param place from −1 to 1, as the scale goes */
export function shade(place: number): string {
  const step = Math.round(Math.max(-1, Math.min(1, place)) * SHADES) / SHADES;
  const end = step < 0 ? ENDS.low : ENDS.high;
  return hex(ENDS.middle.map((part, k) => part + Math.abs(step) * ((end[k] ?? part) - part)));
}

/** Of each vertex. */
export const shadesOf = (values: Float32Array, { from, to }: PotentialScale): string[] =>
  Array.from(values, (value) => shade(to > from ? (2 * (value - from)) / (to - from) - 1 : 0));
