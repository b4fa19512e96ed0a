/** How a map of chemical space was made, and how far it is to be trusted. */
import type { MapMade } from "#shared/campaign/chemical-map.ts";
import { integer } from "./format.ts";

const percent = (share: number): string => `${Math.round(100 * share)} %`;

export function mapSentence({ molecules, sample, seed, neighbours, keptOf, kept }: MapMade): string {
  const isWhole = sample === molecules;
  const laid = isWhole
    ? `All ${integer(sample)} molecules that there were are laid out`
    : `${integer(sample)} of ${integer(molecules)} molecules, drawn by lot, are laid out`;
  const shares = [
    kept.fitted !== null && `${percent(kept.fitted)} of those laid out`,
    kept.placed !== null && `${percent(kept.placed)} of those placed`,
  ].filter(Boolean);
  return [
    `${laid} by UMAP (seed ${seed}, ${neighbours} neighbours) on 1 − Tanimoto of Morgan fingerprints (radius 2, 2,048 bits); the others are placed beside those most similar to them, and no point moves when molecules are added.`,
    shares.length > 0 &&
      `Of the ${keptOf} molecules most similar to one, these are among its ${keptOf} nearest here: ${shares.join(", ")}.`,
    "Near means alike; how far groups are apart, and the axes, mean nothing.",
  ]
    .filter(Boolean)
    .join(" ");
}
