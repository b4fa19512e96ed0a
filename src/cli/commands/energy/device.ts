/** Reads `--coupling-map`: a device by name, or a file of couplings. */
import { basename } from "node:path";
import { DomainError } from "#shared/errors.ts";
import { readCouplingMap } from "#shared/quantum/coupling-map.ts";
import { type DeviceRequest, NamedDevice } from "#shared/quantum/qubits.ts";
import { readTextFile } from "../../files.ts";

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
  return readCouplingMap(readTextFile(text), { file: basename(text), what: "--coupling-map" });
}
