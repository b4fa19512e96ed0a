/** What IBM's devices run. */
import type { GateSet } from "#shared/quantum/qubits.ts";

/** What turns one qubit on every device. */
const TURNS = ["rz", "sx", "x"] as const;
/** The gate set of a device by what entangles on it: Heron and later, Eagle. */
const SETS = { cz: "ibm-cz", ecr: "ibm-ecr" } as const satisfies Record<string, GateSet>;
export type IbmEntangler = keyof typeof SETS;

/** What entangles on a device of these instructions, and their set; undefined where it lacks what circuits are written in. */
export function ibmSet(
  instructions: readonly string[],
): { entangler: IbmEntangler; set: GateSet } | undefined {
  if (!TURNS.every((one) => instructions.includes(one))) return undefined;
  const entangler = (["cz", "ecr"] as const).find((one) => instructions.includes(one));
  return entangler && { entangler, set: SETS[entangler] };
}
