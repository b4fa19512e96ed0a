/** A list with one of it at another place. */
export function withMoved<T>(all: readonly T[], from: number, to: number): T[] {
  const next = [...all];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.min(Math.max(to, 0), next.length), 0, one);
  return next;
}
