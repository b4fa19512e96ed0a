/** Potentials of couples that differ by one electron, in a solvent, against a reference electrode. */
import { z } from "zod";
import { SolventName } from "../quantum/solvents.ts";
import { FUNCTIONAL_NAMES, functionalLevel, functionalValue, functionalWords } from "./functional-level.ts";
import { leftOutWarning } from "./left-out.ts";
import type { PropertyDeclaration } from "./property.ts";
import {
  REFERENCE_ELECTRODE_NAMES,
  REFERENCE_ELECTRODES,
  type ReferenceElectrodeName,
} from "./reference-electrodes.ts";

const SETTINGS = {
  method: z
    .enum(FUNCTIONAL_NAMES)
    .default("b3lyp")
    .meta({ title: "By", description: "the density functional, with D3(BJ) where it was fitted to it" }),
  solvent: SolventName.default("acetonitrile").meta({
    title: "Solvent",
    description: "a continuum (C-PCM) around both states",
  }),
  reference: z
    .enum(REFERENCE_ELECTRODE_NAMES)
    .default("she")
    .meta({ title: "Reference electrode", description: "SHE, Fc⁺/Fc or Li⁺/Li" }),
  nuclei: z.enum(["relaxed", "hf-3c", "vertical"]).default("relaxed").meta({
    title: "Nuclei",
    description:
      "relaxed: each state at a minimum of its own by Hartree–Fock/6-31G*; hf-3c: by HF-3c, up to argon, in a fraction of the time; vertical: both at the molecule's geometry",
  }),
} as const;

interface Couple {
  readonly id: "oxidation-potential" | "reduction-potential";
  readonly ion: "cation" | "anion";
  readonly symbol: string;
  /** Of the ion: "⁺". */
  readonly sign: string;
}

const statesOf = ({ ion, sign }: Couple) =>
  [
    { name: "molecule", isMinimum: true, title: "Molecule, relaxed", symbol: "E(M, gas)" },
    {
      name: ion,
      isNumbered: true,
      isMinimum: true,
      title: `The ${ion}, relaxed`,
      symbol: `E(M${sign}, gas)`,
    },
    { name: "molecule-energy", title: "Molecule in the solvent", symbol: "E(M)" },
    { name: `${ion}-energy`, isNumbered: true, title: `The ${ion} in the solvent`, symbol: `E(M${sign})` },
    { name: "neutral", title: "Molecule in the solvent, as it is", symbol: "E(M)" },
    {
      name: `vertical-${ion}`,
      title: `The ${ion} in the solvent, at the molecule's geometry`,
      symbol: `E(M${sign})`,
    },
    { name: `vertical-${ion}-high`, title: `The ${ion} of higher spin`, symbol: `E(M${sign}, high spin)` },
  ] as const satisfies PropertyDeclaration["states"];

/** A potential and its protocol's words; both couples have the same. */
export function redoxPotential<Id extends Couple["id"]>(couple: Couple & { readonly id: Id }) {
  const { id, ion, symbol, sign } = couple;
  const [word] = id.split("-") as ["oxidation" | "reduction"];
  const title = `${word === "oxidation" ? "Oxidation" : "Reduction"} potential`;
  const written = ion === "cation" ? `M${sign} + e⁻ → M` : `M + e⁻ → M${sign}`;
  const states = statesOf(couple);
  return {
    id,
    title,
    plural: `${title}s`,
    name: `${word} potential`,
    symbol,
    abbreviation: `${word} potential`,
    objective: id,
    field: `${word}Potential_volt`,
    unit: "V",
    digits: 2,
    better: word === "oxidation" ? "maximise" : "minimise",
    settings: SETTINGS,
    basis: word === "oxidation" ? "6-31g*" : "6-31+g*",
    states,
    values: [
      functionalValue(
        { key: `${word}Potential_volt`, document: `${word}Potential`, column: `${word}_potential`, symbol },
        { treatment: "both states in the solvent" },
      ),
    ],
    warning: leftOutWarning(states),
    definition: `of the couple ${written}, against the reference electrode`,
    lead: `${written} in a solvent by a density functional, electronic energies, against a reference electrode.`,
    method: (_: string, __: unknown, settings: Readonly<Record<string, unknown>> = {}) => {
      const level = functionalLevel(settings);
      const electrode = REFERENCE_ELECTRODES[(settings.reference ?? "she") as ReferenceElectrodeName];
      const by = settings.nuclei === "hf-3c" ? "HF-3c" : "Hartree–Fock/6-31G*";
      const where =
        settings.nuclei === "vertical"
          ? "both at the molecule's geometry"
          : `each where ${by} relaxes it to in the gas phase`;
      const energies = level ? `, ${functionalWords(level)}` : "";
      return `potential of ${written} against ${electrode.title} (absolute ${electrode.absolute_volt} V): difference of the electronic energies of both states${energies}, ${where}, per electron, less the absolute potential; thermal terms are not in it`;
    },
    expectedError: {
      sentence: "some tenths of a volt, much of it the same for related molecules",
      mean: null,
      testSet: null,
    },
    cost: "Two relaxations by Hartree–Fock/6-31G* or HF-3c and two energies by a functional in a solvent; vertical: the energies alone. The ion's, searched from several starts, takes most.",
  } as const satisfies PropertyDeclaration;
}
