import type { Circuit, Gate } from "../circuit/circuit.ts";
import type { GateKind } from "../native/gate-kinds.ts";
import type { MeasuredEnergy } from "./measure-energy.ts";

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

/** Weight of each point in the value at zero of the polynomial through them. */
const weightsAtZero = (points: readonly number[]): number[] =>
  points.map((own) =>
    points.filter((other) => other !== own).reduce((weight, other) => (weight * other) / (other - own), 1),
  );

/**
 * Zero-noise extrapolation: energies at 1, 3, 5, … times the gates, continued to none by the polynomial through them.
 *
 * The standard error grows with the number of points: weights of 1.5 and −0.5 for two, 1.875, −1.25 and 0.375 for three. It
 * holds the statistical error only, not that of the extrapolation. K. Temme et al., doi:10.1103/PhysRevLett.119.180509.
 */
export async function extrapolateToZeroNoise(
  circuit: Circuit,
  points: number,
  measure: (circuit: Circuit) => Promise<MeasuredEnergy>,
): Promise<MeasuredEnergy> {
  const energies: MeasuredEnergy[] = [];
  for (let k = 0; k < points; k++) energies.push(await measure(foldCircuit(circuit, k)));
  const weights = weightsAtZero(energies.map((_, k) => 2 * k + 1));
  const sum = (value: (one: MeasuredEnergy, weight: number) => number) =>
    // One weight for each energy.
    energies.reduce((total, one, k) => total + value(one, weights[k]!), 0);
  return {
    energy_hartree: sum((one, w) => w * one.energy_hartree),
    standardError_hartree: Math.sqrt(sum((one, w) => (w * one.standardError_hartree) ** 2)),
    shots: sum((one) => one.shots),
    settings: sum((one) => one.settings),
    stateErrorBound: null,
    jobs: energies.flatMap(({ jobs }) => jobs),
  };
}
