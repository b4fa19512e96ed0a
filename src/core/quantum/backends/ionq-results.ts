/** IonQ's distributions as counts of each circuit. */
import { z } from "zod";
import { uniformNumbers } from "#shared/random.ts";
import { type PreparedCircuit, type PreparedJob, ProviderError } from "./provider.ts";

/** Probabilities add up to 1 but for rounding of their decimals. */
const SUM_TOLERANCE = 1e-6;
const Probabilities = z.record(
  // One name for each state: "01" beside "1" would be counted once.
  z.string().regex(/^(0|[1-9]\d{0,9})$/),
  z
    .number()
    .min(0)
    .max(1 + SUM_TOLERANCE),
);
const Aggregate = z.record(z.string(), z.unknown());

/** Counts of an exact distribution, drawn: the vendor's ideal simulator leaves shots out. */
function drawnCounts(
  probabilities: readonly (readonly [number, number])[],
  { shots, run }: Pick<PreparedCircuit, "shots" | "run">,
) {
  const random = uniformNumbers(run.seed);
  // Sorted, so that each state takes what lies below its sum: shots · log(shots) + states, whatever the number of states.
  const draws = Float64Array.from({ length: shots }, () => random()).sort();
  const counts = new Map<number, number>();
  let [drawn, sum] = [0, 0];
  for (const [k, [state, probability]] of probabilities.entries()) {
    sum += probability;
    const first = drawn;
    // The last takes what rounding leaves.
    while (drawn < shots && (draws[drawn]! < sum || k === probabilities.length - 1)) drawn++;
    if (drawn > first) counts.set(state, drawn - first);
  }
  return counts;
}

/**
 * Counts of a circuit from probabilities keyed by decimal states, qubit 0 the lowest bit (as the vendor's own client reads them).
 *
 * @throws ProviderError look-up for a distribution that is not whole: it may only be half written
 */
export function ionqCounts(
  document: unknown,
  circuit: Pick<PreparedCircuit, "qubits" | "shots" | "run">,
  device: string,
): ReadonlyMap<number, number> {
  const { data } = Probabilities.safeParse(document);
  const entries = Object.entries(data ?? {}).map(([state, p]) => [Number(state), p] as const);
  const sum = entries.reduce((total, [, probability]) => total + probability, 0);
  if (Math.abs(sum - 1) > SUM_TOLERANCE || entries.some(([state]) => state >= 2 ** circuit.qubits))
    throw new ProviderError("look-up", `results that are not whole: probabilities add up to ${sum}`);
  if (device === "simulator") return drawnCounts(entries, circuit);
  const counts = entries.map(([state, probability]) => [state, probability * circuit.shots] as const);
  // Of a device they are counts over shots.
  if (counts.some(([, count]) => Math.abs(count - Math.round(count)) >= 1e-3))
    return drawnCounts(entries, circuit);
  const whole = new Map(counts.map(([state, count]) => [state, Math.round(count)]));
  const shots = [...whole.values()].reduce((total, count) => total + count, 0);
  if (shots !== circuit.shots)
    throw new ProviderError("look-up", `results that are not whole: ${shots} of ${circuit.shots} shots`);
  return whole;
}

/**
 * Counts of each circuit from the distributions of a job of several, which are keyed by the ids of its children in any order.
 *
 * @param children in the order of the circuits, as the vendor's own clients take them
 * @throws ProviderError look-up where there is not exactly one whole distribution for each circuit
 */
export function ionqCountsOfChildren(
  document: unknown,
  children: readonly string[],
  { circuits, device }: Pick<PreparedJob, "circuits" | "device">,
): readonly ReadonlyMap<number, number>[] {
  const found = Aggregate.safeParse(document).data ?? {};
  const told = Object.keys(found).length;
  if (new Set(children).size !== circuits.length || told !== circuits.length)
    throw new ProviderError(
      "look-up",
      `results that are not whole: ${children.length} jobs and ${told} distributions of ${circuits.length} circuits`,
    );
  return circuits.map((circuit, k) => ionqCounts(found[children[k] ?? ""], circuit, device));
}
