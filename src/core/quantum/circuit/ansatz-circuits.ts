/** Ansätze that are circuits from the start: LUCJ and hardware-efficient layers. */
import { lowestDeterminant, orbitalsOf } from "../hamiltonian/determinant.ts";
import { type Circuit, cx, type Gate, rotation, x } from "./circuit.ts";

/**
 * Orbitals whose α and β a device couples; within a spin neighbours always are. square: all, side by side. heavy-hex: every
 * fourth, over a qubit between them, which routeCircuit crosses. Any others by number, see crossingOrbitals.
 */
export type Lattice = "square" | "heavy-hex" | readonly number[];

const crossingsOf = (lattice: Lattice, norb: number): readonly number[] =>
  typeof lattice !== "string" ? lattice : range(norb).filter((p) => lattice === "square" || p % 4 === 0);

interface Layers {
  readonly norb: number;
  readonly nelec: readonly [number, number];
  readonly layers: number;
}

const range = (n: number): number[] => Array.from({ length: n }, (_, k) => k);

const referenceGates = (norb: number, nelec: readonly [number, number]): Gate[] => {
  const [alpha, beta] = lowestDeterminant(nelec);
  return [...orbitalsOf(alpha, norb), ...orbitalsOf(beta, norb).map((p) => p + norb)].map(x);
};

/** Brick wall of norb rounds over neighbours: norb(norb − 1)/2 pairs, enough for any real orbital rotation. */
const brickWall = (norb: number): number[] =>
  range(norb).flatMap((round) => range(norb - 1).filter((p) => p % 2 === round % 2));

/** One real rotation of the orbitals of both spins; `first` numbers its parameters, scale −1 and reversed undoes it. */
function orbitalRotation(norb: number, first: number, direction: 1 | -1): Gate[] {
  const pairs = brickWall(norb).map((p, k) => ({ p, parameter: first + k }));
  return (direction === 1 ? pairs : pairs.reverse()).flatMap(({ p, parameter }) =>
    [p, p + norb].map(
      (q): Gate => ({ kind: "givens", qubits: [q + 1, q], theta: { angle: 0, parameter, scale: direction } }),
    ),
  );
}

/**
 * Local unitary cluster Jastrow: Π W† e^{iJ} W on the reference and a last orbital rotation, with J = Σ J_pq n_p n_q between
 * qubits that the lattice couples, so that every gate acts on neighbours (on heavy hexagons all but the couplings between spins). Orbital rotations are real.
 *
 * Parameters of a layer: norb(norb − 1)/2 rotations, norb phases, norb − 1 couplings within a spin, one for each coupled
 * pair of opposite spins. All gradients vanish at zero: start from random parameters.
 * M. Motta et al., Chem. Sci. 14, 11213 (2023), doi:10.1039/D3SC02516K.
 */
export function lucj({ norb, nelec, layers, lattice }: Layers & { readonly lattice: Lattice }): Circuit {
  const rotations = brickWall(norb).length;
  const crossing = crossingsOf(lattice, norb);
  const gates = referenceGates(norb, nelec);
  let next = 0;
  for (let layer = 0; layer < layers; layer++) {
    gates.push(...orbitalRotation(norb, next, -1));
    let parameter = next + rotations;
    for (const p of range(norb)) {
      for (const q of [p, p + norb]) gates.push(rotation("p", q, { angle: 0, parameter }));
      parameter++;
    }
    for (const p of range(norb - 1)) {
      for (const q of [p, p + norb])
        gates.push({ kind: "cp", qubits: [q, q + 1], theta: { angle: 0, parameter } });
      parameter++;
    }
    for (const p of crossing) {
      gates.push({ kind: "cp", qubits: [p, p + norb], theta: { angle: 0, parameter } });
      parameter++;
    }
    gates.push(...orbitalRotation(norb, next, 1));
    next = parameter;
  }
  gates.push(...orbitalRotation(norb, next, 1));
  return { qubits: 2 * norb, nParameters: next + rotations, gates };
}

/**
 * Hardware-efficient circuit: on the reference, `layers` of Ry and Rz on every qubit and a CNOT for each of `pairs` (default
 * a ladder; coupledPairs gives those of a device), then Ry and Rz once more. Keeps neither particle number nor spin: add a penalty or check ⟨N⟩. A. Kandala et al., doi:10.1038/nature23879.
 */
export function hardwareEfficient({
  norb,
  nelec,
  layers,
  pairs = range(2 * norb - 1).map((q) => [q, q + 1] as const),
}: Layers & { readonly pairs?: readonly (readonly [number, number])[] }): Circuit {
  const qubits = 2 * norb;
  const gates = referenceGates(norb, nelec);
  let parameter = 0;
  const rotations = () => {
    for (const kind of ["ry", "rz"] as const)
      for (const q of range(qubits)) gates.push(rotation(kind, q, { angle: 0, parameter: parameter++ }));
  };
  for (let layer = 0; layer < layers; layer++) {
    rotations();
    for (const [a, b] of pairs) gates.push(cx(a, b));
  }
  rotations();
  return { qubits, nParameters: parameter, gates };
}
