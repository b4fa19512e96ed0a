/** Flags that choose the functions of a basis set. */
import type { Command } from "commander";
import { DomainError } from "#shared/errors.ts";
import type { BasisFunctions } from "#shared/quantum/basis-functions.ts";

export interface FunctionOptions {
  spherical?: boolean;
  cartesian?: boolean;
}

export const addFunctionOptions = (command: Command): Command =>
  command
    .option("--spherical", "d and f functions are spherical, 5 d (default: as the set was published)")
    .option("--cartesian", "d and f functions are Cartesian, 6 d");

/**
 * What --spherical and --cartesian ask for; nothing where neither was given.
 *
 * @throws DomainError `invalid-input` for both
 */
export function functionsOf({ spherical, cartesian }: FunctionOptions): { functions?: BasisFunctions } {
  if (spherical && cartesian)
    throw new DomainError("invalid-input", "--spherical and --cartesian: expected one of them, got both.");
  if (spherical) return { functions: "pure" };
  return cartesian ? { functions: "cartesian" } : {};
}
