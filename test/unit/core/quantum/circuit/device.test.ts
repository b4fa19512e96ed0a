import { describe, expect, it } from "vitest";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { isTwoQubit } from "#core/quantum/circuit/circuit.ts";
import {
  type CircuitAnsatz,
  elementaryCost,
  hardwareEfficientAnsatz,
  lucjAnsatz,
} from "#core/quantum/circuit/circuit-ansatz.ts";
import type { CouplingMap } from "#core/quantum/circuit/coupling-map.ts";
import { couplingMapOf, hardwareLayout, lucjLayout, onDevice } from "#core/quantum/circuit/device.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";

const size = { norb: 4, nelec: [2, 2] as const, layers: 1 };
const lucjOn = (map: CouplingMap) => lucjAnsatz(size, { map, layout: lucjLayout(map, size.norb) });
const placed = ({ circuit, layout }: CircuitAnsatz, map: CouplingMap) => onDevice(circuit, map, layout);
/** Couplings between α and β. */
const crossings = ({ circuit }: CircuitAnsatz): number =>
  circuit.gates.filter(({ kind, qubits: [a, b = a] }) => kind === "cp" && b - a === size.norb).length;

/** A row whose qubits are numbered at random along the way. */
const way = [4, 7, 0, 3, 8, 1, 5, 2, 6];
const shuffled: CouplingMap = {
  ...{ name: "shuffled row", qubits: 9 },
  edges: way.slice(1).map((q, k) => [way[k]!, q] as const),
};

describe("a circuit on a device that was asked for", () => {
  it("costs three CNOTs more for each exchange, on as many qubits as the device has", () => {
    const circuit = ansatzCircuit(uccsd(4, [2, 2]));
    const { device } = onDevice(circuit, couplingMapOf("heavy-hex", 4));
    expect(device.swaps).toBeGreaterThan(0);
    expect(device.twoQubitGates).toBe(
      elementaryCost(circuit).twoQubitGates + 3 * (device.swaps ?? Number.NaN),
    );
    expect(device.qubits).toBe(9);
  });

  it("has qubits enough where a lattice is only named", () => {
    for (const norb of [1, 5, 9])
      for (const name of ["linear", "heavy-hex"] as const)
        expect(couplingMapOf(name, norb).qubits).toBeGreaterThanOrEqual(2 * norb);
  });
});

describe("LUCJ made for a device", () => {
  it.each([
    ["a row, in the middle of which the spins meet", couplingMapOf("linear", 4)],
    ["a row with other numbers", shuffled],
  ])("needs no exchange on %s", (_, map) => {
    expect(crossings(lucjOn(map))).toBe(1);
    expect(placed(lucjOn(map), map).device.swaps).toBe(0);
  });

  it("couples the spins of every fourth orbital on heavy hexagons", () => {
    const map = couplingMapOf("heavy-hex", 4);
    expect(crossings(lucjOn(map))).toBe(1);
    expect(crossings(lucjAnsatz(size))).toBe(4);
  });
});

describe("the hardware-efficient circuit made for a device", () => {
  it.each([couplingMapOf("linear", 4), couplingMapOf("heavy-hex", 4), shuffled])(
    "takes couplings that connect all its qubits, and no exchange: $name",
    (map) => {
      const ansatz = hardwareEfficientAnsatz(size, { map, layout: hardwareLayout(map, 4) });
      expect(placed(ansatz, map).device.swaps).toBe(0);
      const reached = new Set([0]);
      const pairs = ansatz.circuit.gates.filter(isTwoQubit).map(({ qubits }) => qubits);
      for (let k = 0; k < 8; k++)
        for (const pair of pairs) if (pair.some((q) => reached.has(q))) for (const q of pair) reached.add(q);
      expect(reached.size).toBe(8);
    },
  );
});
