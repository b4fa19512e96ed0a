/** How good a number is, 0 to 1 (G. Derringer, R. Suich, doi:10.1080/00224065.1980.11980968). */
import { z } from "zod";

const exponent = z.number().positive().max(100);
const limit = z.number();

const OneSided = { low: limit, high: limit, exponent: exponent.default(1) };

/** Limits in the unit that the number is shown in. */
export const Desirability = z.discriminatedUnion("shape", [
  /** 0 up to low, 1 from high on. */
  z.strictObject({ shape: z.literal("larger"), ...OneSided }),
  /** 1 up to low, 0 from high on. */
  z.strictObject({ shape: z.literal("smaller"), ...OneSided }),
  /** 1 at the target, 0 up to low and from high on. */
  z.strictObject({
    shape: z.literal("target"),
    ...OneSided,
    target: limit,
    /** Above the target; absent: as below it. */
    exponentAbove: exponent.exactOptional(),
  }),
]);
export type Desirability = z.infer<typeof Desirability>;

/** Why its limits are none; null where they are. */
export function desirabilityProblem(wanted: Desirability): string | null {
  const { low, high } = wanted;
  if (low >= high) return `expected low below high, got ${low} and ${high}`;
  // Beyond, their distance is no number, and nothing lies between them.
  if (!Number.isFinite(high - low))
    return `expected low and high less than 1e308 apart, got ${low} and ${high}`;
  if (wanted.shape !== "target" || (wanted.target > low && wanted.target < high)) return null;
  return `expected the target between low and high, got ${wanted.target} with ${low} and ${high}`;
}

/** The way from where it is 0 to where it is 1. */
const rising = (value: number, zero: number, one: number): number =>
  Math.min(1, Math.max(0, (value - zero) / (one - zero)));

/** 0 to 1. @param value in the unit of the limits */
export function desirabilityOf(value: number, wanted: Desirability): number {
  const { low, high } = wanted;
  if (wanted.shape === "larger") return rising(value, low, high) ** wanted.exponent;
  if (wanted.shape === "smaller") return rising(value, high, low) ** wanted.exponent;
  if (value <= wanted.target) return rising(value, low, wanted.target) ** wanted.exponent;
  return rising(value, high, wanted.target) ** (wanted.exponentAbove ?? wanted.exponent);
}

/** Weighted geometric mean, 0 where one is 0. @param parts at least one; weights positive */
export function overallDesirability(
  parts: readonly { readonly desirability: number; readonly weight: number }[],
): number {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts.reduce((product, { desirability, weight }) => product * desirability ** (weight / weights), 1);
}

/** How far a number is from what is wanted, to compare candidates by: less is better. */
export function shortfall(value: number, wanted: Desirability): number {
  if (wanted.shape === "target") return Math.abs(value - wanted.target);
  return wanted.shape === "larger" ? -value : value;
}

/** "0 up to 8, 1 from 11 on, exponent 2". */
export function desirabilityWords(wanted: Desirability): string {
  const { shape, low, high, exponent: power } = wanted;
  const raised = power === 1 ? "" : `, exponent ${power}`;
  if (shape === "larger") return `0 up to ${low}, 1 from ${high} on${raised}`;
  if (shape === "smaller") return `1 up to ${low}, 0 from ${high} on${raised}`;
  const { target, exponentAbove = power } = wanted;
  const above = exponentAbove === power ? raised : `, exponents ${power} below and ${exponentAbove} above`;
  return `1 at ${target}, 0 up to ${low} and from ${high} on${above}`;
}
