/** Potential of the couple of a molecule and its cation. */
import { redoxProtocol } from "./redox-potential.ts";

export const oxidationPotentialProtocol = redoxProtocol({ key: "oxidationPotential_volt", ion: "cation" });
