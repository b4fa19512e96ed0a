/**
 * The descriptors of a molecule as a graph, one entry each: schema, notebook, search, table, filter, exports and forms are made of this
 * table; core/chemistry/descriptors/values.ts computes them. Names follow RDKit. The order is that of JSON, SQL and exports.
 */

export interface DescriptorEntry {
  /** As people call it, e.g. "SA score". */
  title: string;
  /** In the head of a table and in the report; the title, unless told. */
  symbol?: string;
  /** As people write it; absent where there is none. */
  unit?: string;
  /** What it is and between which ends, in one line; absent where the title says it. */
  meaning?: string;
  values: "whole" | "real";
  /** Decimals in exports, on a candidate's page, in the table of candidates and in the report; whoever is not named does not show it. */
  decimals: { export: number; page?: number; table?: number; report?: number };
  /** In CSV and SDF, with its unit. */
  exportName: string;
  /** In the notebook's table of molecules. */
  column: string;
  /** For all but the first twelve: the number of the notebook's schema that brought the column. Molecules of before have no value. */
  since?: number;
  /** Where the filter can ask for a least or a greatest value. */
  bounds?: DescriptorBounds;
}

export interface DescriptorBounds {
  /** The filter's name for it, which records keep. */
  rule: string;
  sides: readonly BoundSide[];
  /** What a bound may be, ends included; any number, unless told. */
  least?: number;
  greatest?: number;
  /** The bound where nothing is said; without it the rule is off. */
  usual?: number;
  /** Of the field in the form; 1, unless told. */
  step?: number;
}

export type BoundSide = "min" | "max";

export const DESCRIPTOR_TABLE = {
  exactMass_dalton: {
    title: "Exact mass",
    symbol: "m",
    unit: "Da",
    meaning: "Mass of the most common isotopes",
    values: "real",
    decimals: { export: 5, report: 4 },
    exportName: "exact_mass_dalton",
    column: "exact_mass_dalton",
  },
  molecularWeight_dalton: {
    title: "Molecular weight",
    symbol: "MW",
    unit: "Da",
    meaning: "Molecular weight, average over natural isotopes; 1 Da is 1 g/mol",
    values: "real",
    decimals: { export: 3, page: 2, table: 1 },
    exportName: "molecular_weight_dalton",
    column: "molecular_weight_dalton",
  },
  heavyAtoms: {
    title: "Heavy atoms",
    values: "whole",
    decimals: { export: 0, page: 0 },
    exportName: "heavy_atoms",
    column: "heavy_atoms",
  },
  rotatableBonds: {
    title: "Rotatable bonds",
    values: "whole",
    decimals: { export: 0, page: 0 },
    exportName: "rotatable_bonds",
    column: "rotatable_bonds",
    bounds: { rule: "rotatable-bonds", sides: ["max"], least: 0 },
  },
  ringCount: {
    title: "Rings",
    values: "whole",
    decimals: { export: 0, page: 0 },
    exportName: "rings",
    column: "ring_count",
  },
  hydrogenBondDonors: {
    title: "H-bond donors",
    values: "whole",
    decimals: { export: 0, page: 0 },
    exportName: "h_bond_donors",
    column: "hydrogen_bond_donors",
  },
  hydrogenBondAcceptors: {
    title: "H-bond acceptors",
    values: "whole",
    decimals: { export: 0, page: 0 },
    exportName: "h_bond_acceptors",
    column: "hydrogen_bond_acceptors",
  },
  logP: {
    title: "logP",
    meaning: "Crippen's estimate of log P (octanol/water)",
    values: "real",
    decimals: { export: 4, page: 2, table: 2, report: 2 },
    exportName: "logp",
    column: "log_p",
    bounds: { rule: "logp", sides: ["min", "max"], step: 0.5 },
  },
  tpsa_angstrom2: {
    title: "TPSA",
    unit: "Å²",
    meaning: "Topological polar surface area",
    values: "real",
    decimals: { export: 2, page: 1 },
    exportName: "tpsa_angstrom2",
    column: "tpsa_angstrom2",
    bounds: { rule: "tpsa", sides: ["max"], least: 0, step: 10 },
  },
  qed: {
    title: "QED",
    // doi:10.1038/nchem.1243
    meaning: "Quantitative estimate of drug-likeness, 0 to 1",
    values: "real",
    decimals: { export: 4, page: 3, table: 2, report: 2 },
    exportName: "qed",
    column: "qed",
    bounds: { rule: "qed", sides: ["min"], least: 0, greatest: 1, step: 0.05 },
  },
  saScore: {
    title: "SA score",
    symbol: "SA",
    // doi:10.1186/1758-2946-1-8
    meaning: "Synthetic accessibility, 1 (easy) to 10",
    values: "real",
    decimals: { export: 4, page: 2, table: 2, report: 2 },
    exportName: "sa_score",
    column: "sa_score",
    bounds: { rule: "sa-score", sides: ["max"], least: 1, greatest: 10, usual: 6, step: 0.5 },
  },
} as const satisfies Record<string, DescriptorEntry>;
