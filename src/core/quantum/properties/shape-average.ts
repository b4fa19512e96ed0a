/** One evaluation of a molecule in several shapes: each number averaged by their shares at room temperature. */
import { type Alternative, type Evaluation, moleculeIfAny } from "#shared/properties/evaluation.ts";
import type { PropertyNumbers } from "#shared/properties/property.ts";
import type { EnergyResult } from "#shared/quantum/energy-result.ts";
import { fieldEnergy } from "#shared/quantum/method-energy.ts";
import { toKcalPerMol } from "#shared/units.ts";
import { boltzmannWeights } from "./boltzmann.ts";
import type { EvaluatedCandidate } from "./evaluate.ts";

/** Shapes that relax to energies this close are one, Hartree. */
const SAME_HARTREE = 1e-5;

/** The molecule has a number where shapes of at least this share together have it. */
const LEAST_SHARE = 0.9;

/** Of the molecule as it was proposed; undefined where that, or its minimum, was not reached, or it became another molecule there. */
function reachedMolecule({ evaluation, isAnother }: EvaluatedCandidate): EnergyResult | undefined {
  const state = moleculeIfAny(evaluation);
  if (isAnother || state?.hartreeFock.outcome !== "converged") return undefined;
  return state.optimisation && state.optimisation.outcome !== "converged" ? undefined : state;
}

/** Of each shape, all by MP2 where any was computed by it, else of the field with its dispersion, Hartree; null where it is not known. */
function energiesOf(all: readonly EvaluatedShape[]): (number | null)[] {
  const states = all.map(({ evaluated }) => reachedMolecule(evaluated));
  const byMp2 = states.some((state) => state?.mp2);
  return states.map((state) => {
    if (byMp2 || !state) return state?.mp2?.energy_hartree ?? null;
    return fieldEnergy(state);
  });
}

/** A molecule in one of its shapes, evaluated as if it were alone. */
export interface EvaluatedShape {
  readonly evaluated: EvaluatedCandidate;
  /** Two where its mirror image is another shape of the same molecule. */
  readonly images: 1 | 2;
}

interface Shape extends EvaluatedShape {
  /** From 1, in the order of the force field. */
  readonly number: number;
  readonly energy: number | null;
  /** That is ranked by. */
  readonly value: number | null;
  /** Whether it has the number, within all limits. */
  readonly isSound: boolean;
  /** The number of another shape that is the same and is counted for both. */
  readonly sameAs: number | undefined;
  /** Of the molecules, 0 to 1; 0 where the energy is not known, or another is counted. */
  readonly share: number;
}

/** @param key of the number that is ranked by */
function shapesOf(all: readonly EvaluatedShape[], key: string): Shape[] {
  const energies = energiesOf(all);
  const found = all.map(({ evaluated, images }, k) => {
    const { outcome, values } = evaluated.evaluation;
    const [energy = null, value] = [energies[k], values[key] ?? null];
    const isSound = outcome === "converged" && energy !== null && value !== null;
    return { evaluated, images, energy, value, isSound };
  });
  const isAlike = (a: number | null, b: number | null): boolean =>
    a !== null && b !== null && Math.abs(a - b) < SAME_HARTREE;
  /** Of those alike the first that has the number, else the first. */
  const counted = found.map(({ energy }, k) => {
    const alike = [...found.keys()].filter((j) => isAlike(found[j]?.energy ?? null, energy));
    return alike.find((j) => found[j]?.isSound) ?? alike[0] ?? k;
  });
  const shares = boltzmannWeights(
    found.map(({ energy }, k) => (counted[k] === k ? energy : null)),
    found.map(({ images }) => images),
  );
  return found.map((shape, k) => {
    const other = counted[k] ?? k;
    return { ...shape, number: k + 1, sameAs: other === k ? undefined : other + 1, share: shares[k] ?? 0 };
  });
}

const total = (shapes: readonly Shape[]): number => shapes.reduce((sum, { share }) => sum + share, 0);

/** Σ w v over those that have a number, for each number of the property; null where too few have it. */
function averaged(shapes: readonly Shape[]): PropertyNumbers {
  const keys = new Set(shapes.flatMap(({ evaluated }) => Object.keys(evaluated.evaluation.values)));
  const of = (key: string): number | null => {
    const numberOf = ({ evaluated }: Shape): number | null => evaluated.evaluation.values[key] ?? null;
    const known = shapes.filter((shape) => numberOf(shape) !== null);
    const share = total(known);
    if (share < LEAST_SHARE) return null;
    return known.reduce((sum, shape) => sum + (numberOf(shape) ?? 0) * shape.share, 0) / share;
  };
  return Object.fromEntries([...keys].map((key) => [key, of(key)]));
}

interface Beside {
  /** Of the lowest shape, Hartree. */
  readonly lowest: number;
  /** Whether every shape's number is known to be of one bond or form, and not of the same one. */
  readonly areDifferent: boolean;
}

/** What is said of a shape beside its number and its share. */
function remarkOf(shape: Shape, { lowest, areDifferent }: Beside): string {
  const { evaluated, energy, sameAs, images, isSound } = shape;
  const { chosen } = evaluated;
  if (sameAs !== undefined) return `the same as conformer ${sameAs} once relaxed`;
  if (energy === null || !isSound) return evaluated.reason ?? "it did not converge";
  return [
    `${toKcalPerMol(energy - lowest).toFixed(2)} kcal/mol above the lowest`,
    ...(images === 2 ? ["counted with its mirror image"] : []),
    ...(chosen === undefined ? [] : [`its number is that of ${chosen}`]),
    ...(areDifferent
      ? ["which is not that of every conformer, so that the average is over different ones"]
      : []),
  ].join(", ");
}

/** What the number of each shape was chosen from, after the shapes: "conformer 2: C1–O2". */
const choicesOf = (shapes: readonly Shape[]): Alternative[] =>
  shapes
    .filter(({ sameAs }) => sameAs === undefined)
    .flatMap(({ number, evaluated }) =>
      (evaluated.evaluation.alternatives ?? []).map(({ name, value, share, remark, isLeftOut }) => {
        const said = [
          ...(share === undefined ? [] : [`${(100 * share).toFixed(1)} % of this conformer`]),
          ...(remark === undefined ? [] : [remark]),
        ].join(", ");
        return {
          name: `conformer ${number}: ${name}`,
          value,
          ...(said !== "" && { remark: said }),
          ...(isLeftOut && { isLeftOut }),
        };
      }),
    );

/**
 * Shapes that are one are counted once. Where those with the number, within all limits, are at least 0.9 of the molecules, it is their
 * average; otherwise outcome and reason are those of the largest share that lacks it, and numbers that enough have are kept.
 *
 * @param all at least one @param key of the number that is ranked by
 * @returns with the states of the largest share, of those whose outcome it has
 */
export function averageOverShapes(
  all: readonly [EvaluatedShape, ...EvaluatedShape[]],
  key: string,
): EvaluatedCandidate {
  if (energiesOf(all).every((energy) => energy === null)) return all[0].evaluated;
  const shapes = shapesOf(all, key);
  const counted = shapes.filter(({ share }) => share > 0);
  const sound = counted.filter(({ isSound }) => isSound);
  const share = total(sound);
  const isReached = share >= LEAST_SHARE;
  const deciding = isReached ? sound : counted.filter(({ isSound }) => !isSound);
  // Shares add up to 1, so that one of both kinds has some.
  const main = deciding.reduce((a, b) => (b.share > a.share ? b : a));
  const { evaluation, chosen: _, ...others } = main.evaluated;
  if (shapes.every(({ value }) => value === null)) return main.evaluated;
  const values = isReached ? averaged(sound) : { ...averaged(counted), [key]: main.value };
  const choices = new Set(sound.map(({ evaluated: { chosen } }) => chosen));
  const beside = {
    lowest: Math.min(...counted.flatMap(({ energy }) => energy ?? [])),
    areDifferent: choices.size > 1 && !choices.has(undefined),
  };
  const conformers = shapes.map((shape): Alternative => {
    const { number, value } = shape;
    const told = { name: `conformer ${number}`, value, remark: remarkOf(shape, beside) };
    if (isReached && shape.isSound && shape.share > 0) return { ...told, weight: shape.share / share };
    return shape.share > 0 ? { ...told, share: shape.share } : told;
  });
  const alternatives = [...conformers, ...choicesOf(shapes)];
  const made: Evaluation = { ...evaluation, values: { ...values }, alternatives };
  return { ...others, evaluation: made };
}
