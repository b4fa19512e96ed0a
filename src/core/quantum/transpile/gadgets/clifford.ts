/** The gate of Clifford's group that is left when all gadgets are made. */
import { dagger, type Matrix, matrixProduct, rx, ry, rz } from "../matrix.ts";
import { type CliffordFrame, letterMatrix } from "./frame.ts";
import type { Images } from "./gadgets-of.ts";
import { anticommute, letter, letterAt, type PauliString, signOf } from "./pauli-string.ts";

const { PI } = Math;

type Meeting = "none" | "same" | "anticommuting";

function meetingAt({ x, z }: Images, qubit: number): Meeting {
  const [a, b] = [letterAt(x, qubit), letterAt(z, qubit)];
  if (anticommute(a, b)) return "anticommuting";
  return a.x | a.z | b.x | b.z ? "same" : "none";
}

const isNone = ({ x, z }: PauliString): boolean => (x | z) === 0;
const times = (a: PauliString, b: PauliString, qubit: number): PauliString =>
  letter(qubit, ((a.x ^ b.x) >> qubit) & 1, ((a.z ^ b.z) >> qubit) & 1);

/** Makes the images of one qubit letters of one qubit; says which. */
function disentangle(
  images: Images,
  places: readonly number[],
  preferred: number,
  frame: CliffordFrame,
): number {
  const met = (kind: Meeting) => places.filter((q) => meetingAt(images, q) === kind);
  const at = (q: number) => [letterAt(images.x, q), letterAt(images.z, q)] as const;
  const meetings = met("anticommuting");
  // X and Z of a qubit anticommute: an odd number.
  const host = meetings.includes(preferred) ? preferred : meetings[0]!;
  const others = meetings.filter((q) => q !== host);
  for (let k = 0; k < others.length; k += 2) {
    const [a, b] = [others[k]!, others[k + 1]!];
    frame.controlled({ p: at(a)[0], q: at(b)[1] });
  }
  for (const q of met("same")) {
    const [ofX, ofZ] = at(q);
    const [hostX, hostZ] = at(host);
    const p = isNone(ofZ) ? hostZ : isNone(ofX) ? hostX : times(hostX, hostZ, host);
    frame.controlled({ p, q: isNone(ofX) ? ofZ : ofX });
  }
  return host;
}

/** Gates that an output's images would take. */
function priceOf(images: Images, places: readonly number[], zero: number): number {
  let price = 0;
  for (const q of places) {
    const met = meetingAt(images, q);
    if (met === "anticommuting") price += 1.5;
    const isFree = (zero >> q) & 1 && !(((images.x.x | images.z.x) >> q) & 1);
    if (met === "same" && !isFree) price += 1;
  }
  return price;
}

/** No turn, a quarter, a half and three quarters about an axis. */
const quarters = (turn: (angle: number) => Matrix): Matrix[] => [0, 1, 2, 3].map((k) => turn((k * PI) / 2));
/** The 24 turns that take letters to letters: Z to any of six, then about Z. */
const TURNS: readonly Matrix[] = [...quarters(rx), ...quarters(ry)].flatMap((first) =>
  quarters(rz).map((second) => matrixProduct(second, first)),
);

function turnTo({ x, z }: Images): Matrix {
  const isTaken = (turn: Matrix, from: PauliString, to: Matrix): boolean => {
    const taken = matrixProduct(matrixProduct(turn, letterMatrix(from)), dagger(turn));
    const sign = signOf(from);
    return taken.every((value, k) => Math.abs(sign * value - to[k]!) < 1e-9);
  };
  const [toX, toZ] = [letterMatrix(letter(0, 1, 0)), letterMatrix(letter(0, 0, 1))];
  const found = TURNS.find((turn) => isTaken(turn, x, toX) && isTaken(turn, z, toZ));
  if (!found) throw new Error("no turn of one qubit takes these letters to X and Z");
  return found;
}

/** Makes what is left, each qubit on whichever is nearest to it; says on which it is. */
export function makeClifford(images: readonly Images[], frame: CliffordFrame): number[] {
  const hosts = new Array<number>(images.length);
  let places = images.map((_, q) => q);
  let left = [...places];
  while (left.length > 0) {
    const price = (q: number) => priceOf(images[q]!, places, frame.zero);
    const next = left.reduce((best, q) => (price(q) < price(best) ? q : best));
    const host = disentangle(images[next]!, places, next, frame);
    const { x, z } = images[next]!;
    // Z of qubits that are |0⟩ does nothing.
    const bare = (s: PauliString): PauliString => ({ ...s, z: s.z & (1 << host) });
    frame.operations.push({ qubits: [host], matrix: turnTo({ x: bare(x), z: bare(z) }) });
    hosts[next] = host;
    places = places.filter((q) => q !== host);
    left = left.filter((q) => q !== next);
  }
  return hosts;
}
