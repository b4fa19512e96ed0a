/** Reads `--coupling-map`: a device by name, or a file of couplings. */
import { basename } from "node:path";
import { z } from "zod";
import { DomainError } from "#shared/errors.ts";
import { Device, type DeviceRequest, MAX_DEVICE_QUBITS, NamedDevice } from "#shared/quantum/qubits.ts";
import { readTextFile } from "../../files.ts";

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
 * "linear", "heavy-hex", or the path of a JSON file of couplings.
 *
 * @throws DomainError `invalid-input` where the file cannot be read or holds something else
 */
export function readDevice(text: string): DeviceRequest {
  const named = NamedDevice.safeParse(text.trim().toLowerCase());
  if (named.success) return named.data;
  if (!/\.json$/i.test(text))
    throw new DomainError(
      "invalid-input",
      `--coupling-map: expected ${NamedDevice.options.join(", ")} or a .json file, got "${text}".`,
    );
  const parsed = DeviceFile.safeParse(parseJson(readTextFile(text)));
  if (!parsed.success)
    throw new DomainError(
      "invalid-input",
      `--coupling-map: expected pairs of qubits such as [[0,1],[1,2]] or {"qubits":3,"edges":[[0,1],[1,2]]} in "${text}", ` +
        `each qubit from 0 to ${MAX_DEVICE_QUBITS - 1}; got something else.`,
    );
  const { edges, qubits } = Array.isArray(parsed.data)
    ? { edges: parsed.data, qubits: undefined }
    : parsed.data;
  return { name: basename(text), qubits: qubits ?? 1 + Math.max(...edges.flat()), edges };
}
