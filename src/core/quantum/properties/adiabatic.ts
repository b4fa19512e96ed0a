/**
 * What it takes to remove an electron, or gives to add one, molecule and ion each relaxed: electronic, without zero-point energy.
 *
 * The ion is relaxed with each spin that is next to the molecule's, from the molecule's geometry displaced a little, so that it does not stay
 * on a saddle whose symmetry it has from the molecule (a linear molecule's ion may be bent); the lowest counts. Whether the ends are minima
 * is not checked by vibrations. An ion in which a bond broke, or a hydrogen went elsewhere, is the ion of another molecule and does not count.
 */
import type { Electrons } from "#shared/molecule/molecule.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import type { StateResults } from "../evaluate/states.ts";
import { displaced } from "../geometry/displaced.ts";
import { impossible, impossibleIonisation, notBound } from "./conclude.ts";
import { requireSecondElectron } from "./ion-states.ts";
import type { Candidate, Conclusion, Protocol } from "./protocol.ts";
import {
  another,
  askedKeys,
  combined,
  concluded,
  type DeclaredKeys,
  energiesOf,
  energyAt,
  type Keys,
  lowestEnergies,
  notApplicable,
  notReached,
  ownRelaxation,
  ownStates,
  relaxedGeometry,
  type StateEnergies,
  unknownOf,
  whenRelaxed,
} from "./requests.ts";

interface Asked {
  readonly keys: DeclaredKeys;
  readonly ion: "cation" | "anion";
}

/** The ion with one of its spins: its states' names, and how it ends. */
interface Ion {
  /** "cation-1" */
  readonly name: string;
  /** "cation-energy-1" */
  readonly energy: string;
  readonly electrons: Electrons;
}

/** An electron less or more makes a doublet of a closed shell, of an open one either spin. */
const spinsBeside = (multiplicity: number): number[] =>
  multiplicity === 1 ? [2] : [multiplicity - 1, multiplicity + 1];

const ionsOf = ({ charge, multiplicity }: Candidate, ion: Asked["ion"]): Ion[] =>
  spinsBeside(multiplicity).map((spin, k) => ({
    name: `${ion}-${k + 1}`,
    energy: `${ion}-energy-${k + 1}`,
    electrons: { charge: charge + (ion === "cation" ? 1 : -1), multiplicity: spin },
  }));

/** "its H4 went from C1 to O2 when it was relaxed"; undefined where an ion is that of the molecule, or did not converge. */
function changeOf({ structures }: Candidate, { name }: Ion, results: StateResults): string | undefined {
  const end = relaxedGeometry(results, name);
  const change = end && structures.lostBond(end);
  return change && whenRelaxed(change);
}

const spinName = ({ electrons: { multiplicity } }: Ion, ion: string): string =>
  `${ion} of multiplicity ${multiplicity}`;

/** What the ion was chosen from, where one of its spins is that of another molecule. */
function alternativesOf(
  all: readonly { readonly ion: Ion; readonly change: string | undefined }[],
  { kind, value }: { kind: Asked["ion"]; value: number | null },
): Alternative[] | undefined {
  if (all.every(({ change }) => change === undefined)) return undefined;
  return all.map(({ ion, change }) => ({
    name: spinName(ion, kind),
    ...(change === undefined ? { value } : { value: null, remark: change, isLeftOut: true as const }),
  }));
}

/** Positive: what removing takes, what adding gives. */
function numberOf(molecule: StateEnergies, ion: StateEnergies, kind: Asked["ion"]): StateEnergies {
  const sign = kind === "cation" ? 1 : -1;
  return combined([
    [sign, ion],
    [-sign, molecule],
  ]);
}

export const adiabaticProtocol = ({ keys: declared, ion: kind }: Asked): Protocol => ({
  next(candidate, results) {
    const keys = askedKeys(declared, candidate);
    const { geometry, charge, multiplicity, structures } = candidate;
    const own = { charge, multiplicity };
    if (kind === "cation") requireSecondElectron(candidate);
    if (!("molecule" in results))
      return { states: { molecule: { request: ownRelaxation(candidate, geometry, own) } } };
    const molecule = relaxedGeometry(results, "molecule");
    if (!molecule) return notReached(keys);
    const change = structures.lostBond(molecule);
    if (change !== undefined) return another(keys, change);
    const ions = ionsOf(candidate, kind);
    const start = displaced(molecule);
    const relaxing = ions.map(
      ({ name, electrons }) => [name, ownRelaxation(candidate, start, electrons)] as const,
    );
    const unknown = unknownOf(ownStates(relaxing), results);
    if (Object.keys(unknown).length > 0) return { states: unknown };
    const all = ions.map((ion) => ({ ion, change: changeOf(candidate, ion, results) }));
    const kept = all.flatMap((one) => (one.change === undefined ? [one.ion] : []));
    const [lost] = all.flatMap((one) => one.change ?? []);
    if (kept.length === 0) return notApplicable(keys, `the ${kind} is that of another molecule: ${lost}`);
    if ("molecule-energy" in results) {
      const lowest = lowestEnergies(kept.map(({ energy }) => energiesOf(results, energy)));
      const found = numberOf(energiesOf(results, "molecule-energy"), lowest, kind);
      return ended(found, { keys, kind, own }, alternativesOf(all, { kind, value: found.ranked }));
    }
    const reached = kept.flatMap(({ name, energy, electrons }) => {
      const where = relaxedGeometry(results, name);
      return where ? [[energy, energyAt(candidate, where, electrons)] as const] : [];
    });
    if (reached.length === 0) return notReached(keys);
    return { states: ownStates([["molecule-energy", energyAt(candidate, molecule, own)], ...reached]) };
  },
});

/** An electron that is added and gives nothing does not stay; one that is taken costs something. */
function ended(
  found: StateEnergies,
  { keys, kind, own }: { keys: Keys; kind: Asked["ion"]; own: Electrons },
  alternatives: Alternative[] | undefined,
): Conclusion {
  if (kind === "anion" && found.ranked !== null && found.ranked <= 0)
    return { ...notBound(keys.ranked, kind), values: notReached(keys).values };
  const why = kind === "cation" ? impossibleIonisation(found.ranked, own) : null;
  if (why !== null) return { ...impossible(concluded(keys, found).values, keys.ranked, why), alternatives };
  return { ...concluded(keys, found), alternatives };
}
