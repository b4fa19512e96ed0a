/** Counts as a device tells them → a number a shot; of some devices fewer than were asked for. */
export function shotsOf(counts: readonly (readonly [number, number])[], asked: number): Int32Array {
  const shots = counts.reduce((sum, [, count]) => sum + count, 0);
  if (shots > asked) throw new Error(`a job of ${asked} shots has a result of ${shots}`);
  const bits = new Int32Array(shots);
  let end = 0;
  for (const [state, count] of counts) {
    bits.fill(state, end, end + count);
    end += count;
  }
  return bits;
}
