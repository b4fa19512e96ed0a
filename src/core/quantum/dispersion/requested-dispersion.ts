/** The dispersion of a request. */
import { DomainError } from "#shared/errors.ts";
import { D3BJ_METHODS, hasD3bj } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { loadChaiHeadGordon } from "./chai-head-gordon.ts";
import { loadD3References } from "./d3-references.ts";
import { d3bj } from "./d3bj.ts";
import { D3BJ_DAMPING } from "./d3bj-damping.ts";
import type { DispersionModel } from "./dispersion.ts";

/**
 * undefined where none is asked for; ωB97X-D always has its own.
 *
 * @param resources the folder that holds dispersion/
 * @throws DomainError `not-supported` for a method that it was not fitted to; as loadD3References
 */
export async function requestedDispersion(
  { dispersion, method }: Pick<EnergyRequest, "dispersion" | "method">,
  resources: string,
): Promise<DispersionModel | undefined> {
  if (method === "wb97x-d" && dispersion)
    throw new DomainError(
      "invalid-input",
      "ωB97X-D has dispersion of its own: expected no other, got D3(BJ). Leave it out.",
    );
  if (method === "wb97x-d") return await loadChaiHeadGordon(resources);
  if (!dispersion) return undefined;
  if (!hasD3bj(method))
    throw new DomainError(
      "not-supported",
      `D3(BJ) is added to the fields that it was fitted to: expected the method ${D3BJ_METHODS.join(", ")}, got ${method}.`,
      { method },
    );
  return d3bj(await loadD3References(resources), D3BJ_DAMPING[method]);
}
