/** How points of a plot look: by the classes of a third and a fourth number. */
import type { Classes } from "./plot-classes.ts";

/**
 * The viridis scale (Smith and van der Walt, 2015) in seven steps from the least to the most: its lightness alone tells them apart,
 * whichever colours a person sees. On a light ground without its lightest steps, on a dark one without its darkest.
 */
const VIRIDIS = [
  ...["#440154", "#472d7b", "#3b528b", "#2c728e", "#21918c", "#28ae80", "#5ec962"],
  ...["#addc30", "#fde725"],
];
export const COLOUR_CLASSES = 7;
export const SIZE_CLASSES = 4;

/** Colours of so many classes, COLOUR_CLASSES at most: as far apart as they can be. */
export function coloursOf(classes: number, isDark: boolean): string[] {
  const scale = isDark ? VIRIDIS.slice(-COLOUR_CLASSES) : VIRIDIS.slice(0, COLOUR_CLASSES);
  const step = (COLOUR_CLASSES - 1) / Math.max(1, classes - 1);
  return Array.from({ length: classes }, (_, k) => scale[Math.round(k * step)]!);
}

/** Diameters, pixels: of many points, and of few. */
const SIZES = { many: [2, 3, 5, 8], few: [4, 7, 11, 16] } as const;
/** Without a number to be sized by. Below four points across they are drawn as plain rectangles, without a path of circles. */
const USUAL = { many: 3, few: 7 } as const;

/** From here on points are drawn in bulk. */
export const MANY = 1000;

const amountOf = (drawn: number) => (drawn > MANY ? "many" : "few");

/** Diameters of the classes of size, where so many points are drawn. */
export const diametersOf = (drawn: number): readonly number[] => SIZES[amountOf(drawn)];

export interface Looks {
  colour?: Classes | undefined;
  size?: Classes | undefined;
}

/** Points of one look, drawn as one series. */
export interface PointGroup {
  places: number[];
  /** Class of the colour, -1 where they have no such number; absent: points are not coloured by one. */
  colour?: number;
  /** Pixels. */
  size: number;
}

/** Points by their looks; those without a colour of their own first, beneath the others. Cost: one look at each. */
export function pointGroups(drawn: readonly number[], { colour, size }: Looks): PointGroup[] {
  const amount = amountOf(drawn.length);
  const groups = new Map<number, PointGroup>();
  for (const place of drawn) {
    const ofColour = colour ? colour.of[place]! : -1;
    const ofSize = size ? size.of[place]! : -1;
    const key = ofColour * (SIZE_CLASSES + 1) + ofSize;
    let group = groups.get(key);
    if (!group) {
      const pixels = size ? SIZES[amount][Math.max(0, ofSize)]! : USUAL[amount];
      group = { places: [], size: pixels, ...(colour && { colour: ofColour }) };
      groups.set(key, group);
    }
    group.places.push(place);
  }
  return [...groups].sort(([a], [b]) => a - b).map(([, group]) => group);
}
