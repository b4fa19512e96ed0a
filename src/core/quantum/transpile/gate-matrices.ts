/** Gates as matrices, up to a phase of the whole state. */
import type { Gate } from "../circuit/circuit.ts";
import { CZ, HADAMARD, identity, kron, type Matrix, matrixProduct, rx, ry, rz } from "./matrix.ts";

const { PI } = Math;
const CX = matrixProduct(matrixProduct(kron(identity(2), HADAMARD), CZ), kron(identity(2), HADAMARD));

function givens(theta: number): Matrix {
  const [c, s] = [Math.cos(theta), Math.sin(theta)];
  const m = identity(4);
  // |first second⟩ = |10⟩ is index 1: the first qubit is the lower bit.
  [m[10], m[12], m[18], m[20]] = [c, s, -s, c];
  return m;
}

function controlledPhase(theta: number): Matrix {
  const m = identity(4);
  [m[30], m[31]] = [Math.cos(theta), Math.sin(theta)];
  return m;
}

const MATRICES: Record<Gate["kind"], (theta: number) => Matrix> = {
  x: () => rx(PI),
  y: () => ry(PI),
  z: () => rz(PI),
  h: () => HADAMARD,
  s: () => rz(PI / 2),
  sdg: () => rz(-PI / 2),
  sx: () => rx(PI / 2),
  sxdg: () => rx(-PI / 2),
  rx,
  ry,
  rz,
  p: rz,
  cx: () => CX,
  cz: () => CZ,
  cp: controlledPhase,
  givens,
};

/** 2 × 2 or 4 × 4 of a gate at the angle θ, radian. */
export const matrixOf = (kind: Gate["kind"], theta: number): Matrix => MATRICES[kind](theta);
