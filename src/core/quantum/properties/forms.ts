/** The forms that a molecule may take before something is done to it: as it was given, and its tautomers where they are asked for. */

import type { Geometry } from "#shared/molecule/molecule.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { bestStarts, lostStarts } from "./best-starts.ts";
import { boltzmannWeights } from "./boltzmann.ts";
import type { Candidate, TautomerStart } from "./protocol.ts";
import { energiesOf, relaxedGeometry, type StateEnergies } from "./requests.ts";

export interface Form {
  readonly name: string;
  /** Of its MP2 energy among the states. */
  readonly energy: string;
  readonly geometry: Geometry;
  /** Absent: as it was given. */
  readonly start?: TautomerStart;
}

/** Forms that count. */
export interface Forms {
  readonly forms: readonly [Form, ...Form[]];
  /** Names of those that are not looked at in full, and what became of those that are forms no longer. */
  readonly leftOut: readonly { readonly name: string; readonly change?: string | undefined }[];
}

const AS_GIVEN = "as given";

/** @returns the states that are to be computed next, or the forms at their minima; "not-reached" where the given one has none */
export function formsOf(
  { structures, settings, charge, multiplicity }: Candidate,
  results: StateResults,
): { states: States } | Forms | "not-reached" {
  const geometry = relaxedGeometry(results, "molecule");
  if (!geometry) return "not-reached";
  const given: Form = { name: AS_GIVEN, energy: "molecule-energy", geometry };
  const starts = settings.tautomers === true ? structures.tautomers() : [];
  if (starts.length === 0) return { forms: [given], leftOut: [] };
  const geometries = starts.map((start) => start.geometry);
  const electrons = { charge, multiplicity };
  const asked = {
    ...{ name: "tautomer", rough: "tautomer-rough", geometries, electrons },
    // Numbers are those of the starts.
    lostBond: (end: Geometry, number: number) => starts[number - 1]!.lostBond(end),
  };
  const found = bestStarts(asked, results);
  if (!Array.isArray(found)) return { states: found };
  const tautomers = found.map(({ number, geometry: where }): Form => {
    // Numbers are those of the starts.
    const start = starts[number - 1]!;
    return { name: start.name, energy: `tautomer-energy-${number}`, geometry: where, start };
  });
  const kept = new Set(tautomers.map(({ name }) => name));
  const changes = new Map(lostStarts(asked, results).map(({ number, change }) => [number, change]));
  const leftOut = starts.flatMap(({ name }, k) =>
    kept.has(name) ? [] : [{ name, change: changes.get(k + 1) }],
  );
  return { forms: [given, ...tautomers], leftOut };
}

/** The one of the lowest energy by MP2, as far as they were reached. */
export const lowestForm = ([first, ...others]: Forms["forms"], results: StateResults): Form =>
  others.reduce(
    (a, b) => (isLower(energiesOf(results, b.energy), energiesOf(results, a.energy)) ? b : a),
    first,
  );

const isLower = ({ ranked: a }: StateEnergies, { ranked: b }: StateEnergies): boolean =>
  a !== null && (b === null || a < b);

/**
 * Every form with its share at 298.15 K by MP2 energies and the number, were it the only one.
 *
 * @param value of the lowest form, the stored unit: that of a form higher by ΔE is larger by as much
 */
export function formAlternatives(
  { forms, leftOut }: Forms,
  { value, lowest }: { value: number | null; lowest: Form },
  results: StateResults,
): Alternative[] | undefined {
  if (forms.length + leftOut.length === 1) return undefined;
  const energies = forms.map(({ energy }) => energiesOf(results, energy).ranked);
  const least = energiesOf(results, lowest.energy).ranked;
  const shares = boltzmannWeights(energies);
  const told = forms.map(({ name }, k): Alternative => {
    const energy = energies[k] ?? null;
    if (energy === null || least === null) return { name, value: null, remark: "it did not converge" };
    // One for each form: told alone, for the lowest form is chosen.
    return { name, value: value === null ? null : value + energy - least, share: shares[k]! };
  });
  const remark =
    "not among the three lowest within 40 kJ/mol by MP2/6-31G* at STO-3G geometries, or not converged there";
  return [
    ...told.toSorted((a, b) => (b.share ?? 0) - (a.share ?? 0)),
    ...leftOut.map(({ name, change }) => ({ name, value: null, remark: change ?? remark })),
  ];
}
