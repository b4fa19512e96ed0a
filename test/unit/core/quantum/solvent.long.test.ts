import { it } from "vitest";
import { agreesInSolvent, isQuickSolvent, solventCases } from "./solvent-reference.ts";

it.each(solventCases.filter((one) => !isQuickSolvent(one)))(
  "a field in a solvent has the energy of another program: $name",
  agreesInSolvent,
);
