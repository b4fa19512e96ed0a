/** Density functionals and the grids that they are integrated on. The formulas are those of native/src/functionals. */
import { z } from "zod";

interface Functional {
  readonly title: string;
  readonly ingredients: "density" | "gradient" | "kinetic energy";
  /** Whether exchange is by another repulsion of electrons than Coulomb's, from integrals of its own. */
  readonly hasOwnExchange?: true;
}

export const FUNCTIONALS = {
  svwn5: { title: "SVWN5", ingredients: "density" },
  pbe: { title: "PBE", ingredients: "gradient" },
  pbe0: { title: "PBE0", ingredients: "gradient" },
  b3lyp: { title: "B3LYP", ingredients: "gradient" },
  r2scan: { title: "r²SCAN", ingredients: "kinetic energy" },
  "wb97x-d": { title: "ωB97X-D", ingredients: "gradient", hasOwnExchange: true },
} as const satisfies Readonly<Record<string, Functional>>;

export type FunctionalName = keyof typeof FUNCTIONALS;

/** Whether its exchange is by a repulsion of its own, of parted ranges. */
export const hasOwnExchange = (name: FunctionalName): boolean => {
  const functional: Functional = FUNCTIONALS[name];
  return functional.hasOwnExchange ?? false;
};

export const isFunctional = (name: string): name is FunctionalName => Object.hasOwn(FUNCTIONALS, name);

/** Coarsest first. */
export const GRID_LEVELS = ["coarse", "medium", "fine", "finest"] as const;
export const GridLevel = z.enum(GRID_LEVELS);
export type GridLevel = z.infer<typeof GridLevel>;

/** The grid of an energy, and what it is worth. */
export const GridReport = z.strictObject({
  level: GridLevel,
  points: z.number().int(),
  /** What the points make of the number of electrons, less that number. */
  electronError: z.number(),
  /** What the energy may be off by, not negative; null where the field did not converge. */
  error_hartree: z.number().nullable(),
});
export type GridReport = z.infer<typeof GridReport>;

/** What a field has where it is one of Kohn and Sham. */
export const KohnShamReport = z.strictObject({
  functional: z.enum(Object.keys(FUNCTIONALS) as [FunctionalName, ...FunctionalName[]]),
  grid: GridReport,
  /** Of the functional, without the exact exchange. */
  xc_hartree: z.number(),
});
export type KohnShamReport = z.infer<typeof KohnShamReport>;
