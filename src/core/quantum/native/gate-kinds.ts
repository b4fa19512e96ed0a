/** The gates that the native core knows. */

/** The order is that of ansatz::GateKind. */
export const GATE_KINDS = [
  "x",
  "y",
  "z",
  "h",
  "s",
  "sdg",
  "sx",
  "sxdg",
  "rx",
  "ry",
  "rz",
  "p",
  "cx",
  "cz",
  "cp",
  "givens", // biome-ignore format: one list
] as const;
export type GateKind = (typeof GATE_KINDS)[number];

export const TWO_QUBIT_KINDS: ReadonlySet<GateKind> = new Set(["cx", "cz", "cp", "givens"] as const);

/** Amplitudes of 2^28 complex numbers are 4 GiB. */
export const MAX_SIMULATED_QUBITS = 28;
