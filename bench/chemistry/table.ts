/** Cells of the chemistry tables. */

/** Seconds of milliseconds, three digits. */
export const seconds = (ms: number | undefined): string =>
  ms === undefined ? "–" : (ms / 1e3).toPrecision(3);

/** Ours by the peer's time: below 1 is ahead. */
export const ratio = (own: number, peer: number | undefined): string =>
  peer === undefined ? "–" : (own / peer).toPrecision(2);

/** What two threads gain, of [name, wall on one, wall on two]. */
export function speedUps(rows: [name: string, one: number, two: number][]): void {
  console.log(
    `two threads: ${rows.map(([name, one, two]) => `${name} ${(one / two).toFixed(2)} ×`).join(", ")}`,
  );
}

/** Slope of log y over log x by least squares. */
export function exponent(x: number[], y: number[]): number {
  const lx = x.map(Math.log);
  const ly = y.map(Math.log);
  const mean = (v: number[]) => v.reduce((a, b) => a + b, 0) / v.length;
  const [mx, my] = [mean(lx), mean(ly)];
  const covariance = lx.reduce((sum, value, i) => sum + (value - mx) * (ly[i]! - my), 0);
  return covariance / lx.reduce((sum, value) => sum + (value - mx) ** 2, 0);
}
