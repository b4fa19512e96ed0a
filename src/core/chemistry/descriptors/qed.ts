/**
 * Quantitative estimate of drug-likeness: a weighted geometric mean of eight desirabilities.
 *
 * Bickerton et al., Nature Chem. 4, 90 (2012), doi:10.1038/nchem.1243, with the parameters and mean weights of RDKit's QED
 * module (resources/filters/qed.json).
 */

import { compilePattern, countMatches, matches, type Pattern } from "../patterns/patterns.ts";
import { AROMATIC_BOND, countComponents, type MoleculeGraph, SINGLE_BOND } from "../toolkit/graph.ts";
import type { Mol, RDKit } from "../toolkit/rdkit.ts";

/** Asymmetric double sigmoid; DMAX is its largest value. */
interface Desirability {
  A: number;
  B: number;
  C: number;
  D: number;
  E: number;
  F: number;
  DMAX: number;
}

const PROPERTIES = ["MW", "ALOGP", "HBA", "HBD", "PSA", "ROTB", "AROM", "ALERTS"] as const;
type Property = (typeof PROPERTIES)[number];

/** The contents of qed.json. */
export interface QedParameters {
  weights: Record<Property, number>;
  desirability: Record<Property, Desirability>;
  acceptorSmarts: string[];
  alertSmarts: string[];
}

export interface QedModel {
  readonly parameters: QedParameters;
  readonly acceptors: readonly Pattern[];
  readonly alerts: readonly Pattern[];
}

/** What RDKit already computed. */
interface QedInput {
  molecularWeight: number;
  logP: number;
  hydrogenBondDonors: number;
  tpsa: number;
  rotatableBonds: number;
}

export function compileQed(rdkit: RDKit, parameters: QedParameters): QedModel {
  return {
    parameters,
    acceptors: parameters.acceptorSmarts.map((smarts) => compilePattern(rdkit, smarts)),
    alerts: parameters.alertSmarts.map((smarts) => compilePattern(rdkit, smarts)),
  };
}

/** @returns 0 … 1. `bits`: the molecule's pattern fingerprint. */
export function qed(
  model: QedModel,
  { mol, bits, graph, input }: { mol: Mol; bits: Uint32Array; graph: MoleculeGraph; input: QedInput },
): number {
  const values: Record<Property, number> = {
    MW: input.molecularWeight,
    ALOGP: input.logP,
    HBA: model.acceptors.reduce((sum, pattern) => sum + countMatches(mol, bits, pattern), 0),
    HBD: input.hydrogenBondDonors,
    PSA: input.tpsa,
    ROTB: input.rotatableBonds,
    AROM: aromaticRings(graph),
    ALERTS: model.alerts.filter((pattern) => matches(mol, bits, pattern)).length,
  };
  const { weights, desirability } = model.parameters;
  let sum = 0;
  let weight = 0;
  for (const property of PROPERTIES) {
    sum += weights[property] * Math.log(desirabilityOf(values[property], desirability[property]));
    weight += weights[property];
  }
  return Math.exp(sum / weight);
}

function desirabilityOf(x: number, { A, B, C, D, E, F, DMAX }: Desirability): number {
  const rise = 1 + Math.exp(-(x - C + D / 2) / E);
  const fall = 1 + Math.exp(-(x - C - D / 2) / F);
  return (A + (B / rise) * (1 - 1 / fall)) / DMAX;
}

/**
 * Rings left (bonds − atoms + components) when the aliphatic ring atoms with a single bond to a non-aromatic atom are taken
 * away: RDKit's definition of AROM, which now and then differs from the number of aromatic rings.
 */
function aromaticRings(graph: MoleculeGraph): number {
  const aromatic = new Set(
    graph.bonds.filter((b) => b.type === AROMATIC_BOND).flatMap((b) => [b.begin, b.end]),
  );
  const gone = new Set<number>();
  const aliphaticRing = new Set(graph.rings.flat().filter((atom) => !aromatic.has(atom)));
  for (const { begin, end, type } of graph.bonds) {
    if (type !== SINGLE_BOND) continue;
    if (aliphaticRing.has(begin) && !aromatic.has(end)) gone.add(begin);
    if (aliphaticRing.has(end) && !aromatic.has(begin)) gone.add(end);
  }
  const bonds = graph.bonds.filter((b) => !gone.has(b.begin) && !gone.has(b.end)).length;
  return bonds - (graph.atoms.length - gone.size) + countComponents(graph, (atom) => !gone.has(atom));
}
