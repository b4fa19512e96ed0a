/**
 * What a device of Amazon Braket runs as it stands, by its properties (github.com/amazon-braket/amazon-braket-schemas-python,
 * device_schema): native gates on its own qubits in a verbatim box
 * (https://docs.aws.amazon.com/braket/latest/developerguide/braket-openqasm-verbatim-compilation.html).
 */
import { z } from "zod";
import type { GateSet } from "#shared/quantum/qubits.ts";
import { coupledQubits } from "../circuit/coupling-map.ts";
import type { TranspileTarget } from "../transpile/transpile.ts";

const number = z.string().regex(/^\d{1,4}$/);
const fidelity = z.number().min(0).max(1);

export const BraketCapabilities = z.object({
  service: z
    .object({ updatedAt: z.string().nullish(), shotsRange: z.tuple([z.number(), z.number()]).nullish() })
    .optional(),
  action: z
    .object({
      "braket.ir.openqasm.program": z.object({ supportedPragmas: z.array(z.string()).nullish() }).nullish(),
    })
    .nullish(),
  paradigm: z.object({
    qubitCount: z.number().int(),
    nativeGateSet: z.array(z.string()).nullish(),
    connectivity: z.object({ connectivityGraph: z.record(number, z.array(number)) }).nullish(),
  }),
  standardized: z
    .object({
      oneQubitProperties: z.record(
        z.string(),
        z.object({
          oneQubitFidelity: z.array(z.object({ fidelityType: z.object({ name: z.string() }), fidelity })),
        }),
      ),
      twoQubitProperties: z
        .record(
          z.string(),
          z.object({ twoQubitGateFidelity: z.array(z.object({ gateName: z.string(), fidelity })) }),
        )
        .nullish(),
    })
    .nullish(),
});
export type BraketCapabilities = z.infer<typeof BraketCapabilities>;

const SETS: readonly (readonly [gates: readonly string[], set: GateSet])[] = [
  [["prx", "cz"], "iqm"],
  [["rx", "rz", "cz"], "rigetti"],
];

/** Misreadings of each qubit, as the device calls them. */
export const readoutErrors = ({
  standardized,
}: BraketCapabilities): (readonly [qubit: string, error: number])[] =>
  Object.entries(standardized?.oneQubitProperties ?? {}).flatMap(([qubit, { oneQubitFidelity }]) =>
    oneQubitFidelity
      .filter(({ fidelityType: { name } }) => name.startsWith("READOUT"))
      .map((one) => [qubit, 1 - one.fidelity] as const),
  );

/** Qubits from which couplings lead to each other, the most there are. */
function largestPart(qubits: number, edges: readonly (readonly [number, number])[]): number[] {
  const neighbours = coupledQubits({ name: "", qubits, edges });
  const seen = new Set<number>();
  let largest: number[] = [];
  for (let first = 0; first < qubits; first++) {
    if (seen.has(first)) continue;
    const part = [first];
    seen.add(first);
    for (const q of part)
      for (const next of neighbours[q] ?? [])
        if (!seen.has(next)) {
          seen.add(next);
          part.push(next);
        }
    if (part.length > largest.length) largest = part;
  }
  return largest.sort((a, b) => a - b);
}

/**
 * The device's gates, its couplings with their errors, and its own numbers of the qubits; undefined where it takes no verbatim boxes,
 * or has gates that circuits are not written in: its compiler then fits them.
 */
export function verbatimTarget(name: string, capabilities: BraketCapabilities): TranspileTarget | undefined {
  const { action, paradigm, standardized } = capabilities;
  const pragmas = action?.["braket.ir.openqasm.program"]?.supportedPragmas ?? [];
  const native = (paradigm.nativeGateSet ?? []).map((gate) => gate.toLowerCase());
  const [, set] = SETS.find(([gates]) => gates.every((gate) => native.includes(gate))) ?? [];
  const graph = Object.entries(paradigm.connectivity?.connectivityGraph ?? {});
  if (!set || !pragmas.includes("verbatim") || graph.length === 0) return undefined;
  const known = new Set(graph.flatMap(([q, others]) => [q, ...others].map(Number)));
  const all = graph.flatMap(([q, others]) => others.map((other) => [Number(q), Number(other)] as const));
  const numbers = largestPart(Math.max(...known) + 1, all);
  const place = new Map(numbers.map((q, k) => [q, k]));
  // Either way round in the graph, once here.
  const pairs = new Map(
    all
      .filter(([a]) => place.has(a))
      .map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const)
      .map((pair) => [pair.join("-"), pair]),
  );
  const told = standardized?.twoQubitProperties ?? {};
  const errorOf = ([a, b]: readonly [number, number]): number => {
    const { twoQubitGateFidelity = [] } = told[`${a}-${b}`] ?? told[`${b}-${a}`] ?? {};
    // A coupling that is not told is as bad as it can be.
    return 1 - (twoQubitGateFidelity.find(({ gateName }) => gateName.toLowerCase() === "cz")?.fidelity ?? 0);
  };
  const misreadings = new Map(readoutErrors(capabilities));
  const edges = [...pairs.values()];
  const errors = {
    edges: edges.map(errorOf),
    readout: numbers.map((q) => misreadings.get(String(q)) ?? 0),
  };
  return {
    set,
    // Of qubits that are there.
    map: { name, qubits: numbers.length, edges: edges.map(([a, b]) => [place.get(a)!, place.get(b)!]) },
    numbers,
    ...(Object.keys(told).length > 0 && { errors }),
  };
}
