/** The dispersion of a request. */
import { DomainError } from "#shared/errors.ts";
import { D3BJ_METHODS, hasD3bj } from "#shared/quantum/dispersion.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";
import { loadChaiHeadGordon } from "./chai-head-gordon.ts";
import { loadD3References } from "./d3-references.ts";
import { d3bj } from "./d3bj.ts";
import { D3BJ_DAMPING } from "./d3bj-damping.ts";
import type { DispersionModel } from "./dispersion.ts";
import { loadHf3c } from "./hf-3c.ts";

/**
 * undefined where none is asked for; ωB97X-D always has its own.
 *
 * @param resources the folder that holds dispersion/
 * @throws DomainError `not-supported` for a method that it was not fitted to; as loadD3References
 */
export async function requestedDispersion(
  {
    dispersion,
    method,
    basis,
    functions,
    ownBasis,
  }: Pick<EnergyRequest, "dispersion" | "method" | "basis" | "functions" | "ownBasis">,
  resources: string,
): Promise<DispersionModel | undefined> {
  if (method === "wb97x-d" && dispersion)
    throw new DomainError(
      "invalid-input",
      "ωB97X-D has dispersion of its own: expected no other, got another. Leave it out.",
    );
  if (method === "wb97x-d") return await loadChaiHeadGordon(resources);
  if (!dispersion) return undefined;
  if (dispersion === "hf-3c") {
    const isHf3c = (method === "rhf" || method === "uhf") && basis === "minix" && !functions && !ownBasis;
    if (!isHf3c)
      throw new DomainError(
        "not-supported",
        `The corrections of HF-3c were fitted to Hartree–Fock in MINIX: expected the method rhf or uhf and the basis set minix, got ${method} in ${basis}. ` +
          "The method hf-3c takes all of them.",
        { method, basis },
      );
    return await loadHf3c(resources, await loadD3References(resources));
  }
  if (!hasD3bj(method))
    throw new DomainError(
      "not-supported",
      `D3(BJ) is added to the fields that it was fitted to: expected the method ${D3BJ_METHODS.join(", ")}, got ${method}.`,
      { method },
    );
  return d3bj(await loadD3References(resources), D3BJ_DAMPING[method]);
}
