/** A circuit as Pauli gadgets e^{−iθP/2} before one gate of Clifford's group. */
import { angleAt, type Circuit, type Gate } from "../../circuit/circuit.ts";
import { conjugate, letter, multiplyBy, type PauliString } from "./pauli-string.ts";

export interface Gadget {
  readonly pauli: PauliString;
  /** Radian. */
  readonly angle: number;
}

/** C† X C and C† Z C of a qubit. */
export interface Images {
  readonly x: PauliString;
  readonly z: PauliString;
}

/** C · gadgets[n−1] … gadgets[0]; a phase of the whole state is left out. */
export interface GadgetForm {
  readonly gadgets: readonly Gadget[];
  /** Of each qubit. */
  readonly images: readonly Images[];
}

type Letter = "x" | "y" | "z";
type Signed = readonly [Letter, 1 | -1];

/** gate† X gate and gate† Z gate. */
const TURNS: Readonly<Partial<Record<Gate["kind"], readonly [Signed, Signed]>>> = {
  x: [["x", 1], ["z", -1]],
  y: [["x", -1], ["z", -1]],
  z: [["x", -1], ["z", 1]],
  h: [["z", 1], ["x", 1]],
  s: [["y", -1], ["z", 1]],
  sdg: [["y", 1], ["z", 1]],
  sx: [["x", 1], ["y", 1]],
  sxdg: [["x", 1], ["y", -1]],
}; // biome-ignore format: one gate a line

const AXES: Readonly<Partial<Record<Gate["kind"], Letter>>> = { rx: "x", ry: "y", rz: "z", p: "z" };

const on = (qubit: number, name: Letter): PauliString =>
  letter(qubit, name === "z" ? 0 : 1, name === "x" ? 0 : 1);

function product(...strings: readonly PauliString[]): PauliString {
  const result = { x: 0, z: 0, phase: 0 };
  for (const string of strings) multiplyBy(result, string);
  return result;
}

/** The same operation as gadgets and one Clifford. Cost: gates × qubits. */
export function gadgetsOf({ qubits, gates }: Circuit, parameters: Float64Array): GadgetForm {
  const gadgets: Gadget[] = [];
  const images = Array.from({ length: qubits }, (_, q) => ({ x: on(q, "x"), z: on(q, "z") }));
  /** C† P C. */
  const imageOf = ({ x, z, phase }: PauliString): PauliString => {
    const result = product({ x: 0, z: 0, phase });
    for (const [q, image] of images.entries()) if ((x >> q) & 1) multiplyBy(result, image.x);
    for (const [q, image] of images.entries()) if ((z >> q) & 1) multiplyBy(result, image.z);
    return result;
  };
  const append = (acting: readonly number[], undo: (string: PauliString) => PauliString) => {
    const made = acting.map((q) => ({ x: imageOf(undo(on(q, "x"))), z: imageOf(undo(on(q, "z"))) }));
    for (const [k, q] of acting.entries()) images[q] = made[k]!;
  };
  const turnBy = (q: number, [forX, forZ]: readonly [Signed, Signed]) =>
    append([q], (string) => {
      const [name, sign] = string.x ? forX : forZ;
      return product({ x: 0, z: 0, phase: 1 - sign }, on(q, name));
    });
  const rotate = (angle: number, ...letters: readonly PauliString[]) => {
    if (angle !== 0) gadgets.push({ pauli: imageOf(product(...letters)), angle });
  };
  for (const gate of gates) {
    const { kind, qubits: [a, b = a] } = gate; // biome-ignore format: one line
    const theta = angleAt(gate, parameters);
    const [axis, turn] = [AXES[kind], TURNS[kind]];
    if (axis) rotate(theta, on(a, axis));
    else if (turn) turnBy(a, turn);
    else if (kind === "cp") {
      rotate(theta / 2, on(a, "z"));
      rotate(theta / 2, on(b, "z"));
      rotate(-theta / 2, on(a, "z"), on(b, "z"));
    } else if (kind === "givens") {
      rotate(-theta, on(a, "x"), on(b, "y"));
      rotate(theta, on(a, "y"), on(b, "x"));
    } else {
      const controlled = { p: on(a, "z"), q: on(b, kind === "cx" ? "x" : "z") };
      append([a, b], (string) => {
        conjugate(string, controlled);
        return string;
      });
    }
  }
  return { gadgets, images };
}
