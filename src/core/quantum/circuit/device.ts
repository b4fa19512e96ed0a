/** Circuits for a device that a person asked for: where their qubits lie, and what routing makes of them. */
import type { DeviceCircuit, DeviceRequest } from "#shared/quantum/qubits.ts";
import type { Circuit } from "./circuit.ts";
import { elementaryCost } from "./circuit-ansatz.ts";
import {
  type CouplingMap,
  coupledPairs,
  crossingOrbitals,
  heavyHexLadder,
  linearMap,
} from "./coupling-map.ts";
import { depthFirstOrder, routeCircuit } from "./routing.ts";

/** The coupling map of a device; one that is only named is as large as 2 norb qubits need. */
export function couplingMapOf(device: DeviceRequest, norb: number): CouplingMap {
  if (device === "linear") return linearMap(2 * norb);
  return device === "heavy-hex" ? heavyHexLadder(norb) : device;
}

type Layout = readonly number[];

/** The first of those for which `count` is largest. */
const best = (layouts: readonly Layout[], count: (layout: Layout) => number): Layout =>
  layouts.reduce((found, layout) => (count(layout) > count(found) ? layout : found));

/** α falls and β rises along the way: orbital 0 of both lies in its middle. */
const folded = (way: Layout, norb: number): Layout => [
  ...way.slice(0, norb).reverse(),
  ...way.slice(norb, 2 * norb),
];

const ownOrder = (norb: number): number[] => Array.from({ length: 2 * norb }, (_, q) => q);

/** Neighbouring orbitals of one spin that the device does not couple: each costs exchanges in every layer. */
function brokenNeighbours(map: CouplingMap, layout: Layout): number {
  const norb = layout.length / 2;
  const chained = coupledPairs(map, layout).filter(([a, b]) => b === a + 1 && b !== norb);
  return 2 * (norb - 1) - chained.length;
}

/**
 * Where LUCJ's qubits lie, α then β as numbered or along a way through the device: so that neighbours of one spin are
 * coupled, and then so that most orbitals can couple their spins.
 */
export function lucjLayout(map: CouplingMap, norb: number): Layout {
  const own = ownOrder(norb);
  const layouts = [own, folded(own, norb), folded(depthFirstOrder(map), norb)];
  return best(
    layouts,
    (layout) => crossingOrbitals(map, layout).length - (norb + 1) * brokenNeighbours(map, layout),
  );
}

/** Where the hardware-efficient circuit's qubits lie so that most are coupled. */
export const hardwareLayout = (map: CouplingMap, norb: number): Layout =>
  best(
    [ownOrder(norb), depthFirstOrder(map).slice(0, 2 * norb)],
    (layout) => coupledPairs(map, layout).length,
  );

/**
 * The circuit on the device, and what it costs there in CNOT, CZ and gates on one qubit.
 *
 * @param layout where the circuit was made to lie; otherwise routing chooses. Throws as routeCircuit.
 */
export function onDevice(
  circuit: Circuit,
  map: CouplingMap,
  layout?: Layout,
): { routed: Circuit; device: DeviceCircuit } {
  const { circuit: routed, swaps, ...places } = routeCircuit(circuit, map, layout && { layout });
  const { gates, twoQubitGates, depth } = elementaryCost(routed);
  return {
    routed,
    device: {
      name: map.name,
      qubits: map.qubits,
      gates,
      twoQubitGates,
      depth,
      swaps,
      layout: [...places.layout],
      finalLayout: [...places.finalLayout],
    },
  };
}
