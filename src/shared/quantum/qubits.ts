/** What of a calculation hangs on qubits: how electrons are mapped to them, and the device that holds them. */
import { z } from "zod";

export const Mapping = z.enum(["jordan-wigner", "parity", "bravyi-kitaev"]);
export type Mapping = z.infer<typeof Mapping>;

/** Routing compares the distances of all pairs of qubits. */
export const MAX_DEVICE_QUBITS = 1500;

const qubit = z
  .number()
  .int()
  .min(0)
  .max(MAX_DEVICE_QUBITS - 1);

/** Which pairs of a device's qubits, counted from 0, a two-qubit gate may act on. */
export const Device = z.strictObject({
  name: z.string(),
  qubits: z.number().int().min(1).max(MAX_DEVICE_QUBITS),
  edges: z.array(z.tuple([qubit, qubit])),
});
export type Device = z.infer<typeof Device>;

/** A row of qubits and a part of a heavy-hexagon lattice are as large as the circuit; another device is as it is. */
export const NamedDevice = z.enum(["linear", "heavy-hex"]);
export type NamedDevice = z.infer<typeof NamedDevice>;
export const DeviceRequest = z.union([NamedDevice, Device]);
export type DeviceRequest = z.infer<typeof DeviceRequest>;

/** What devices run: of IBM, IQM and Rigetti (both on Amazon Braket), and IonQ. */
export const GateSet = z.enum(["ibm-cz", "ibm-ecr", "iqm", "rigetti", "ionq-zz", "ionq-ms"]);
export type GateSet = z.infer<typeof GateSet>;

/** A circuit after routing: every two-qubit gate acts on coupled qubits. */
export const DeviceCircuit = z.strictObject({
  name: z.string(),
  /** The gates that it is in; absent: those of the ansatz, CNOTs and CZs. */
  gateSet: GateSet.exactOptional(),
  /** Of the device. */
  qubits: z.number().int(),
  gates: z.number().int(),
  /** CNOT and CZ gates, three for each exchange; in a device's gates all on two qubits. */
  twoQubitGates: z.number().int(),
  depth: z.number().int(),
  /** Exchanges of neighbours that the circuit itself does not have; null where they are joined with its gates. */
  swaps: z.number().int().nullable(),
  /** Device qubit of each qubit of the circuit at the start. */
  layout: z.array(z.number().int()),
  /** The same at the end, when it is measured. */
  finalLayout: z.array(z.number().int()),
});
export type DeviceCircuit = z.infer<typeof DeviceCircuit>;

/** The active space's Hamiltonian on qubits; strings that weigh less than 1e-8 Hartree do not count. */
export const MappedHamiltonian = z.strictObject({
  mapping: Mapping,
  qubits: z.number().int(),
  /** Pauli strings, identity included. */
  pauliTerms: z.number().int(),
  /** The same with every Z₂ symmetry tapered off in the sector of the reference. */
  qubitsTapered: z.number().int(),
  pauliTermsTapered: z.number().int(),
});
export type MappedHamiltonian = z.infer<typeof MappedHamiltonian>;
