/**
 * Circular environments (extended connectivity) with the identifiers of RDKit's Morgan generator, unfolded.
 *
 * Rogers and Hahn, J. Chem. Inf. Model. 50, 742 (2010), doi:10.1021/ci100050t. RDKit's WebAssembly build only gives folded
 * fingerprints, but fragment tables such as the SA score's are keyed by the unfolded 32-bit identifiers.
 */
import type { MoleculeGraph } from "../toolkit/graph.ts";

/**
 * Identifiers of the distinct atom environments up to a radius, with repetitions.
 *
 * @param graph hydrogens implicit
 * @param radius in bonds, 0 and more
 * @returns unsigned 32-bit identifiers, one an environment; equal ones mean equal environments at different places.
 * Isotope labels are not looked at.
 */
export function morganEnvironments(graph: MoleculeGraph, radius: number): number[] {
  const ends = incidentBonds(graph);
  let invariants = atomInvariants(graph, ends);
  const identifiers = [...invariants];
  const seen = new Set<bigint>();
  const dead = graph.atoms.map((_, i) => ends[i]!.length === 0);
  let bondSets = graph.atoms.map(() => 0n);

  for (let layer = 0; layer < radius; layer++) {
    const grown = [...bondSets];
    const next = graph.atoms.map(() => 0);
    const found: { bonds: bigint; identifier: number; atom: number }[] = [];
    for (let atom = 0; atom < graph.atoms.length; atom++) {
      if (dead[atom]) continue;
      for (const { bond, other } of ends[atom]!) grown[atom]! |= (1n << BigInt(bond)) | bondSets[other]!;
      next[atom] = environmentHash(layer, atom, { graph, ends, invariants });
      found.push({ bonds: grown[atom]!, identifier: next[atom]!, atom });
    }
    // Of the environments that cover the same bonds the smallest identifier counts; the other centres stop growing.
    found.sort((a, b) => compare(a.bonds, b.bonds) || a.identifier - b.identifier || a.atom - b.atom);
    for (const { bonds, identifier, atom } of found) {
      if (seen.has(bonds)) dead[atom] = true;
      else {
        seen.add(bonds);
        identifiers.push(identifier);
      }
    }
    invariants = next;
    bondSets = grown;
  }
  return identifiers;
}

interface Incidence {
  bond: number;
  other: number;
}

function incidentBonds(graph: MoleculeGraph): Incidence[][] {
  const lists: Incidence[][] = graph.atoms.map(() => []);
  graph.bonds.forEach(({ begin, end }, bond) => {
    lists[begin]!.push({ bond, other: end });
    lists[end]!.push({ bond, other: begin });
  });
  return lists;
}

/** Hash of element, total degree, hydrogens, charge, (no) isotope shift and ring membership. */
function atomInvariants(graph: MoleculeGraph, ends: readonly Incidence[][]): number[] {
  const inRing = new Set(graph.rings.flat());
  return graph.atoms.map((atom, i) => {
    const parts = [atom.z, ends[i]!.length + atom.hydrogens, atom.hydrogens, atom.charge, 0];
    if (inRing.has(i)) parts.push(1);
    return parts.reduce(hashCombine, 0);
  });
}

function environmentHash(
  layer: number,
  atom: number,
  {
    graph,
    ends,
    invariants,
  }: { graph: MoleculeGraph; ends: readonly Incidence[][]; invariants: readonly number[] },
): number {
  const around = ends[atom]!.map(({ bond, other }) => ({
    type: graph.bonds[bond]!.type,
    invariant: invariants[other]!,
  }));
  around.sort((a, b) => a.type - b.type || a.invariant - b.invariant);
  return around.reduce(
    (hash, { type, invariant }) => hashCombine(hash, hashCombine(hashCombine(0, type), invariant)),
    hashCombine(layer, invariants[atom]!),
  );
}

/** boost::hash_combine on 32 bits. */
const hashCombine = (seed: number, value: number): number =>
  (seed ^ ((value | 0) + 0x9e3779b9 + (seed << 6) + (seed >>> 2))) >>> 0;

const compare = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);
