import { describe, it } from "vitest";
import { cases, expectReference } from "./functional-reference.ts";

describe.each(cases)("$property of $smiles by $functional/$basis, solvent $solvent", (one) => {
  it("is what another program computes by the same prescription", () => expectReference(one));
});
