/** Potential of the couple of a molecule and its anion. */
import { redoxProtocol } from "./redox-potential.ts";

export const reductionPotentialProtocol = redoxProtocol({ key: "reductionPotential_volt", ion: "anion" });
