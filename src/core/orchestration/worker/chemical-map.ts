/** A map of molecules, where it is made. */
import { fitMap, keptNeighbours, placeAmong } from "#core/chemistry/similarity/chemical-map.ts";
import { FINGERPRINT_BYTES } from "#core/chemistry/similarity/fingerprint.ts";
import { packBytes } from "#core/chemistry/similarity/similarity.ts";
import type { MapInput, MapOutput } from "../dispatch/tasks.ts";

export function chemicalMap({ sample: members, places, seed, others }: MapInput): MapOutput {
  const sample = packBytes(members, FINGERPRINT_BYTES);
  const rest = packBytes(others, FINGERPRINT_BYTES);
  const laid = { sample, places: places ?? fitMap(sample, seed) };
  const at = placeAmong(laid, rest);
  return {
    places: laid.places,
    others: at,
    kept: {
      fitted: keptNeighbours(laid, { of: sample, at: laid.places, isSample: true }),
      placed: keptNeighbours(laid, { of: rest, at, isSample: false }),
    },
  };
}
