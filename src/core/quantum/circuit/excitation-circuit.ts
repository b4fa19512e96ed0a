/** Excitation factors e^{θ(T − T†)} as gates, on Jordan–Wigner qubits in the order of the determinants (α, then β). */
import type { Excitation, ProductAnsatz } from "../ansatz/ansatz.ts";
import { orbitalsOf } from "../hamiltonian/determinant.ts";
import { parity } from "../mapping/pauli.ts";
import { type Angle, type Circuit, cx, cz, type Gate, rotation, s, sdg, sx, sxdg, x } from "./circuit.ts";

const scaled = (theta: Angle, factor: number): Angle => ({
  angle: theta.angle * factor,
  ...(theta.parameter === undefined
    ? {}
    : { parameter: theta.parameter, scale: (theta.scale ?? 1) * factor }),
});

const constant = (angle: number): Angle => ({ angle });

/**
 * e^{θ(|10⟩⟨01| − |01⟩⟨10|)} on (a, b) with two CNOTs: the generator is a sum of two commuting Pauli strings, XY and YX,
 * which one Clifford turns into a Y on each qubit.
 */
export function givensGates(a: number, b: number, theta: Angle): Gate[] {
  return [
    rotation("rz", a, constant(Math.PI / 2)),
    ...[rotation("rz", b, constant(-Math.PI / 2)), sx(b), rotation("rz", b, constant(Math.PI / 2)), s(a)],
    cx(b, a),
    ...[rotation("ry", b, theta), rotation("ry", a, theta)],
    cx(b, a),
    ...[sdg(a), rotation("rz", b, constant(-Math.PI / 2)), sxdg(b), rotation("rz", b, constant(Math.PI / 2))],
    rotation("rz", a, constant(-Math.PI / 2)),
  ];
}

/**
 * Ry(θ) on `target` where the controls hold `pattern`, by 2^m rotations and 2^m CNOTs in Gray-code order
 * (M. Möttönen et al., doi:10.1103/PhysRevLett.93.130502).
 */
function controlledRy(
  controls: readonly number[],
  pattern: number,
  options: { target: number; theta: Angle },
): Gate[] {
  const count = 2 ** controls.length;
  const gray = (k: number) => k ^ (k >> 1);
  return Array.from({ length: count }, (_, k) => {
    const changed = k === count - 1 ? controls.length - 1 : 31 - Math.clz32(gray(k) ^ gray(k + 1));
    const sign = parity(pattern & gray(k)) ? -1 : 1;
    return [
      rotation("ry", options.target, scaled(options.theta, sign / count)),
      cx(controls[changed]!, options.target),
    ];
  }).flat();
}

/** Leaves the parity of `qubits` on the last of them. */
const parityLadder = (qubits: readonly number[]): Gate[] => qubits.slice(1).map((q, k) => cx(qubits[k]!, q));

interface Move {
  /** Qubits that lose and gain an electron. */
  readonly from: readonly [number, ...number[]];
  readonly to: readonly [number, ...number[]];
  /** Qubits whose electrons change the sign. */
  readonly string: readonly number[];
  readonly sign: 1 | -1;
}

/** Parity strings: orbitals strictly between the first and second, third and fourth, … of the changed ones of a spin. */
function stringBetween(changed: number): number {
  let string = 0;
  let rest = changed;
  while (rest !== 0) {
    const low = rest & -rest;
    rest ^= low;
    const high = rest & -rest;
    rest ^= high;
    // An odd number of changed orbitals in one spin cannot occur: electrons of each spin are conserved.
    string |= (high - 1) & ~(2 * low - 1);
  }
  return string & ~changed;
}

/** Sign of a†(create, ascending) a(annihilate, descending) on the string that holds `annihilate` alone. */
function bareSign(annihilate: number, create: number): 1 | -1 {
  let occupied = annihilate;
  let sign: 1 | -1 = 1;
  const flip = (orbital: number) => {
    if (parity(occupied & (2 ** orbital - 1))) sign = sign === 1 ? -1 : 1;
    occupied ^= 1 << orbital;
  };
  for (const orbital of orbitalsOf(annihilate, 31)) flip(orbital);
  for (const orbital of orbitalsOf(create, 31).reverse()) flip(orbital);
  return sign;
}

function moveOf(e: Excitation, norb: number, qubit: boolean): Move {
  const beta = (mask: number) => orbitalsOf(mask, norb).map((p) => p + norb);
  // An excitation moves one electron at least.
  const qubitsOf = (alphaMask: number, betaMask: number) =>
    [...orbitalsOf(alphaMask, norb), ...beta(betaMask)] as [number, ...number[]];
  const alphaString = stringBetween(e.alphaAnnihilate | e.alphaCreate);
  const betaString = stringBetween(e.betaAnnihilate | e.betaCreate);
  const sign = bareSign(e.alphaAnnihilate, e.alphaCreate) * bareSign(e.betaAnnihilate, e.betaCreate);
  return {
    from: qubitsOf(e.alphaAnnihilate, e.betaAnnihilate),
    to: qubitsOf(e.alphaCreate, e.betaCreate),
    string: qubit ? [] : [...orbitalsOf(alphaString, norb), ...beta(betaString)],
    sign: qubit ? 1 : (sign as 1 | -1),
  };
}

/** Rotation between `from` filled and `to` filled: CNOTs turn it into one controlled rotation of the first created qubit. */
function multiGates({ from, to: [target, ...rest] }: Move, theta: Angle): Gate[] {
  const others = [...rest, ...from];
  const fan = others.map((q) => cx(target, q));
  // With the target clear the others hold `from`, and with it set the fan has flipped them back to `from`.
  const pattern = others.reduce((mask, q, k) => mask | ((from.includes(q) ? 1 : 0) << k), 0);
  return [...fan, ...controlledRy(others, pattern, { target, theta: scaled(theta, 2) }), ...fan];
}

/**
 * One factor as gates: 2 CNOTs for a single and 14 for a double qubit excitation (Y. S. Yordanov et al.,
 * doi:10.1103/PhysRevA.102.062612), and for a fermionic one a parity ladder over the electrons between with a CZ on each side.
 */
export function excitationGates(
  e: Excitation,
  options: { norb: number; theta: Angle; qubit: boolean },
): Gate[] {
  const move = moveOf(e, options.norb, options.qubit);
  const theta = scaled(options.theta, move.sign);
  const [created, ...others] = move.to;
  const core = others.length === 0 ? givensGates(created, move.from[0], theta) : multiGates(move, theta);
  const last = move.string.at(-1);
  if (last === undefined) return core;
  const ladder = parityLadder(move.string);
  const sign = cz(last, created);
  return [...ladder, sign, ...core, sign, ...[...ladder].reverse()];
}

/** The whole ansatz on 2 norb qubits (qubit p: α of orbital p, norb + p: β): the reference, then its factors. */
export function ansatzCircuit(ansatz: ProductAnsatz): Circuit {
  const { norb, reference } = ansatz;
  const filled = [...orbitalsOf(reference[0], norb), ...orbitalsOf(reference[1], norb).map((p) => p + norb)];
  const factors = ansatz.factors.flatMap(({ excitation, parameter, scale, qubit = false }) =>
    excitationGates(excitation, { norb, theta: { angle: 0, parameter, scale }, qubit }),
  );
  return { qubits: 2 * norb, nParameters: ansatz.nParameters, gates: [...filled.map(x), ...factors] };
}

/** CNOT and CZ gates of the ansatz, without building the whole circuit. */
export const twoQubitGateCount = ({ norb, factors }: ProductAnsatz): number =>
  factors.reduce((count, { excitation, qubit = false }) => {
    const gates = excitationGates(excitation, { norb, theta: { angle: 0 }, qubit });
    return count + gates.filter((gate) => gate.qubits.length === 2).length;
  }, 0);
