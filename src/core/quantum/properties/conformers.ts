/** A property of a molecule that has several shapes: each evaluated, numbers averaged by their shares at room temperature. */
import { declarationOf, type PropertyId } from "#shared/properties/find.ts";
import { rankedValue } from "#shared/properties/property.ts";
import type { Optimisation } from "#shared/quantum/energy-result.ts";
import { type Compute, type EvaluatedCandidate, evaluateCandidate } from "./evaluate.ts";
import type { Candidate, OtherMolecule } from "./protocol.ts";
import { relaxation, whenRelaxed } from "./requests.ts";
import { averageOverShapes, type EvaluatedShape } from "./shape-average.ts";

/** A molecule in one of its shapes. */
export interface Conformation {
  readonly candidate: Candidate;
  /** Two where its mirror image is another shape of the same molecule. */
  readonly images: 1 | 2;
}

interface Asked {
  readonly compute: Compute;
  /** Basis set in which each shape is relaxed by Hartree–Fock first; absent: it stays as it is. */
  readonly relaxedIn?: string | undefined;
}

type OtherMolecules = Readonly<Record<string, OtherMolecule>>;

/** Other molecules of a formula where candidates are, so that energies at one kind of geometry are compared. */
async function relaxedMolecules(
  { molecules }: Candidate,
  { compute, relaxedIn }: Asked,
): Promise<OtherMolecules> {
  const found: Record<string, OtherMolecule> = {};
  for (const [name, molecule] of Object.entries(molecules ?? {})) {
    found[name] = molecule;
    if ("problem" in molecule || molecule.geometry.symbols.length === 1) continue;
    const { geometry, charge, multiplicity } = molecule;
    const start = relaxation(geometry, { charge, multiplicity }, relaxedIn);
    const { optimisation } = await compute(start, ["relaxed"]);
    found[name] = whereRelaxed(name, molecule, optimisation);
  }
  return found;
}

function whereRelaxed(
  name: string,
  molecule: Exclude<OtherMolecule, { problem: string }>,
  optimisation: Optimisation | null | undefined,
): OtherMolecule {
  if (optimisation?.outcome !== "converged") return { problem: `the geometry of ${name} was not relaxed` };
  const { geometry } = optimisation;
  const change = molecule.lostBond(geometry);
  return change === undefined ? { ...molecule, geometry } : { problem: `${name}: ${whenRelaxed(change)}` };
}

/** A candidate at its Hartree–Fock minimum, and other molecules at theirs, where that is asked for; without numbers where the candidate has none. */
async function evaluateShape(
  property: PropertyId,
  candidate: Candidate,
  asked: Asked,
): Promise<EvaluatedCandidate> {
  const { compute, relaxedIn } = asked;
  if (relaxedIn === undefined) return evaluateCandidate(property, candidate, compute);
  const { charge, multiplicity, definition } = candidate;
  const start = relaxation(candidate.geometry, { charge, multiplicity }, relaxedIn);
  const found = await compute(start, ["relaxed"]);
  const { optimisation } = found;
  const change =
    optimisation?.outcome === "converged" ? candidate.structures.lostBond(optimisation.geometry) : undefined;
  if (optimisation?.outcome === "converged" && change === undefined) {
    const molecules = await relaxedMolecules(candidate, asked);
    const { geometry } = optimisation;
    const moved = { ...candidate, geometry, structures: candidate.structures.at(geometry), molecules };
    return evaluateCandidate(property, moved, compute);
  }
  const named = { property, ...(definition && { definition }) };
  const declared = declarationOf(named);
  const { key } = rankedValue(declared, candidate.settings);
  const { name } = declared.states[0];
  return {
    evaluation: { ...named, outcome: "not-converged", states: { [name]: found }, values: { [key]: null } },
    reason: change === undefined ? "its geometry was not relaxed" : whenRelaxed(change),
    ...(change !== undefined && { isAnother: true }),
    geometries: { [name]: candidate.geometry },
  };
}

/**
 * Evaluates each shape and averages every number by the shares at 298.15 K of the molecules' energies in their first state, MP2 where
 * it was computed, else the field's, of Hartree–Fock or a functional with its dispersion (averageOverShapes).
 *
 * @param conformations of the same molecule, at least one @throws as evaluateCandidate. Cost: that of each.
 */
export async function evaluateConformers(
  property: PropertyId,
  conformations: readonly Conformation[],
  asked: Asked,
): Promise<EvaluatedCandidate> {
  const all: EvaluatedShape[] = [];
  for (const { candidate, images } of conformations)
    all.push({ images, evaluated: await evaluateShape(property, candidate, asked) });
  const [first, ...others] = all;
  if (!first) throw new Error("an evaluation of no conformer");
  if (others.length === 0) return first.evaluated;
  return averageOverShapes([first, ...others], rankedKey(property, conformations));
}

const rankedKey = (property: PropertyId, [first]: readonly Conformation[]): string => {
  const { definition, settings = {} } = first?.candidate ?? {};
  return rankedValue(declarationOf({ property, definition }), settings).key;
};
