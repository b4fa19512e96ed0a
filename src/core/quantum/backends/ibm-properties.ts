/** What IBM tells of a device's errors. */
import { z } from "zod";
import { pairKey } from "../circuit/coupling-map.ts";
import type { IbmEntangler } from "./ibm-gates.ts";
import { medianMisreading } from "./median-misreading.ts";

export const IbmProperties = z.object({
  last_update_date: z.string(),
  qubits: z.array(z.array(z.object({ name: z.string(), value: z.number() }))).min(1),
  gates: z
    .array(
      z.object({
        gate: z.string(),
        qubits: z.array(z.number().int()),
        parameters: z.array(z.object({ name: z.string(), value: z.number() })),
      }),
    )
    // Placing goes without them.
    .catch([]),
});
type IbmProperties = z.infer<typeof IbmProperties>;

/** Misreadings of the median qubit, either way where the device tells them apart. */
export function misreadings({ qubits }: IbmProperties) {
  const median = (...names: string[]): number =>
    medianMisreading(
      qubits
        .map((qubit) => names.map((name) => qubit.find((one) => one.name === name)).find((one) => one)?.value)
        .filter((value) => value !== undefined),
    );
  return {
    readout01: median("prob_meas1_prep0", "readout_error"),
    readout10: median("prob_meas0_prep1", "readout_error"),
  };
}

/** Of each coupling and of reading each qubit, from 0 to 1; a coupling that is not told is as bad as it can be. */
export function errorsOf(
  { qubits, gates }: IbmProperties,
  { edges, entangler }: { edges: readonly (readonly [number, number])[]; entangler: IbmEntangler },
) {
  const found = new Map<string, number>();
  for (const { gate, qubits: on, parameters } of gates) {
    const error = parameters.find(({ name }) => name === "gate_error");
    if (gate === entangler && error) found.set(pairKey(on), error.value);
  }
  if (found.size === 0) return undefined;
  const readout = qubits.map((one) => one.find(({ name }) => name === "readout_error")?.value ?? 0);
  return { edges: edges.map((edge) => found.get(pairKey(edge)) ?? 1), readout };
}
