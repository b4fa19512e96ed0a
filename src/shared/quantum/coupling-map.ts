/** Which qubits of a device are coupled, as a file of JSON. */
import { z } from "zod";
import { DomainError } from "../errors.ts";
import { Device, MAX_DEVICE_QUBITS } from "./qubits.ts";

const Edges = Device.shape.edges.min(1);
/** A list of couplings, as other programs write it, or an object that also says how many qubits there are. */
const DeviceFile = z.union([Edges, z.object({ qubits: Device.shape.qubits.optional(), edges: Edges })]);

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads [[0,1],[1,2]] or {"qubits":3,"edges":[[0,1],[1,2]]}.
 *
 * @param what names the field or flag in the refusal
 * @throws DomainError `invalid-input`
 */
export function readCouplingMap(text: string, { file, what }: { file: string; what: string }): Device {
  const parsed = DeviceFile.safeParse(parseJson(text));
  if (!parsed.success)
    throw new DomainError(
      "invalid-input",
      `${what}: expected pairs of qubits such as [[0,1],[1,2]] or {"qubits":3,"edges":[[0,1],[1,2]]} in "${file}", ` +
        `each qubit from 0 to ${MAX_DEVICE_QUBITS - 1}; got something else.`,
    );
  const { edges, qubits } = Array.isArray(parsed.data)
    ? { edges: parsed.data, qubits: undefined }
    : parsed.data;
  return { name: file, qubits: qubits ?? 1 + Math.max(...edges.flat()), edges };
}
