/** At which potential a molecule gives an electron away. */
import { redoxPotential } from "./redox-potential.ts";

export const oxidationPotential = redoxPotential({
  id: "oxidation-potential",
  ion: "cation",
  symbol: "Eox",
  sign: "⁺",
});
