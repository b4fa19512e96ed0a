/** Circuits that tell mistakes of a driver apart. */
import type { PreparedJob, Provider } from "#core/quantum/backends/provider.ts";
import { type Circuit, cx, cz, h, rotation, s, sdg, sx, sxdg, x } from "#core/quantum/circuit/circuit.ts";

/** |q2 q1 q0⟩ = |110⟩: no order of bits but the right one gives 6. */
export const asymmetric: Circuit = { qubits: 3, nParameters: 0, gates: [x(1), cx(1, 2)] };

/** |011⟩ of |q2 q1 q0⟩: 3. */
export const otherOrder: Circuit = { qubits: 3, nParameters: 0, gates: [x(0), cx(0, 1)] };

/** Every kind of gate, on qubits and at angles that no symmetry hides; two parameters. */
export const everyGate: Circuit = {
  qubits: 3,
  nParameters: 2,
  gates: [
    ...[h(0), s(0), h(1), sdg(1), sx(2), rotation("rx", 0, { angle: 0.3 }), sxdg(1)],
    rotation("ry", 1, { angle: 0.1, parameter: 0, scale: 2 }),
    rotation("rz", 2, { angle: -0.4, parameter: 1 }),
    ...[rotation("p", 0, { angle: 0.9 }), cx(0, 2), cz(1, 2), x(1)],
    { kind: "y", qubits: [2] },
    { kind: "z", qubits: [0] },
    { kind: "cp", qubits: [2, 0], theta: { angle: 0.7 } },
    { kind: "givens", qubits: [0, 1], theta: { angle: 0, parameter: 0, scale: -1 } },
    ...[h(0), h(2)],
  ],
};

/** Counts of a job of one circuit. */
export async function countsOfOne(provider: Provider, id: string, job: PreparedJob) {
  const counts = await provider.fetch(id, job);
  if (counts.length !== 1 || !counts[0]) throw new Error(`counts of ${counts.length} circuits`);
  return counts[0];
}
