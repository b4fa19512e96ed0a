/** A property of a molecule that has several shapes: each evaluated, numbers averaged by their shares at room temperature. */
import { type Alternative, type Evaluation, isOwn } from "#shared/properties/evaluation.ts";
import { declarationOf, type PropertyId } from "#shared/properties/find.ts";
import { type PropertyNumbers, rankedValue } from "#shared/properties/property.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { boltzmannWeights } from "./boltzmann.ts";
import { type Compute, type EvaluatedCandidate, evaluateCandidate } from "./evaluate.ts";
import type { Candidate, OtherMolecule } from "./protocol.ts";
import { relaxation } from "./requests.ts";

/** Shapes that relax to energies this close are one, Hartree. */
const SAME_HARTREE = 1e-5;

/** Of the molecule as it was proposed, by MP2 where that was computed, Hartree; null where it did not converge. */
function energyOf({ evaluation }: EvaluatedCandidate): number | null {
  const state = evaluation.states[declarationOf(evaluation).states[0].name];
  if (!state || !isOwn(state) || state.hartreeFock.outcome !== "converged") return null;
  return state.mp2?.energy_hartree ?? state.hartreeFock.energy_hartree;
}

/** A molecule in one of its shapes. */
export interface Conformation {
  readonly candidate: Candidate;
  /** Two where its mirror image is another shape of the same molecule. */
  readonly images: 1 | 2;
}

interface Asked {
  readonly compute: Compute;
  /** Where each shape is relaxed to first; absent: nowhere. */
  readonly relaxed?: "hartree-fock" | undefined;
}

type OtherMolecules = Readonly<Record<string, OtherMolecule>>;

/** Other molecules of a formula where candidates are, so that energies at one kind of geometry are compared. */
async function relaxedMolecules({ molecules }: Candidate, compute: Compute): Promise<OtherMolecules> {
  const found: Record<string, OtherMolecule> = {};
  for (const [name, molecule] of Object.entries(molecules ?? {})) {
    found[name] = molecule;
    if ("problem" in molecule || molecule.geometry.symbols.length === 1) continue;
    const { geometry, ...electrons } = molecule;
    const { optimisation } = await compute(relaxation(geometry, electrons), ["relaxed"]);
    found[name] =
      optimisation?.outcome === "converged"
        ? { ...electrons, geometry: optimisation.geometry }
        : { problem: `the geometry of ${name} was not relaxed` };
  }
  return found;
}

/**
 * A candidate where its Hartree–Fock/6-31G* minimum is, and other molecules where theirs are, where that is asked for; without numbers
 * where the candidate has none.
 */
async function evaluateShape(
  property: PropertyId,
  candidate: Candidate,
  { compute, relaxed }: Asked,
): Promise<EvaluatedCandidate> {
  if (!relaxed) return evaluateCandidate(property, candidate, compute);
  const { charge, multiplicity, definition } = candidate;
  const found = await compute(relaxation(candidate.geometry, { charge, multiplicity }), ["relaxed"]);
  const { optimisation } = found;
  if (optimisation?.outcome === "converged") {
    const molecules = await relaxedMolecules(candidate, compute);
    const moved = { ...candidate, geometry: optimisation.geometry, molecules };
    return evaluateCandidate(property, moved, compute);
  }
  const asked = { property, ...(definition && { definition }) };
  const declared = declarationOf(asked);
  const { key } = rankedValue(declared, candidate.settings);
  const { name } = declared.states[0];
  return {
    evaluation: { ...asked, outcome: "not-converged", states: { [name]: found }, values: { [key]: null } },
    reason: "its geometry was not relaxed",
    geometries: { [name]: candidate.geometry },
  };
}

interface Shape {
  readonly images: 1 | 2;
  readonly evaluated: EvaluatedCandidate;
  /** From 1, in the order of the force field. */
  readonly number: number;
  readonly energy: number | null;
  /** The number of an earlier shape that is the same. */
  readonly sameAs: number | undefined;
}

function shapesOf(all: readonly Pick<Shape, "evaluated" | "images">[]): Shape[] {
  const energies = all.map(({ evaluated }) => energyOf(evaluated));
  return all.map(({ evaluated, images }, k) => {
    const energy = energies[k] ?? null;
    const earlier = energies.findIndex(
      (other, j) => j < k && other !== null && energy !== null && Math.abs(other - energy) < SAME_HARTREE,
    );
    return { evaluated, images, number: k + 1, energy, sameAs: earlier < 0 ? undefined : earlier + 1 };
  });
}

/** Σ w v over those that have a number, for each number of the property. */
function averaged(shapes: readonly Shape[], weights: readonly number[]): PropertyNumbers {
  const keys = new Set(shapes.flatMap(({ evaluated }) => Object.keys(evaluated.evaluation.values)));
  const of = (key: string): number | null => {
    const known = shapes.flatMap(({ evaluated }, k) => {
      const value = evaluated.evaluation.values[key] ?? null;
      return value === null ? [] : [{ value, weight: weights[k] ?? 0 }];
    });
    const share = known.reduce((sum, { weight }) => sum + weight, 0);
    return share > 0 ? known.reduce((sum, { value, weight }) => sum + value * weight, 0) / share : null;
  };
  return Object.fromEntries([...keys].map((key) => [key, of(key)]));
}

/** What is said of a shape beside its number and its share. */
function remarkOf(
  { evaluated, energy, sameAs, images }: Shape,
  lowest: number,
  value: number | null,
): string {
  if (sameAs !== undefined) return `the same as conformer ${sameAs} once relaxed`;
  if (energy === null || value === null) return evaluated.reason ?? "it did not converge";
  const mirrored = images === 2 ? ", counted with its mirror image" : "";
  return `${toKcalPerMol(energy - lowest).toFixed(2)} kcal/mol above the lowest${mirrored}`;
}

/**
 * Evaluates each shape and averages every number by the shares at 298.15 K of the molecules' energies in their first state, MP2 where
 * it was computed, else Hartree–Fock. Shapes that relax to one are counted once; those without a number have no share. States are those
 * of the shape with the largest share.
 *
 * @param conformations of the same molecule, at least one @throws as evaluateCandidate. Cost: that of each.
 */
export async function evaluateConformers(
  property: PropertyId,
  conformations: readonly Conformation[],
  { compute, relaxed }: Asked,
): Promise<EvaluatedCandidate> {
  const all: Pick<Shape, "evaluated" | "images">[] = [];
  for (const { candidate, images } of conformations)
    all.push({ images, evaluated: await evaluateShape(property, candidate, { compute, relaxed }) });
  const [first] = all;
  if (!first) throw new Error("an evaluation of no conformer");
  return all.length === 1 ? first.evaluated : combined(all, rankedKey(property, conformations));
}

const rankedKey = (property: PropertyId, [first]: readonly Conformation[]): string => {
  const { definition, settings = {} } = first?.candidate ?? {};
  return rankedValue(declarationOf({ property, definition }), settings).key;
};

function combined(all: readonly Pick<Shape, "evaluated" | "images">[], key: string): EvaluatedCandidate {
  const shapes = shapesOf(all);
  const numberOf = ({ evaluated }: Shape): number | null => evaluated.evaluation.values[key] ?? null;
  const counted = (shape: Shape): boolean => shape.sameAs === undefined && numberOf(shape) !== null;
  const energies = shapes.map((shape) => (counted(shape) ? shape.energy : null));
  if (energies.every((energy) => energy === null)) {
    // There is one at least.
    return all[0]!.evaluated;
  }
  const weights = boltzmannWeights(
    energies,
    shapes.map(({ images }) => images),
  );
  const lowest = Math.min(...energies.filter((energy) => energy !== null));
  const main = weights.indexOf(Math.max(...weights));
  const alternatives = shapes.map((shape, k): Alternative => {
    const value = numberOf(shape);
    const told = { name: `conformer ${shape.number}`, value, remark: remarkOf(shape, lowest, value) };
    // A weight for each shape.
    return counted(shape) ? { ...told, weight: weights[k]! } : told;
  });
  // The largest weight is one of theirs.
  const { evaluation, ...others } = shapes[main]!.evaluated;
  const made: Evaluation = { ...evaluation, values: { ...averaged(shapes, weights) }, alternatives };
  return { ...others, evaluation: made };
}
