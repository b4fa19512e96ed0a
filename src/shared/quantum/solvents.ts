/** Continuum solvents: which there are by name, how one is asked for, and what a field in one says of it. */
import { z } from "zod";
import { DomainError } from "../errors.ts";

interface NamedSolvent {
  readonly title: string;
  /** Static relative permittivity at 298 K. */
  readonly dielectric: number;
}

/**
 * Values of the Minnesota Solvent Descriptor Database (P. Winget, D. M. Dolney, D. J. Giesen, C. J. Cramer, D. G. Truhlar, 1999; as in
 * doi:10.1021/jp810292n), and of the last four, solvents of batteries, of K. Xu, doi:10.1021/cr030203g, tables 1 and 2.
 */
export const SOLVENTS = {
  water: { title: "water", dielectric: 78.3553 },
  dmso: { title: "dimethyl sulfoxide", dielectric: 46.826 },
  dmf: { title: "N,N-dimethylformamide", dielectric: 37.219 },
  acetonitrile: { title: "acetonitrile", dielectric: 35.688 },
  methanol: { title: "methanol", dielectric: 32.613 },
  ethanol: { title: "ethanol", dielectric: 24.852 },
  acetone: { title: "acetone", dielectric: 20.493 },
  dichloromethane: { title: "dichloromethane", dielectric: 8.93 },
  thf: { title: "tetrahydrofuran", dielectric: 7.4257 },
  chloroform: { title: "chloroform", dielectric: 4.7113 },
  toluene: { title: "toluene", dielectric: 2.3741 },
  cyclohexane: { title: "cyclohexane", dielectric: 2.0165 },
  "ethylene-carbonate": { title: "ethylene carbonate", dielectric: 89.78 },
  "propylene-carbonate": { title: "propylene carbonate", dielectric: 64.92 },
  "dimethyl-carbonate": { title: "dimethyl carbonate", dielectric: 3.107 },
  dimethoxyethane: { title: "1,2-dimethoxyethane", dielectric: 7.2 },
} as const satisfies Readonly<Record<string, NamedSolvent>>;

const NAMES = Object.keys(SOLVENTS) as [SolventName, ...SolventName[]];
export const SolventName = z.enum(NAMES);
export type SolventName = keyof typeof SOLVENTS;

/** Surface charges of a conductor times (ε − 1)/ε, or times (ε − 1)/(ε + ½). */
export const SolventModel = z.enum(["c-pcm", "cosmo"]);
export type SolventModel = z.infer<typeof SolventModel>;

/** By name or by its relative permittivity; default model C-PCM. */
export const SolventRequest = z.union([
  z.strictObject({ name: SolventName, model: SolventModel.exactOptional() }),
  z.strictObject({ dielectric: z.number().gt(1), model: SolventModel.exactOptional() }),
]);
export type SolventRequest = z.infer<typeof SolventRequest>;

export interface Continuum {
  /** null where it was given by its permittivity. */
  readonly name: SolventName | null;
  readonly dielectric: number;
  readonly model: SolventModel;
}

export function continuumOf(request: SolventRequest): Continuum {
  const { model = "c-pcm" } = request;
  return "name" in request
    ? { name: request.name, dielectric: SOLVENTS[request.name].dielectric, model }
    : { name: null, dielectric: request.dielectric, model };
}

/** What a conductor's charges are multiplied by. */
export const conductorFactor = ({ dielectric, model }: Pick<Continuum, "dielectric" | "model">): number =>
  (dielectric - 1) / (dielectric + (model === "cosmo" ? 0.5 : 0));

const MODEL_TITLES: Readonly<Record<SolventModel, string>> = { "c-pcm": "C-PCM", cosmo: "COSMO" };

/** "acetonitrile (C-PCM, ε = 35.688)". */
export const solventTitle = ({ name, dielectric, model }: Continuum): string =>
  `${name ? SOLVENTS[name].title : "a solvent"} (${MODEL_TITLES[model]}, ε = ${dielectric})`;

/** @throws DomainError `invalid-input` for what no solvent has */
export function checkDielectric(value: number): void {
  if (value > 1 && Number.isFinite(value)) return;
  const why =
    value === 1
      ? "1 is the gas phase: leave the solvent out"
      : value === Number.POSITIVE_INFINITY
        ? "a conductor is 1e9 to all digits"
        : `there are ${NAMES.join(", ")}`;
  throw new DomainError(
    "invalid-input",
    `Solvent: expected a relative permittivity above 1, got ${value}; ${why}.`,
    { dielectric: value },
  );
}

/**
 * Reads "acetonitrile", "37.5" or "eps=37.5".
 *
 * @throws DomainError `invalid-input` that lists the names
 */
export function readSolvent(text: string): { name: SolventName } | { dielectric: number } {
  const trimmed = text.trim().toLowerCase();
  const name = SolventName.safeParse(trimmed.replaceAll(/[\s_]+/g, "-"));
  if (name.success) return { name: name.data };
  const [, number = ""] = /^(?:eps=|ε=)?([-+.\da-z]+)$/.exec(trimmed) ?? [];
  const dielectric = /^[+-]?(inf|infinity)$/.test(number) ? Number.POSITIVE_INFINITY : Number(number || "?");
  if (Number.isNaN(dielectric))
    throw new DomainError(
      "invalid-input",
      `Solvent: expected a name or a relative permittivity such as 37.5, got "${text}". There are ${NAMES.join(", ")}.`,
      { text },
    );
  checkDielectric(dielectric);
  return { dielectric };
}

/** A field in a solvent. Energies in Hartree. */
export const SolventReport = z.strictObject({
  name: SolventName.nullable(),
  dielectric: z.number(),
  model: SolventModel,
  /** What the radii of the cavity's spheres are. */
  radii: z.string(),
  /** Charges on the surface. */
  points: z.number().int(),
  /** ½ Σ q v, which is part of the field's energy. */
  term_hartree: z.number(),
  /** The field that the orbitals in the solvent lead to in the gas phase; null where either did not converge. */
  gasPhase_hartree: z.number().nullable(),
  /** The field's energy less that in the gas phase, at one geometry. */
  solvation_hartree: z.number().nullable(),
});
export type SolventReport = z.infer<typeof SolventReport>;
