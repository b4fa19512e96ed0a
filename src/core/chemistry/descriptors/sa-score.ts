/**
 * Synthetic accessibility score: how common a molecule's fragments are, less penalties for size, stereo and rings.
 *
 * Ertl and Schuffenhauer, J. Cheminform. 1, 8 (2009), doi:10.1186/1758-2946-1-8, in the form of RDKit's Contrib/SA_Score with
 * its fragment table (resources/filters/sa-fragments.bin.gz).
 */
import { gunzipSync } from "node:zlib";
import { DomainError } from "#shared/errors.ts";
import type { MoleculeGraph } from "../toolkit/graph.ts";
import { morganEnvironments } from "./morgan.ts";

/** Scores of 705,292 fragments: sorted identifiers and, beside each, the index of its score. */
export interface FragmentScores {
  readonly identifiers: Uint32Array;
  readonly scoreIndices: Uint16Array;
  readonly scores: Float64Array;
}

/** Counts that RDKit finds more reliably than own code would. */
interface StructureCounts {
  stereocentres: number;
  spiroAtoms: number;
  bridgeheadAtoms: number;
}

const MAGIC = "SAF2";
const HEADER_BYTES = 12;
/** Of a fragment that the table does not hold. */
const UNKNOWN_FRAGMENT = -4;
const MACROCYCLE = 9;
const RAW_MIN = -4;
const RAW_MAX = 2.5;

/**
 * Reads the packed table: "SAF2", u32 fragments, u32 scores, f64 scores, LEB128 deltas of the sorted identifiers, LEB128
 * score indices; all little-endian, gzipped.
 *
 * @throws DomainError invalid-input where the bytes are not such a table.
 */
export function readFragmentScores(gzipped: Uint8Array): FragmentScores {
  const bytes = gunzipSync(gzipped);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.toString("latin1", 0, MAGIC.length) !== MAGIC) throw damaged(`it does not begin with ${MAGIC}`);
  const nFragments = view.getUint32(4, true);
  const nScores = view.getUint32(8, true);
  const scores = Float64Array.from({ length: nScores }, (_, i) =>
    view.getFloat64(HEADER_BYTES + 8 * i, true),
  );
  const identifiers = new Uint32Array(nFragments);
  const scoreIndices = new Uint16Array(nFragments);
  let at = HEADER_BYTES + 8 * nScores;
  const next = (): number => {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = bytes[at++];
      if (byte === undefined) throw damaged("it ends too early");
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  for (let i = 0, id = 0; i < nFragments; i++) identifiers[i] = id += next();
  for (let i = 0; i < nFragments; i++) scoreIndices[i] = next();
  return { identifiers, scoreIndices, scores };
}

const damaged = (what: string): DomainError =>
  new DomainError(
    "invalid-input",
    `The fragment table sa-fragments.bin.gz is damaged: ${what}. Reinstall it.`,
  );

/** @returns 1 (easy to make) … 10 (hard). */
export function saScore(graph: MoleculeGraph, counts: StructureCounts, table: FragmentScores): number {
  const environments = morganEnvironments(graph, 2);
  const nAtoms = graph.atoms.length;
  const total = environments.reduce((sum, id) => sum + fragmentScore(table, id), 0);
  const distinct = new Set(environments).size;
  const symmetry = nAtoms > distinct ? Math.log(nAtoms / distinct) * 0.5 : 0;
  const raw = total / environments.length - complexity(graph, counts) + symmetry;
  return scale(raw);
}

function complexity(graph: MoleculeGraph, counts: StructureCounts): number {
  const nAtoms = graph.atoms.length;
  const macrocycle = graph.rings.some((ring) => ring.length >= MACROCYCLE);
  return (
    nAtoms ** 1.005 -
    nAtoms +
    Math.log10(counts.stereocentres + 1) +
    Math.log10(counts.spiroAtoms + 1) +
    Math.log10(counts.bridgeheadAtoms + 1) +
    (macrocycle ? Math.log10(2) : 0)
  );
}

function scale(raw: number): number {
  const score = 11 - ((raw - RAW_MIN + 1) / (RAW_MAX - RAW_MIN)) * 9;
  const smooth = score > 8 ? 8 + Math.log(score - 8) : score;
  return Math.min(10, Math.max(1, smooth));
}

function fragmentScore({ identifiers, scoreIndices, scores }: FragmentScores, id: number): number {
  let low = 0;
  let high = identifiers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (identifiers[middle]! < id) low = middle + 1;
    else high = middle;
  }
  return identifiers[low] === id ? scores[scoreIndices[low]!]! : UNKNOWN_FRAGMENT;
}
