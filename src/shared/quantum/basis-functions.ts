/** What d and higher shells of a basis set consist of. */
import { z } from "zod";

/** Cartesian ones (6 d, 10 f) or pure, spherical ones (5 d, 7 f). */
export const BasisFunctions = z.enum(["cartesian", "pure"]);
export type BasisFunctions = z.infer<typeof BasisFunctions>;

/** As people write them. */
const FUNCTIONS_TITLE: Readonly<Record<BasisFunctions, string>> = {
  cartesian: "Cartesian",
  pure: "spherical",
};

/** "6-31g*", or "6-31g* (spherical)" where that was asked for. */
export const basisTitle = (basis: string, functions: BasisFunctions | null | undefined): string =>
  functions ? `${basis} (${FUNCTIONS_TITLE[functions]})` : basis;
