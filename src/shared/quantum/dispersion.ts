/** Dispersion that is added to a mean field: a function of the nuclei and of the method that it was fitted to. */
import { z } from "zod";

/** What may be asked for; ωB97X-D has its own. hf-3c: all three corrections of that method, to Hartree–Fock in MINIX. */
export const DispersionName = z.enum(["d3bj", "hf-3c"]);
export type DispersionName = z.infer<typeof DispersionName>;

/** What a field may have: asked for, or by its functional (chg: Chai and Head-Gordon's). */
export const DispersionModelName = z.enum([...DispersionName.options, "chg"]);
export type DispersionModelName = z.infer<typeof DispersionModelName>;

const TITLES: Readonly<Record<DispersionModelName, string>> = {
  d3bj: "D3(BJ)",
  "hf-3c": "D3(BJ), gCP and SRB of HF-3c",
  chg: "-D of ωB97X-D",
};
/** What a field of a title is called with it. */
const TOGETHER: Readonly<Record<DispersionModelName, (field: string) => string>> = {
  d3bj: (field) => `${field}-D3(BJ)`,
  "hf-3c": () => "HF-3c",
  chg: (field) => field,
};

/** Methods that D3(BJ) was fitted to. */
export const D3BJ_METHODS = ["rhf", "uhf", "rohf", "pbe", "pbe0", "b3lyp", "r2scan"] as const;
export type D3bjMethod = (typeof D3BJ_METHODS)[number];
export const hasD3bj = (method: string): method is D3bjMethod =>
  (D3BJ_METHODS as readonly string[]).includes(method);

/** What was added to the field's energy. */
export const DispersionResult = z.strictObject({ model: DispersionModelName, energy_hartree: z.number() });
export type DispersionResult = z.infer<typeof DispersionResult>;

/** "D3(BJ)". */
export const dispersionTitle = ({ model }: Pick<DispersionResult, "model">): string => TITLES[model];

/** "B3LYP-D3(BJ)", "HF-3c", or the field's title alone: ωB97X-D says its own. */
export const withDispersion = (
  field: string,
  dispersion: Pick<DispersionResult, "model"> | null | undefined,
): string => (dispersion ? TOGETHER[dispersion.model](field) : field);
