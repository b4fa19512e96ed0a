/** Milliseconds that `work` took, and what it returned. */
export async function withWallTime<T>(
  work: () => T | Promise<T>,
): Promise<{ value: T; wallTime_ms: number }> {
  const begin = performance.now();
  const value = await work();
  return { value, wallTime_ms: performance.now() - begin };
}
