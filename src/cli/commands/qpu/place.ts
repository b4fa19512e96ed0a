/** A backend and its device as written on the command line: "ionq:qpu.forte-1". */
import { DomainError } from "#shared/errors.ts";
import {
  anyOf,
  BackendName,
  ESTIMATORS,
  type EstimatorName,
  isEstimator,
  isRemote,
  simulatorOf,
} from "#shared/quantum/backend-names.ts";
import { readDeviceName } from "../../vqe-options.ts";

/** What measures, and on which device where it is elsewhere. */
export interface Place {
  readonly backend: EstimatorName;
  readonly device: string | null;
}

export const titleOfPlace = ({ backend, device }: Place): string =>
  device === null ? backend : `${backend}:${device}`;

/** @throws DomainError `invalid-input` for a backend that measures nothing, or one elsewhere without a device */
function readPlace(text: string): Place {
  const [name = "", ...rest] = text.trim().split(":");
  const { data: backend } = BackendName.safeParse(name);
  if (!backend || !isEstimator(backend))
    throw new DomainError("invalid-input", `--on: expected ${anyOf(ESTIMATORS)}, got "${name}".`);
  const device = rest.length > 0 ? readDeviceName(rest.join(":")) : null;
  if (!isRemote(backend)) {
    if (device === null) return { backend, device };
    throw new DomainError("invalid-input", `--on: ${backend} has no devices, got "${text.trim()}".`);
  }
  const found = device ?? simulatorOf(backend);
  if (found !== undefined) return { backend, device: found };
  throw new DomainError("invalid-input", `--on: expected ${backend}:DEVICE, got "${text.trim()}".`);
}

/** Each once. @throws DomainError `invalid-input` as readPlace, and for one that is there twice */
export function readPlaces(list: string): Place[] {
  const places = list.split(",").map(readPlace);
  if (new Set(places.map(titleOfPlace)).size < places.length)
    throw new DomainError("invalid-input", `--on: expected backends, each once, got "${list}".`);
  return places;
}
