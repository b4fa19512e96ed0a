/** The molecules and functionals of the reference that the quick tests leave out. */
import { describe, it } from "vitest";
import { FUNCTIONALS, type FunctionalName } from "#shared/quantum/functionals.ts";
import { agreesInKohnSham, isQuickKohnSham, kohnShamCases, staysWhenMoved } from "../kohn-sham-reference.ts";

describe("RKS and UKS on the fine grid", () => {
  it.each(kohnShamCases.filter((one) => !isQuickKohnSham(one)))(
    "agree with grids that are finer still: $name",
    agreesInKohnSham,
  );

  it.each(Object.keys(FUNCTIONALS) as FunctionalName[])(
    "do not change when the molecule is turned and moved: %s",
    staysWhenMoved,
  );
});
