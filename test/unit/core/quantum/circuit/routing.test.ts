import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ProductAnsatz } from "#core/quantum/ansatz/ansatz.ts";
import { kUpCcgsd } from "#core/quantum/ansatz/pairs.ts";
import { uccsd } from "#core/quantum/ansatz/uccsd.ts";
import { hardwareEfficient, lucj } from "#core/quantum/circuit/ansatz-circuits.ts";
import { type Circuit, isTwoQubit, simulate } from "#core/quantum/circuit/circuit.ts";
import {
  type CouplingMap,
  coupledPairs,
  crossingOrbitals,
  heavyHexLadder,
  linearMap,
} from "#core/quantum/circuit/coupling-map.ts";
import { ansatzCircuit } from "#core/quantum/circuit/excitation-circuit.ts";
import { logicalBits, type RoutedCircuit, routeCircuit } from "#core/quantum/circuit/routing.ts";
import { prepareState } from "#core/quantum/vqe/vqe.ts";
import { randomNumbers, strings } from "../second-quantisation.ts";
import { randomCircuit, STATE_TOLERANCE } from "./slow-circuit.ts";

const own = (n: number): number[] => Array.from({ length: n }, (_, q) => q);

const ring = (qubits: number): CouplingMap => ({
  ...{ name: "ring", qubits, edges: own(qubits).map((q) => [q, (q + 1) % qubits] as const) },
});
/** A tree whose qubit q hangs on an earlier one, so that it is connected. */
const tree = (qubits: number, seed: number): CouplingMap => {
  const random = randomNumbers(seed);
  const parent = (q: number) => Math.min(q - 1, Math.floor((random() + 0.5) * q));
  return { name: "tree", qubits, edges: own(qubits).slice(1).map((q) => [parent(q), q] as const) }; // biome-ignore format: one line
};

const angles = ({ nParameters }: { nParameters: number }, seed = 5): Float64Array =>
  Float64Array.from({ length: nParameters }, randomNumbers(seed));

function expectOnEdges({ circuit }: RoutedCircuit, { edges }: CouplingMap): void {
  const coupled = new Set(edges.flatMap(([a, b]) => [`${a} ${b}`, `${b} ${a}`]));
  for (const { qubits } of circuit.gates.filter(isTwoQubit)) expect(coupled).toContain(qubits.join(" "));
}

/** Amplitudes by the circuit's own qubits; those with an idle qubit set must be none. */
function logicalState(routed: RoutedCircuit, qubits: number, parameters: Float64Array) {
  const { re, im } = simulate(routed.circuit, parameters);
  const state = { re: new Float64Array(2 ** qubits), im: new Float64Array(2 ** qubits) };
  const used = routed.finalLayout.reduce((mask, place) => mask | (1 << place), 0);
  for (const [bits, value] of re.entries())
    if (bits & ~used) expect(Math.hypot(value, im[bits]!)).toBeLessThan(STATE_TOLERANCE);
    else {
      state.re[logicalBits(routed, bits)] = value;
      state.im[logicalBits(routed, bits)] = im[bits]!;
    }
  return state;
}

const maps = [linearMap(8), ring(9), heavyHexLadder(4), tree(9, 3)];
const ansaetze = [uccsd(4, [2, 2]), kUpCcgsd(4, [2, 1], 1)];

describe("an ansatz on a device", () => {
  it.each(
    maps.flatMap((map) => ansaetze.map((ansatz): [string, CouplingMap, ProductAnsatz] => [`${ansatz.name} on a ${map.name}`, map, ansatz])), // biome-ignore format: pairs
  )("is the determinant-space evolution, with gates on couplings only: %s", (_, map, ansatz) => {
    const routed = routeCircuit(ansatzCircuit(ansatz), map);
    expectOnEdges(routed, map);
    const parameters = angles(ansatz);
    const { re, im } = logicalState(routed, 8, parameters);
    const vector = prepareState(ansatz, parameters);
    const beta = strings(4, ansatz.nelec[1]);
    strings(4, ansatz.nelec[0]).forEach((a, i) => {
      beta.forEach((b, j) => {
        const bits = a | (b << 4);
        expect(Math.abs(re[bits]! - vector[i * beta.length + j]!)).toBeLessThan(STATE_TOLERANCE);
        re[bits] = 0;
      });
    });
    for (const value of [...re, ...im]) expect(Math.abs(value)).toBeLessThan(STATE_TOLERANCE);
  });
});

describe("any circuit on any connected device", () => {
  it("has the same state, with gates on couplings only", () => {
    const seeds = fc.integer({ min: 1, max: 99_999 });
    fc.assert(
      fc.property(seeds, seeds, fc.integer({ min: 5, max: 8 }), (one, other, qubits) => {
        const circuit = randomCircuit(5, 40, one);
        const map = tree(qubits, other);
        const routed = routeCircuit(circuit, map);
        expectOnEdges(routed, map);
        const [state, expected] = [logicalState(routed, 5, new Float64Array()), simulate(circuit)];
        for (const [bits, value] of expected.re.entries()) {
          expect(Math.abs(state.re[bits]! - value)).toBeLessThan(STATE_TOLERANCE);
          expect(Math.abs(state.im[bits]! - expected.im[bits]!)).toBeLessThan(STATE_TOLERANCE);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("needs no exchange where the device couples what the circuit does", () => {
    const space = { norb: 4, nelec: [2, 2] as const, layers: 1 };
    expect(routeCircuit(hardwareEfficient(space), linearMap(8)).swaps).toBe(0);
    const ladder = heavyHexLadder(4);
    const pairs = coupledPairs(ladder, own(8));
    expect(pairs).toEqual([[0, 1], [1, 2], [2, 3], [4, 5], [5, 6], [6, 7]]); // biome-ignore format: a list
    expect(routeCircuit(hardwareEfficient({ ...space, pairs }), ladder).swaps).toBe(0);
  });
});

describe("LUCJ on a device", () => {
  const space = { norb: 6, nelec: [3, 3] as const, layers: 1 };

  it("takes one exchange for each coupling of the spins on heavy hexagons", () => {
    const map = heavyHexLadder(6);
    expect(crossingOrbitals(map, own(12))).toEqual([0, 4]);
    const circuit = lucj({ ...space, lattice: crossingOrbitals(map, own(12)) });
    expect(circuit).toEqual(lucj({ ...space, lattice: "heavy-hex" }));
    const routed = routeCircuit(circuit, map, { layout: own(12) });
    expectOnEdges(routed, map);
    // There, and back at most: the rotations after the couplings may stay with the exchanged qubits.
    expect(routed.swaps).toBeGreaterThanOrEqual(2);
    expect(routed.swaps).toBeLessThanOrEqual(4);
  });

  it("couples the spins where a row of qubits has them side by side", () => {
    // α falls and β rises along the row: orbital 0 of both lies in the middle.
    const layout = [5, 4, 3, 2, 1, 0, 6, 7, 8, 9, 10, 11];
    const crossing = crossingOrbitals(linearMap(12), layout);
    expect(crossing).toEqual([0]);
    const circuit = lucj({ ...space, lattice: crossing });
    expect(routeCircuit(circuit, linearMap(12), { layout }).swaps).toBe(0);
  });
});

describe("a device is refused", () => {
  const circuit: Circuit = { qubits: 4, nParameters: 0, gates: [] };
  const on = (map: Omit<CouplingMap, "name">, layout?: number[]) =>
    routeCircuit(circuit, { name: "d", ...map }, layout && { layout });

  it.each([
    ["that is too small", () => on(linearMap(3)), /"row of 3" is too small: it has 3 qubits and the circuit needs 4/], // biome-ignore format: one case
    ["that is not connected", () => on({ qubits: 4, edges: [[0, 1], [2, 3]] }), /not connected: no couplings lead from qubit 0 to qubit 2/], // biome-ignore format: one case
    ["that couples qubits it has not", () => on({ qubits: 4, edges: [[0, 4]] }), /couples 0 and 4: expected two different qubits from 0 to 3/], // biome-ignore format: one case
    ["with a layout that names a qubit twice", () => on({ ...linearMap(5) }, [0, 1, 1, 2]), /got 0, 1, 1, 2/], // biome-ignore format: one case
  ])("%s", (_, route, reason) => {
    expect(route).toThrow(reason);
    expect(route).toThrow(expect.objectContaining({ code: "invalid-input" }));
  });
});
