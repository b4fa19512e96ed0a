/** Tables in Markdown on the terminal. */
export const print = (...cells: (string | number)[]) => console.log(`| ${cells.join(" | ")} |`);

export function header(...cells: string[]): void {
  console.log("");
  print(...cells);
  print(...cells.map(() => "---"));
}

export const milliseconds = (ms: number | undefined): string => (ms === undefined ? "–" : ms.toPrecision(3));

const times = (ratio: number): string =>
  ratio < 10 ? ratio.toPrecision(2) : Number(ratio.toPrecision(2)).toLocaleString("en-US");

/** A peer's time, and how many times ours it is. */
export const against = (own: number, peer: number | undefined): string =>
  peer === undefined ? "–" : `${milliseconds(peer)} (${times(peer / own)} ×)`;

/** Milliseconds of the fastest of several runs. */
export function fastest(repeats: number, work: () => void): number {
  let best = Number.POSITIVE_INFINITY;
  for (let k = 0; k < repeats; k++) {
    const begin = performance.now();
    work();
    best = Math.min(best, performance.now() - begin);
  }
  return best;
}
