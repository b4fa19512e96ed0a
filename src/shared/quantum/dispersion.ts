/** Dispersion that is added to a mean field: a function of the nuclei and of the method that it was fitted to. */
import { z } from "zod";

/** What may be asked for. */
export const DispersionName = z.enum(["d3bj"]);
export type DispersionName = z.infer<typeof DispersionName>;

const TITLES: Readonly<Record<DispersionName, string>> = { d3bj: "D3(BJ)" };

/** Methods that D3(BJ) was fitted to. */
export const D3BJ_METHODS = ["rhf", "uhf", "rohf", "pbe", "pbe0", "b3lyp", "r2scan"] as const;
export type D3bjMethod = (typeof D3BJ_METHODS)[number];
export const hasD3bj = (method: string): method is D3bjMethod =>
  (D3BJ_METHODS as readonly string[]).includes(method);

/** What was added to the field's energy. */
export const DispersionResult = z.strictObject({ model: DispersionName, energy_hartree: z.number() });
export type DispersionResult = z.infer<typeof DispersionResult>;

/** "D3(BJ)". */
export const dispersionTitle = ({ model }: Pick<DispersionResult, "model">): string => TITLES[model];

/** "B3LYP-D3(BJ)", or the field's title alone. */
export const withDispersion = (
  field: string,
  dispersion: Pick<DispersionResult, "model"> | null | undefined,
): string => (dispersion ? `${field}-${dispersionTitle(dispersion)}` : field);
