/** At which potential a molecule takes an electron up. */
import { redoxPotential } from "./redox-potential.ts";

export const reductionPotential = redoxPotential({
  id: "reduction-potential",
  ion: "anion",
  symbol: "Ered",
  sign: "⁻",
});
