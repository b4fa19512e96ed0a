import { describe, expect, it } from "vitest";
import { czCost } from "#core/quantum/transpile/cz-cost.ts";
import { matrixOf } from "#core/quantum/transpile/gate-matrices.ts";
import {
  CZ,
  exchanged,
  kron,
  type Matrix,
  matrixProduct,
  overlap,
  rx,
  ry,
  rz,
} from "#core/quantum/transpile/matrix.ts";
import type { CircuitStep } from "#core/quantum/transpile/to-native.ts";
import { czSteps } from "#core/quantum/transpile/two-qubit.ts";
import { czCount, weylDecomposition } from "#core/quantum/transpile/weyl.ts";
import { randomNumbers } from "../second-quantisation.ts";

const random = randomNumbers(3);
const angle = () => 2 * Math.PI * random();
const turn = (): Matrix => matrixProduct(matrixProduct(rz(angle()), ry(angle())), rz(angle()));
const locals = () => kron(turn(), turn());
const cx = matrixOf("cx", 0);
const product = (...gates: Matrix[]): Matrix => gates.reduce((all, gate) => matrixProduct(gate, all));
const swap = product(cx, exchanged(cx), cx);

/** 4 × 4 of steps on the qubits 0 and 1. */
const matrixOfSteps = (steps: readonly CircuitStep[]): Matrix =>
  product(
    ...steps.map(({ qubits, turn: u }) => {
      if (!u) return CZ;
      return qubits[0] === 0 ? kron(u, rx(0)) : kron(rx(0), u);
    }),
  );

const gates: [string, () => Matrix, number][] = [
  ["two turns", locals, 0],
  ["a CNOT between turns", () => product(locals(), cx, locals()), 1],
  ["a controlled phase", () => product(locals(), matrixOf("cp", 0.3 + random()), locals()), 2],
  ["a Givens rotation", () => product(locals(), matrixOf("givens", 1 + 0.5 * random())), 2],
  ["two CNOTs and turns", () => product(cx, locals(), cx, locals()), 2],
  ["a CNOT and an exchange", () => product(locals(), cx, swap), 2],
  ["an exchange", () => product(locals(), swap), 3],
  ["three CNOTs and turns", () => product(cx, locals(), cx, locals(), exchanged(cx)), 3],
  ["any gate", () => product(cx, locals(), cx, locals(), cx, locals(), cx, locals()), 3],
  ["an exchange after a controlled phase", () => product(matrixOf("cp", 0.4), locals(), swap), 3],
  ["almost nothing", () => product(locals(), matrixOf("cp", 1e-5)), 2],
];

describe("a gate on two qubits", () => {
  it.each(gates)("%s", (_, make, count) => {
    for (let k = 0; k < 50; k++) {
      const gate = make();
      expect(czCount(weylDecomposition(gate).coordinates)).toBe(count);
      expect(czCost(gate)).toBe(count);
      const steps = czSteps(gate, [0, 1]);
      expect(steps.filter((step) => !step.turn)).toHaveLength(count);
      expect(overlap(matrixOfSteps(steps), gate)).toBeCloseTo(1, 12);
    }
  });
});
