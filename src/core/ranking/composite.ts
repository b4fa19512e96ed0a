/** Error bars of a composite from those of its parts: a pure function. */
import { type Desirability, desirabilityOf, overallDesirability } from "#shared/properties/desirability.ts";

/** A number of a part in the unit of its limits. */
export interface UncertainPart {
  readonly value: number;
  /** One standard deviation; 0 of a descriptor. */
  readonly deviation: number;
  readonly wanted: Desirability;
  readonly weight: number;
}

/** The normal distribution is looked at out to so many standard deviations, in so many steps. */
const WIDTH = 5;
const STEPS = 200;
const NODES = Array.from({ length: STEPS + 1 }, (_, k) => WIDTH * ((2 * k) / STEPS - 1));
const DENSITIES = NODES.map((x) => Math.exp((-x * x) / 2));
const TOTAL = DENSITIES.reduce((a, b) => a + b, 0);

/** Mean of a power of a part's desirability over its error bar. */
const meanPower = ({ value, deviation, wanted }: UncertainPart, power: number): number =>
  deviation === 0
    ? desirabilityOf(value, wanted) ** power
    : NODES.reduce(
        (sum, x, k) => sum + DENSITIES[k]! * desirabilityOf(value + deviation * x, wanted) ** power,
        0,
      ) / TOTAL;

/**
 * How far the overall desirability is from the one that the numbers give, root mean square, 0 to 1, where the parts have normal and
 * independent errors. The means of D and D² are then products of means over one part each, which the trapezoidal rule gives; a
 * derivative would be 0 where a desirability is 0 or 1. Cost: 402 powers a part.
 *
 * @param parts at least one; weights positive
 */
export function compositeDeviation(parts: readonly UncertainPart[]): number {
  const weights = parts.reduce((sum, { weight }) => sum + weight, 0);
  const here = overallDesirability(
    parts.map(({ value, wanted, weight }) => ({ desirability: desirabilityOf(value, wanted), weight })),
  );
  const moment = (order: number): number =>
    parts.reduce((product, part) => product * meanPower(part, (order * part.weight) / weights), 1);
  return Math.sqrt(Math.max(0, moment(2) - 2 * here * moment(1) + here * here));
}
