/** The kinds of checks that the table of the native core's arguments is made of. */
import { types } from "node:util";

/** Says "expected …, got …" where a value is wrong; `given` holds the options that were read before it. */
export type Check<Given> = (value: unknown, given: Given) => string | undefined;

/** A number, or one that hangs on what was read before. */
export type Bound<Given> = number | ((given: Given) => number);

/** No quantity in atomic units is larger; products of five stay within double precision. */
const LARGEST_NUMBER = 1e60;

const boundOf = <G>(bound: Bound<G>, given: G): number => (typeof bound === "number" ? bound : bound(given));

function describe(value: unknown): string {
  if (ArrayBuffer.isView(value) && "length" in value)
    return `${value.constructor.name} of length ${value.length}`;
  if (typeof value === "string") return JSON.stringify(value);
  return typeof value === "object" && value !== null ? "an object" : String(value);
}

const wrong = (expected: string, value: unknown): string => `expected ${expected}, got ${describe(value)}`;

export const wholeNumber =
  <G>(low: number, high: Bound<G>): Check<G> =>
  (value, given) => {
    const most = boundOf(high, given);
    const isRight = Number.isInteger(value) && (value as number) >= low && (value as number) <= most;
    return isRight ? undefined : wrong(`an integer of ${low} to ${most}`, value);
  };

export const number =
  <G>(low = -LARGEST_NUMBER, high = LARGEST_NUMBER): Check<G> =>
  (value) => {
    const isRight = typeof value === "number" && value >= low && value <= high;
    return isRight ? undefined : wrong(`a number of ${low} to ${high}`, value);
  };

export const flag = (value: unknown): string | undefined =>
  typeof value === "boolean" ? undefined : wrong("true or false", value);

export const oneOf =
  <G>(...words: readonly string[]): Check<G> =>
  (value) =>
    words.includes(value as string) ? undefined : wrong(words.join(", "), value);

/** An array of its own memory, of the length named, with all its numbers within bounds: 1 ns a number. */
function arrayFault<G>(
  kind: "Float64Array" | "Int32Array",
  { value, given }: { value: unknown; given: G },
  { length, low, high }: { length: Bound<G> | undefined; low: number; high: Bound<G> },
): string | undefined {
  const isKind = kind === "Float64Array" ? types.isFloat64Array : types.isInt32Array;
  if (!isKind(value) || !types.isArrayBuffer(value.buffer) || value.buffer.detached)
    return wrong(`${kind} with memory of its own`, value);
  const wanted = length === undefined ? value.length : boundOf(length, given);
  if (value.length !== wanted) return wrong(`${kind} of length ${wanted}`, value);
  const most = boundOf(high, given);
  for (let i = 0; i < value.length; i++) {
    const element = value[i]!;
    if (!(element >= low && element <= most))
      return `expected numbers of ${low} to ${most}, got ${element} at ${i}`;
  }
  return undefined;
}

export const doubles =
  <G>(length?: Bound<G>, low = -LARGEST_NUMBER, high: Bound<G> = LARGEST_NUMBER): Check<G> =>
  (value, given) =>
    arrayFault("Float64Array", { value, given }, { length, low, high });

export const int32s =
  <G>(length: Bound<G> | undefined, low: number, high: Bound<G>): Check<G> =>
  (value, given) =>
    arrayFault("Int32Array", { value, given }, { length, low, high });

/** Several checks; the later ones may rely on the earlier. */
export const all =
  <G>(...checks: readonly Check<G>[]): Check<G> =>
  (value, given) => {
    for (const check of checks) {
      const fault = check(value, given);
      if (fault) return fault;
    }
    return undefined;
  };

/** A value that may be absent. */
export const optional =
  <G>(check: Check<G>): Check<G> =>
  (value, given) =>
    value === undefined ? undefined : check(value, given);

/** A value that is there where `when` holds, and only there. */
export const whenever =
  <G>(when: (given: G) => boolean, check: Check<G>): Check<G> =>
  (value, given) => {
    if (when(given)) return check(value, given);
    return value === undefined ? undefined : wrong("nothing", value);
  };

/** The control block: at least four integers shared between threads; absent is allowed. */
export const controlBlock = (value: unknown): string | undefined => {
  if (value === undefined) return undefined;
  const isShared = types.isInt32Array(value) && types.isSharedArrayBuffer(value.buffer) && value.length >= 4;
  return isShared ? undefined : wrong("an Int32Array of length 4 on a SharedArrayBuffer, or nothing", value);
};
