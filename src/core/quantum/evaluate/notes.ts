/** What a reader of an energy has to know beside it. */

import { distance } from "#shared/molecule/vectors.ts";
import {
  type CoupledClusterResult,
  D1_THRESHOLD,
  T1_THRESHOLDS,
} from "#shared/quantum/coupled-cluster-result.ts";
import { type EnergyRequest, isField } from "#shared/quantum/energy-request.ts";
import type { Properties } from "#shared/quantum/field-result.ts";
import { continuumOf, solventTitle } from "#shared/quantum/solvents.ts";
import type { QuantumSystem } from "../field/system.ts";
import { type ElementShell, isWithoutDiffuse, loadBasisSet } from "../molecule/basis.ts";

/** Distances of equivalent atoms to all others agree so far in geometries that a force field relaxed, Å. */
const SAME_DISTANCE_ANGSTROM = 1e-3;
/** Löwdin charges of equivalent atoms differ by more only where the field is less symmetric than the nuclei, e. */
const SAME_CHARGE = 0.02;

/** The smallest exponent of a set that reaches out for an anion's electron is less than so much of 6-31G's. */
const DIFFUSE = 0.5;

/** A set of the caller's own with no function on any atom that is far more diffuse than those of 6-31G there. */
async function ownLacksDiffuse({ basis, geometry, charges }: QuantumSystem, resources: string) {
  const { elements } = await loadBasisSet(resources, "6-31g");
  const smallest = (shells: readonly ElementShell[]): number =>
    Math.min(...shells.flatMap(({ exponents }) => exponents));
  return geometry.symbols.every((symbol, atom) => {
    const [own, split] = [basis.elements[symbol], elements[symbol]];
    // Of an element that 6-31G lacks nothing is said.
    return charges[atom] === 0 || (own && split && smallest(own) > DIFFUSE * smallest(split));
  });
}

/** What an energy of an anion, or of an electron attached, is worth in a basis set that has no room for it. */
export async function anionNotes(
  { charge, basis, ownBasis, ions = [] }: Pick<EnergyRequest, "charge" | "basis" | "ownBasis" | "ions">,
  system: QuantumSystem,
  resources: string,
): Promise<string[]> {
  if (charge >= 0 && !ions.includes("anion")) return [];
  const lacks = ownBasis ? await ownLacksDiffuse(system, resources) : isWithoutDiffuse(basis);
  if (!lacks) return [];
  const what = ownBasis ? "no functions much more diffuse than those of 6-31G" : "no diffuse functions";
  const remedy = "Take 6-31+G*, def2-SVPD or aug-cc-pVDZ.";
  if (charge < 0)
    return [
      `This is an anion and ${basis} has ${what}: its energy lies too high, by 1 eV and more where it is small. ${remedy}`,
    ];
  return [`${basis} has ${what}: the electron affinity comes out too low. ${remedy}`];
}

/** Distances of an atom to the other nuclei, lightest first, Å; of one kind of nucleus nearest first. */
function surroundings({ geometry, charges }: QuantumSystem, atom: number): number[] {
  return Array.from(charges, (charge, other) => ({
    charge,
    length: distance(geometry.coordinates_angstrom, atom, other),
  }))
    .sort((a, b) => a.charge - b.charge || a.length - b.length)
    .map(({ length }) => length);
}

/** A field whose charges differ on atoms that see the same nuclei: its density is less symmetric than they are. */
function symmetryNotes(system: QuantumSystem, lowdinCharges: readonly number[]): string[] {
  const { geometry, charges } = system;
  const seen = geometry.symbols.map((_, atom) => surroundings(system, atom));
  const isEquivalent = (a: number, b: number): boolean =>
    charges[a] === charges[b] &&
    seen[a]!.every((length, k) => Math.abs(length - seen[b]![k]!) < SAME_DISTANCE_ANGSTROM);
  const pairs = lowdinCharges.flatMap((first, a) =>
    lowdinCharges.slice(0, a).map((second, b) => ({ atoms: [b, a] as const, difference: first - second })),
  );
  const [worst] = pairs
    .filter(({ atoms: [a, b], difference }) => Math.abs(difference) > SAME_CHARGE && isEquivalent(a, b))
    .sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  if (!worst) return [];
  const named = worst.atoms.map(
    (atom) => `${geometry.symbols[atom]} ${atom + 1} (${lowdinCharges[atom]!.toFixed(2)} e)`,
  );
  return [
    `The field breaks the symmetry of the nuclei: ${named.join(" and ")} are equivalent, yet their Löwdin charges differ.`,
  ];
}

/** What singles that are large say of a coupled-cluster energy. */
export function singlesNotes(
  { multiplicity }: Pick<EnergyRequest, "multiplicity">,
  { t1Diagnostic, d1Diagnostic, outcome }: CoupledClusterResult,
): string[] {
  const t1Threshold = T1_THRESHOLDS[multiplicity === 1 ? "closed" : "open"];
  if (outcome !== "converged" || (t1Diagnostic <= t1Threshold && d1Diagnostic <= D1_THRESHOLD)) return [];
  return [
    `T1 is ${t1Diagnostic.toFixed(3)} and D1 ${d1Diagnostic.toFixed(3)}, where above ${t1Threshold} and ${D1_THRESHOLD} one determinant is a ` +
      "poor start: the energy of coupled cluster may be off by more than a few kJ/mol. Compare with selected CI (sci) in a small basis set.",
  ];
}

/** What an energy in a solvent leaves out. */
function solventNotes({ solvent, method, states = 1, spinStates = [], vibrations }: EnergyRequest): string[] {
  if (!solvent) return [];
  const count = Math.max(
    states,
    spinStates.reduce((sum, { count }) => sum + count, 0),
  );
  return [
    `In ${solventTitle(continuumOf(solvent))}: electrostatics of a continuum alone, without the cavity's cost, dispersion, exchange or hydrogen bonds.`,
    ...(vibrations ? ["Thermal terms are those of an ideal gas, not of a solution at 1 mol/l."] : []),
    ...(isField(method)
      ? []
      : [
          "Correlation is computed in the reaction field of the Hartree–Fock density, which does not answer the correlated one; solvation is told of Hartree–Fock." +
            (count > 1 ? " All states are in that one field." : ""),
        ]),
  ];
}

/** Whose vibrations they are, where not those of the method asked for. */
const vibrationNotes = ({ method, vibrations }: EnergyRequest): string[] =>
  vibrations && !isField(method)
    ? [
        `Vibrations, zero-point energy and thermal terms are those of Hartree–Fock; enthalpy and Gibbs energy add them to the energy by ${method.toUpperCase()}.`,
      ]
    : [];

/** Notes of an energy; external charges may be what breaks the symmetry of the nuclei. */
export const notesOf = async (
  request: EnergyRequest,
  system: QuantumSystem,
  {
    properties,
    coupledCluster,
    resources,
  }: {
    properties: Properties | null;
    coupledCluster?: CoupledClusterResult | undefined;
    resources: string;
  },
): Promise<string[]> => [
  ...(await anionNotes(request, system, resources)),
  ...solventNotes(request),
  ...vibrationNotes(request),
  ...(properties && !request.pointCharges ? symmetryNotes(system, properties.lowdinCharges) : []),
  ...(coupledCluster ? singlesNotes(request, coupledCluster) : []),
];
