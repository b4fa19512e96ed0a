/** What a request for an energy has where nothing else was asked for: the same by command and by form. */
import { type EnergyRequest, type Method, usesActiveSpace } from "./energy-request.ts";
import { type Ansatz, isLayered } from "./vqe.ts";

/** Landscapes of random starts are flat: a minimisation takes hundreds of steps there, and a dozen elsewhere. */
export const iterationsOf = (ansatz: Ansatz): number => (isLayered(ansatz) ? 1000 : 200);

/** Whether one determinant will do is said where that costs little beside the method, or nothing. */
export const isDiagnosed = (method: Method): boolean =>
  usesActiveSpace(method) || method === "fci" || method === "sci" || method === "uhf";

/** Whether CASSCF is asked if it ended in a minimum: differences of derivatives are of exact states alone. */
export const seeksMinimum = (method: Method, solver: EnergyRequest["solver"]): boolean =>
  method === "casscf" && solver !== "vqe";

/** For states of a spin where no other ansatz was asked for. */
export const KEEPS_SPIN = "k-upccgsd" satisfies Ansatz;

/** A number of states; of casci, casscf, and of what is to be corrected, states of the molecule's own spin. */
export function countedStates(
  states: number | undefined,
  { method, multiplicity, pt2 }: Pick<EnergyRequest, "method" | "multiplicity"> & { pt2: unknown },
): Pick<EnergyRequest, "states" | "spinStates"> {
  const isBySpin = method === "casci" || method === "casscf" || (method === "vqe" && pt2 !== undefined);
  return {
    ...(states !== undefined && { states }),
    ...(isBySpin && { spinStates: [{ multiplicity, count: states ?? 1 }] }),
  };
}
