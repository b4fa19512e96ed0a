/** Numbers parted into a few classes, for points that are coloured or sized by them. */

export interface Classes {
  /** By place: the class, from 0 for the least numbers; -1 of none. */
  readonly of: Int8Array;
  /** What each class holds: "3", "≤ 1.2", "1.2 – 2.4". */
  readonly labels: readonly string[];
}

/** With a true minus sign. */
const printed = (value: number): string => String(value).replace("-", "−");

/** Where a share of sorted numbers lies. */
const quantile = (sorted: Float64Array, share: number): number =>
  sorted[Math.round(share * (sorted.length - 1))]!;

/** Of the sorted numbers, where each of a few different ones begins; undefined where there are more than that. */
function differentOnes(sorted: Float64Array, most: number): number[] | undefined {
  const different: number[] = [];
  for (const value of sorted) {
    if (value === different.at(-1)) continue;
    if (different.length === most) return undefined;
    different.push(value);
  }
  return different;
}

/** Inner edges of classes of one width over all but the outermost hundredths: a stray number does not take the scale. */
function innerEdges(sorted: Float64Array, most: number): number[] {
  const inner: [number, number] = [quantile(sorted, 0.01), quantile(sorted, 0.99)];
  // There are more numbers than classes.
  const [low, high] = inner[1] > inner[0] ? inner : [sorted[0]!, sorted.at(-1)!];
  return Array.from({ length: most - 1 }, (_, k) => low + ((k + 1) * (high - low)) / most);
}

/** Names of classes, their edges rounded to a hundredth of a class. */
function labelsOf(edges: readonly number[]): string[] {
  const width = edges[1]! - edges[0]!;
  const digits = Math.min(12, Math.max(0, 2 - Math.floor(Math.log10(width))));
  const text = (edge: number | undefined): string => printed(Number(edge?.toFixed(digits)));
  const between = edges.slice(1).map((edge, k) => `${text(edges[k])} – ${text(edge)}`);
  return [`≤ ${text(edges[0])}`, ...between, `> ${text(edges.at(-1))}`];
}

/**
 * A class for each different number where these are few; otherwise classes of one width, the first and the last open.
 *
 * @param numbers by place; NaN of none
 * @param most classes, at least 3
 */
export function classesOf(numbers: Float64Array, most: number): Classes {
  const sorted = numbers.filter(Number.isFinite).sort();
  const few = differentOnes(sorted, most);
  if (few) {
    const places = new Map(few.map((value, k) => [value, k]));
    const of = Int8Array.from(numbers, (value) => places.get(value) ?? -1);
    return { of, labels: few.map((value) => printed(Number(value.toPrecision(6)))) };
  }
  const edges = innerEdges(sorted, most);
  const classOf = (value: number): number => {
    const k = edges.findIndex((edge) => value <= edge);
    return k < 0 ? edges.length : k;
  };
  const of = Int8Array.from(numbers, (value) => (Number.isFinite(value) ? classOf(value) : -1));
  return { of, labels: labelsOf(edges) };
}
