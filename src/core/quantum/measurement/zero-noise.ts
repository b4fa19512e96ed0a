import type { Circuit, Gate } from "../circuit/circuit.ts";
import type { GateKind } from "../native/gate-kinds.ts";
import type { Estimate } from "./estimate.ts";

const INVERSE: Partial<Record<GateKind, GateKind>> = { s: "sdg", sdg: "s", sx: "sxdg", sxdg: "sx" };

/** The gates that undo `gates`. */
const inverseGates = (gates: readonly Gate[]): Gate[] =>
  [...gates].reverse().map((gate) => ({
    ...gate,
    kind: INVERSE[gate.kind] ?? gate.kind,
    ...(gate.theta && {
      theta: { ...gate.theta, angle: -gate.theta.angle, scale: -(gate.theta.scale ?? 1) },
    }),
  }));

/** C (C⁻¹ C)^k: the same state from 2k + 1 times the gates and so about as many times the errors. */
export const foldCircuit = (circuit: Circuit, k: number): Circuit => ({
  ...circuit,
  gates: [
    ...circuit.gates,
    ...Array.from({ length: k }, () => [...inverseGates(circuit.gates), ...circuit.gates]).flat(),
  ],
});

/**
 * Zero-noise extrapolation: estimates at 1, 3, 5, … times the gates, continued to none by the polynomial through them.
 *
 * The standard error grows with the number of points: weights of 1.5 and −0.5 for two, 1.875, −1.25 and 0.375 for three. It
 * holds the statistical error only, not that of the extrapolation. K. Temme et al., doi:10.1103/PhysRevLett.119.180509.
 */
export function extrapolateToZeroNoise(
  circuit: Circuit,
  points: number,
  estimate: (circuit: Circuit) => Estimate,
): Estimate {
  const scales = Array.from({ length: points }, (_, k) => 2 * k + 1);
  const estimates = scales.map((_, k) => estimate(foldCircuit(circuit, k)));
  const weights = scales.map((own) =>
    scales.filter((other) => other !== own).reduce((w, other) => (w * other) / (other - own), 1),
  );
  const sum = (value: (one: Estimate, weight: number) => number) =>
    estimates.reduce((total, one, k) => total + value(one, weights[k]!), 0);
  return {
    energy_hartree: sum((one, w) => w * one.energy_hartree),
    standardError_hartree: Math.sqrt(sum((one, w) => (w * one.standardError_hartree) ** 2)),
    shots: sum((one) => one.shots),
    settings: sum((one) => one.settings),
    stateErrorBound: null,
  };
}
