/** The same calculation as an input file for another program. */
import type { InputProgram } from "#shared/quantum/energy-request.ts";
import type { Calculation } from "./calculation.ts";
import { gaussianInput } from "./gaussian.ts";
import { orcaInput } from "./orca.ts";
import { pyscfInput } from "./pyscf.ts";

const FORMATS: Readonly<Record<InputProgram, (calculation: Calculation) => string>> = {
  ...{ pyscf: pyscfInput, orca: orcaInput, gaussian: gaussianInput },
};

/** The text of the file; what the program cannot be told was refused by checkInputFile. */
export const formatInput = (program: InputProgram, calculation: Calculation): string =>
  FORMATS[program](calculation);
