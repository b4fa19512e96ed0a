import { print } from "../../output.ts";

/** A name, a value and what there is to know of it, in columns. */
export const row = (name: string, value: string, rest = ""): void =>
  print(`${name.padEnd(14)} ${value.padStart(18)} ${rest}`.trimEnd());
