/** MP2 whose pairs of opposite and of equal spins are weighted. */
import type { Method } from "./energy-request.ts";
import type { Mp2Result } from "./energy-result.ts";

/** Grimme 2003, doi:10.1063/1.1569242; Jung, Lochan, Dutoi & Head-Gordon 2004, doi:10.1063/1.1809602. */
export const SPIN_SCALINGS = {
  "scs-mp2": { title: "SCS-MP2", opposite: 6 / 5, same: 1 / 3 },
  "sos-mp2": { title: "SOS-MP2", opposite: 1.3, same: 0 },
} as const;

type SpinScaled = keyof typeof SPIN_SCALINGS;

export const isSpinScaled = (method: Method): method is SpinScaled => method in SPIN_SCALINGS;

/** MP2 itself, or with its spins weighted. */
export const isMp2 = (method: Method): method is "mp2" | SpinScaled =>
  method === "mp2" || isSpinScaled(method);

/** Total energy by this method, Hartree. */
export function scaledMp2Energy(method: "mp2" | SpinScaled, mp2: Mp2Result): number {
  if (method === "mp2") return mp2.energy_hartree;
  const { opposite, same } = SPIN_SCALINGS[method];
  const { energy_hartree, correlation_hartree, oppositeSpin_hartree, sameSpin_hartree } = mp2;
  return energy_hartree - correlation_hartree + opposite * oppositeSpin_hartree + same * sameSpin_hartree;
}
