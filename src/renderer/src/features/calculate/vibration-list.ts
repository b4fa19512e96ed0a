/** Vibrations as a person chooses among them and sees them move. */

/** "1745 cm⁻¹"; of one along which the energy falls "412i cm⁻¹, imaginary". */
export const waveWords = (wave_per_cm: number): string =>
  wave_per_cm < 0 ? `${(-wave_per_cm).toFixed(0)}i cm⁻¹, imaginary` : `${wave_per_cm.toFixed(0)} cm⁻¹`;

/**
 * How the atoms move in one vibration, x y z of each in turn, Å, such that the one that moves most goes that far.
 *
 * @param modes [vibrations, 3n]
 * @param index of the vibration, from 0
 */
export function displacements(
  modes: Float64Array,
  { index, count, amplitude_angstrom }: { index: number; count: number; amplitude_angstrom: number },
): number[] {
  const width = modes.length / count;
  const mode = Array.from(modes.subarray(index * width, (index + 1) * width));
  const lengths = mode.flatMap((x, k) => (k % 3 === 0 ? [Math.hypot(x, mode[k + 1]!, mode[k + 2]!)] : [])); // three an atom
  const scale = amplitude_angstrom / Math.max(...lengths);
  return mode.map((x) => scale * x);
}
