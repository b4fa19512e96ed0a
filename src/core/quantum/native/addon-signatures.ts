/** What a signature of a native function is: a check for each argument, in the order in which they are read. */
import { MAX_ITERATIONS } from "#shared/quantum/energy-request.ts";
import { type Check, number, wholeNumber } from "./addon-checks.ts";

/** The options that a native function takes. */
export type Options<F> = F extends (options: infer O) => unknown ? O : never;
export type Fields<T, Given = T> = {
  readonly [K in keyof T]-?: Check<Given> | Nested<NonNullable<T[K]>, Given>;
};
/** An object within the options; its checks see the outer options as well. */
export interface Nested<T, Given> {
  readonly fields: Fields<T, T & Given>;
  readonly isOptional: boolean;
}
export interface Signature<T> {
  readonly fields: Fields<T>;
  /** Memory that is held at once, where sizes multiply. */
  readonly bytes?: (given: T) => number;
}

/** A signature for each function. */
export type Signatures<Addon> = { readonly [N in keyof Addon]: Signature<Options<Addon[N]>> };

export const LARGEST_INT32 = 2 ** 31 - 1;
export const threads = wholeNumber(1, 1024);
export const maxIterations = wholeNumber(0, MAX_ITERATIONS);
export const tolerance = number(0);
export const repeats = wholeNumber(1, 1_000_000);

export const atLeastOne: Check<unknown> = (value) =>
  (value as Int32Array).length > 0 ? undefined : "expected at least one, got none";
