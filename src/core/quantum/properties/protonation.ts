/** Energies of taking up a proton, shared by proton affinity and gas-phase basicity. */
import { hydrogenBonds, lostBond } from "#shared/molecule/lost-bond.ts";
import type { Electrons, Geometry } from "#shared/molecule/molecule.ts";
import type { Alternative } from "#shared/properties/evaluation.ts";
import { GasConditions, type ThermalTerms } from "#shared/quantum/vibrations-result.ts";
import type { StateResults, States } from "../evaluate/states.ts";
import { thermalTerms } from "../geometry/thermochemistry.ts";
import {
  bestStarts,
  type LostStart,
  lostStarts,
  lowestRelaxed,
  type Relaxed,
  withoutRelaxed,
} from "./best-starts.ts";
import { type Form, formAlternatives, formsOf, lowestForm } from "./forms.ts";
import { termsAtMinimum } from "./minimum.ts";
import type { Candidate, Conclusion, Protocol, Round } from "./protocol.ts";
import {
  another,
  askedKeys,
  combined,
  concluded,
  type DeclaredKeys,
  energiesOf,
  energyAt,
  type Keys,
  notApplicable,
  notReached,
  ownStates,
  relaxation,
  relaxedGeometry,
  unknownOf,
} from "./requests.ts";

/** Da; the nucleus alone. */
const PROTON_MASS = 1.007276;

/** Of a gas of protons at 298.15 K and 1 bar: 5/2 kT, and the entropy of their motion. */
const PROTON: ThermalTerms = thermalTerms(
  {
    body: { mass: PROTON_MASS, momentsOfInertia: [0, 0, 0], centre: [0, 0, 0] },
    frequencies_per_cm: [],
    symmetryNumber: 1,
    multiplicity: 1,
  },
  GasConditions.parse({}),
);

/** What a property makes of the difference of molecule and bare proton less the lowest protomer. */
interface Asked {
  readonly keys: Keys;
  /** The term that is added to each energy. */
  readonly of: (terms: ThermalTerms) => number;
}

/** MP2 of each form of the molecule and of each protomer, as far as they are not known. */
function energyStates(
  candidate: Candidate,
  forms: readonly Form[],
  protomers: readonly Relaxed[],
  ion: Electrons,
): States {
  const { charge, multiplicity } = candidate;
  return ownStates([
    ...forms.map(
      ({ energy, geometry }) => [energy, energyAt(candidate, geometry, { charge, multiplicity })] as const,
    ),
    ...protomers.map(
      ({ number, geometry }) => [`protomer-energy-${number}`, energyAt(candidate, geometry, ion)] as const,
    ),
  ]);
}

/** Vibrations of the lowest form and the lowest protomer, then what follows from all. */
function thermal(
  candidate: Candidate,
  { form, protomer, ion }: { form: Form; protomer: Relaxed; ion: Electrons },
  { results, keys, of }: Asked & { results: StateResults },
): Round | Conclusion {
  const { charge, multiplicity, structures } = candidate;
  const ofForm = (elsewhere: Geometry) => (form.start ?? structures).lostBond(elsewhere);
  // The proton and all hydrogens are to be where they are in the protomer.
  const ofProtomer = (elsewhere: Geometry) =>
    skeletonLost(candidate, elsewhere) ?? lostBond(hydrogenBonds(protomer.geometry), elsewhere);
  const parts = [
    [
      "molecule-vibrations",
      { geometry: form.geometry, electrons: { charge, multiplicity }, lostBond: ofForm },
    ],
    ["protomer-vibrations", { geometry: protomer.geometry, electrons: ion, lostBond: ofProtomer }],
  ] as const;
  const found = parts.map(([name, part]) => termsAtMinimum(name, part, results));
  const states = found.flatMap((part) => ("states" in part ? [part.states] : []));
  if (states.length > 0) return { states: Object.assign({}, ...states) };
  const [first, second] = found.map((part) => ("terms" in part ? part.terms : null));
  const [change] = found.flatMap((part) => ("change" in part && part.change ? [part.change] : []));
  if (change !== undefined)
    return { ...notReached(keys), reason: `its ${change} in STO-3G, in which it was to vibrate` };
  if (!first || !second) return notReached(keys);
  const energies = combined([
    [1, energiesOf(results, form.energy)],
    [-1, energiesOf(results, `protomer-energy-${protomer.number}`)],
  ]);
  const terms = of(first) + of(PROTON) - of(second);
  const withTerms = (energy: number | null): number | null => (energy === null ? null : energy + terms);
  return concluded(keys, {
    ranked: withTerms(energies.ranked),
    hartreeFock: withTerms(energies.hartreeFock),
  });
}

/** A proton goes wherever it is lowest; what a protomer keeps are the bonds between other atoms. */
const skeletonLost = ({ structures }: Candidate, protomer: Geometry): string | undefined =>
  structures.lostBond(protomer, { skeleton: true });

/** Beside the forms, protomers that fell apart. */
const withLost = (
  told: readonly Alternative[] | undefined,
  { value, lost }: { value: number | null; lost: readonly LostStart[] },
): readonly Alternative[] | undefined =>
  lost.length === 0
    ? told
    : [
        ...(told ?? [{ name: "the lowest protomer", value }]),
        ...lost.map(({ number, change }) => ({ name: `protomer ${number}`, value: null, remark: change })),
      ];

/**
 * Molecule and protomers: every site's proton is relaxed (bestStarts), MP2 in the campaign's basis at Hartree–Fock geometries, and
 * thermal terms of the molecule and the lowest protomer from vibrations at their minima in STO-3G. Where tautomers are asked for, the
 * molecule is its lowest one, and protons are put at all that are looked at in full.
 */
export function protonationProtocol({ keys, of }: { keys: DeclaredKeys; of: Asked["of"] }): Protocol {
  return {
    next: (candidate, results) => protonation(candidate, results, { keys: askedKeys(keys, candidate), of }),
  };
}

function protonation(candidate: Candidate, results: StateResults, asked: Asked): Round | Conclusion {
  const { geometry, charge, multiplicity, structures } = candidate;
  if (!("molecule" in results))
    return { states: { molecule: { request: relaxation(geometry, { charge, multiplicity }) } } };
  const relaxed = relaxedGeometry(results, "molecule");
  const change = relaxed && structures.lostBond(relaxed);
  if (change !== undefined) return another(asked.keys, change);
  const found = formsOf(candidate, results);
  if (found === "not-reached") return notReached(asked.keys);
  if ("states" in found) return found;
  const { forms } = found;
  const geometries = forms
    .flatMap((form) => form.start?.protomers(form.geometry) ?? structures.protomers())
    .map((protomer) => protomer.geometry);
  if (geometries.length === 0)
    return notApplicable(asked.keys, "it has no lone pair and no π bond that takes a proton");
  const ion = { charge: charge + 1, multiplicity };
  const starts = {
    ...{ name: "protomer", geometries, electrons: ion },
    lostBond: (end: Geometry) => skeletonLost(candidate, end),
  };
  const protomers = bestStarts(starts, results);
  if (!Array.isArray(protomers)) return { states: protomers };
  const lost = lostStarts(starts, results);
  const energies = energyStates(candidate, forms, protomers, ion);
  const unknown = unknownOf(energies, results);
  if (Object.keys(unknown).length > 0) return { states: unknown };
  const protomer = lowestRelaxed("protomer", protomers, results);
  if (!protomer)
    return withoutRelaxed(starts, results, {
      keys: asked.keys,
      isElse: (change) => `with a proton it is something else: its ${change}`,
    });
  const form = lowestForm(forms, results);
  const step = thermal(candidate, { form, protomer, ion }, { results, ...asked });
  if ("states" in step) return step;
  const value = step.values[asked.keys.ranked] ?? null;
  const told = formAlternatives(found, { value, lowest: form }, results);
  return { ...step, alternatives: withLost(told, { value, lost }), chosen: told && form.name };
}
