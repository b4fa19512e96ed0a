/** How good a set of samples is: the measures of MOSES (doi:10.3389/fphar.2020.565644) without its neural-network distance. */
import { createHash } from "node:crypto";
import type { Chemistry } from "#core/chemistry/chemistry.ts";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { loadRdkit, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import type { Descriptors } from "#shared/molecule/molecule.ts";
import { murckoScaffold } from "../molecules/scaffold.ts";
import { createTurns } from "../threads/turns.ts";
import { morganFingerprint, tanimoto } from "./fingerprint.ts";
import { COMPARED_PROPERTIES, type ComparedProperty, type ReferenceSet } from "./reference-set.ts";

export interface GenerationMetrics {
  samples: number;
  /** Share of samples that RDKit accepts; null, as all below, where there is nothing to measure it on. */
  validity: number | null;
  /** Different canonical SMILES among the first 1,000 (10,000) valid ones; null with fewer. */
  uniquenessAt1k: number | null;
  uniquenessAt10k: number | null;
  /** Different molecules among all valid ones. */
  uniqueness: number | null;
  /** Share of the different molecules that were not in the training set; null without a reference set. */
  novelty: number | null;
  /** Share of the different molecules without an alert of the catalogue. */
  alertsPassed: Record<(typeof CATALOGUES)[number], number | null>;
  /** 1 − mean Tanimoto similarity of two of at most 1,000 different molecules, evenly spread over the samples. */
  internalDiversity: number | null;
  /** Mean similarity of those to their nearest neighbour among the reference fingerprints. */
  nearestNeighbour: number | null;
  /** Cosine of the scaffold frequencies with those of the reference set. */
  scaffoldSimilarity: number | null;
  /** Wasserstein-1 distance of each property's distribution from the reference set, in the property's unit. */
  distances: Record<ComparedProperty, number> | null;
}

const FINGERPRINTED = 1000;
const CATALOGUES = ["pains", "brenk", "nih"] as const;

/** A different valid molecule of the samples. */
interface Measured {
  descriptors: Descriptors;
  alerts: ReadonlySet<string>;
  scaffold: string;
  fingerprint: Uint32Array | null;
}

/**
 * Measures samples. Costs about 1 ms a sample and 5 ms for each different molecule.
 * @param smiles as sampled, in order
 */
export async function measureSamples(
  smiles: readonly string[],
  {
    chemistry,
    reference,
    signal,
  }: {
    chemistry: Chemistry;
    reference: ReferenceSet | null;
    signal?: AbortSignal | undefined;
  },
): Promise<GenerationMetrics> {
  const rdkit = await loadRdkit();
  const valid: string[] = [];
  const turn = createTurns(signal);
  for (const text of smiles) {
    await turn();
    const canonical = chemistry.canonicalSmiles(text);
    if (canonical !== null) valid.push(canonical);
  }
  const different = [...new Set(valid)];
  const measured: Measured[] = [];
  const fingerprinted = new Set(spread(different, FINGERPRINTED));
  for (const molecule of different) {
    await turn();
    const withFingerprint = fingerprinted.has(molecule);
    const one = measureMolecule(molecule, { rdkit, chemistry, withFingerprint });
    if (one) measured.push(one);
  }
  const fingerprints = measured.map((m) => m.fingerprint).filter((f) => f !== null);
  return {
    samples: smiles.length,
    validity: ratio(valid.length, smiles.length),
    uniquenessAt1k: uniquenessAt(valid, 1000),
    uniquenessAt10k: uniquenessAt(valid, 10_000),
    uniqueness: ratio(different.length, valid.length),
    novelty: reference && share(different, (molecule) => !reference.known.has(molecule)),
    alertsPassed: Object.fromEntries(
      CATALOGUES.map((catalogue) => [catalogue, share(measured, (m) => !m.alerts.has(catalogue))]),
    ) as GenerationMetrics["alertsPassed"],
    internalDiversity: await internalDiversity(fingerprints, turn),
    nearestNeighbour: reference && (await nearestNeighbour(fingerprints, reference.fingerprints, turn)),
    scaffoldSimilarity: reference && cosine(scaffoldCounts(measured), reference.scaffolds),
    distances: measured.length > 0 && reference ? distances(measured, reference) : null,
  };
}

function measureMolecule(
  smiles: string,
  { rdkit, chemistry, withFingerprint }: { rdkit: RDKit; chemistry: Chemistry; withFingerprint: boolean },
): Measured | undefined {
  const described = chemistry.describe(smiles);
  const parsed = parseSmiles(rdkit, smiles);
  if (described.outcome === "invalid" || isInvalid(parsed)) return undefined;
  using mol = parsed;
  return {
    descriptors: described.descriptors,
    alerts: new Set(described.alerts.map((alert) => alert.catalogue)),
    scaffold: murckoScaffold(rdkit, mol),
    fingerprint: withFingerprint ? morganFingerprint(mol) : null,
  };
}

/** At most `count` of the items, evenly spread over them: samples come as they are finished, the short ones first. */
const spread = <T>(items: readonly T[], count: number): T[] =>
  items.length <= count
    ? [...items]
    : Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]!);
const ratio = (part: number, whole: number) => (whole === 0 ? null : part / whole);
const share = <T>(items: readonly T[], test: (item: T) => boolean) =>
  ratio(items.filter(test).length, items.length);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const uniquenessAt = (valid: readonly string[], n: number) =>
  valid.length < n ? null : new Set(valid.slice(0, n)).size / n;

type Turn = () => Promise<void>;

async function internalDiversity(fingerprints: readonly Uint32Array[], turn: Turn): Promise<number | null> {
  if (fingerprints.length < 2) return null;
  let sum = 0;
  for (const [i, a] of fingerprints.entries()) {
    await turn();
    for (let j = 0; j < i; j++) sum += tanimoto(a, fingerprints[j]!);
  }
  return 1 - sum / ((fingerprints.length * (fingerprints.length - 1)) / 2);
}

async function nearestNeighbour(
  fingerprints: readonly Uint32Array[],
  reference: readonly Uint32Array[],
  turn: Turn,
): Promise<number | null> {
  if (fingerprints.length === 0) return null;
  const nearest: number[] = [];
  for (const a of fingerprints) {
    await turn();
    nearest.push(reference.reduce((best, b) => Math.max(best, tanimoto(a, b)), 0));
  }
  return mean(nearest);
}

/** The name of a scaffold in the reference set: 36 bits of a hash, so that no structure is shipped. */
const scaffoldHash = (scaffold: string): string =>
  createHash("sha256").update(scaffold).digest("base64url").slice(0, 6);

/** How often each scaffold occurs; molecules without rings are left out, as in MOSES. */
export function scaffoldCounts(molecules: readonly { scaffold: string }[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { scaffold } of molecules)
    if (scaffold) counts.set(scaffoldHash(scaffold), (counts.get(scaffoldHash(scaffold)) ?? 0) + 1);
  return counts;
}

function cosine(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): number | null {
  let product = 0;
  for (const [key, count] of a) product += count * (b.get(key) ?? 0);
  const length = (counts: ReadonlyMap<string, number>) => Math.hypot(...counts.values());
  return ratio(product, length(a) * length(b));
}

const distances = (measured: readonly Measured[], reference: ReferenceSet) =>
  Object.fromEntries(
    COMPARED_PROPERTIES.map((property) => [
      property,
      wasserstein(
        measured.map((m) => m.descriptors[property]),
        reference.quantiles[property],
      ),
    ]),
  ) as Record<ComparedProperty, number>;

/**
 * Wasserstein-1 distance: the mean distance of the quantiles of both distributions.
 * @param quantiles of the reference at (i + 0.5) / n
 */
export function wasserstein(values: readonly number[], quantiles: readonly number[]): number {
  const own = quantilesOf(values, quantiles.length);
  return mean(quantiles.map((q, i) => Math.abs(q - own[i]!)));
}

/** Quantiles at (i + 0.5) / n, linear between the sorted values, which stand at (k + 0.5) / values.length. */
export function quantilesOf(values: readonly number[], n: number): number[] {
  const sorted = Float64Array.from(values).sort();
  return Array.from({ length: n }, (_, i) => {
    const at = Math.min(sorted.length - 1, Math.max(0, ((i + 0.5) / n) * sorted.length - 0.5));
    const low = Math.floor(at);
    return sorted[low]! + (at - low) * ((sorted[low + 1] ?? sorted[low]!) - sorted[low]!);
  });
}
