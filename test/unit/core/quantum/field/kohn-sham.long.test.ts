/** Methyl, ammonia and its cation, and the functionals that the quick tests do not turn. */
import { describe, it } from "vitest";
import { FUNCTIONALS, type FunctionalName } from "#shared/quantum/functionals.ts";
import { agreesInKohnSham, isQuickKohnSham, kohnShamCases, staysWhenMoved } from "../kohn-sham-reference.ts";

/** Basis functions. */
const LARGEST = 21;

describe("RKS and UKS on the fine grid", () => {
  it.each(kohnShamCases.filter((one) => !isQuickKohnSham(one) && one.entry.n_basis_functions <= LARGEST))(
    "agree with grids that are finer still: $name",
    agreesInKohnSham,
  );

  it.each(Object.keys(FUNCTIONALS) as FunctionalName[])(
    "do not change when the molecule is turned and moved: %s",
    staysWhenMoved,
  );
});
