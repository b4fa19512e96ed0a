/** Which states of an active space are asked for: so many of each spin, as data and as people write it. */
import { z } from "zod";
import { DomainError } from "../errors.ts";

/** States that one calculation may be asked for. */
export const MAX_STATES = 20;

/** By multiplicity, 2S + 1, from 1. */
const SPIN_NAMES = [
  "singlet",
  "doublet",
  "triplet",
  "quartet",
  "quintet",
  "sextet",
  "septet",
  "octet",
  "nonet",
];

/** "triplet"; "multiplicity 11" beyond the names. */
export const spinName = (multiplicity: number): string =>
  SPIN_NAMES[multiplicity - 1] ?? `multiplicity ${multiplicity}`;

/** Within this of S(S+1) a state has that spin; the nearest other is 2 away. */
const PURE_SPIN = 1e-3;

/** Whether ⟨S²⟩ is that of the multiplicity. */
export function isOfSpin(spinSquare: number, multiplicity: number): boolean {
  const s = (multiplicity - 1) / 2;
  return Math.abs(spinSquare - s * (s + 1)) < PURE_SPIN;
}

/** The lowest `count` states of each multiplicity. */
export const SpinStates = z
  .array(
    z.strictObject({
      multiplicity: z.number().int().min(1),
      count: z.number().int().min(1).max(MAX_STATES),
    }),
  )
  .min(1)
  .refine((states) => new Set(states.map(({ multiplicity }) => multiplicity)).size === states.length, {
    message: "expected each multiplicity once",
  });
export type SpinStates = z.infer<typeof SpinStates>;

/**
 * Reads "singlet:2,triplet:1"; a name alone means one state.
 *
 * @throws DomainError `invalid-input` with an example
 */
export function readSpinStates(text: string): SpinStates {
  const parts = text.split(",").map((part) => part.trim().toLowerCase().split(":"));
  const parsed = SpinStates.safeParse(
    parts.map(([name = "", count = "1", ...rest]) => ({
      multiplicity: SPIN_NAMES.indexOf(name.trim()) + 1,
      count: rest.length === 0 && count.trim() !== "" ? Number(count) : Number.NaN,
    })),
  );
  if (parsed.success) return parsed.data;
  throw new DomainError(
    "invalid-input",
    `States: expected a number, or spins once each with 1 to ${MAX_STATES} states, such as "singlet:2,triplet:1"; got "${text}". ` +
      `There are: ${SPIN_NAMES.join(", ")}.`,
    { text },
  );
}
