/** The rule that says whether one determinant will do, or which active space is needed: thresholds and all. */
import type { ActiveSpaceSize } from "#shared/quantum/active-space.ts";
import type { Diagnostic } from "#shared/quantum/diagnostic.ts";
import { pureSpinSquare } from "#shared/quantum/field-result.ts";
import { symmetricEigen } from "#shared/symmetric-eigen.ts";
import { spinSquareOf } from "../field/field-properties.ts";
import { hartreeFock, oneElectronIntegrals, type ScfResult } from "../field/scf.ts";
import { lowestField } from "../field/search.ts";
import type { QuantumSystem } from "../field/system.ts";
import { isManageable } from "../space/active-space-size.ts";

/**
 * Deviations from 2 of the natural occupations of UHF. occupation: the UNO criterion (P. Pulay, T. P. Hamilton, doi:10.1063/1.454704;
 * Z. Tóth, P. Pulay, doi:10.1021/acs.jctc.0c00123). deviation: the middle of
 * the gap between both kinds in one half of the reference molecules (test/unit/core/quantum/multireference/diagnostic.test.ts), where
 * those that need an active space have a reference wave function with M > 0.1 (O. Tishchenko, J. Zheng, D. G. Truhlar, doi:10.1021/ct800077r).
 */
export const THRESHOLDS = { deviation: 0.12, occupation: 0.02 } as const;

/** Overlaps of the occupied α orbitals with those of β, [nα, nβ]. */
function spinOverlaps({ orbitals: [alpha, beta = alpha], nelec }: ScfResult, overlap: Float64Array) {
  const n = Math.sqrt(overlap.length);
  const width = alpha.length / n;
  const [nalpha, nbeta] = nelec;
  const result = new Float64Array(nalpha * nbeta);
  for (let x = 0; x < n; x++) {
    const image = new Float64Array(nbeta);
    for (let y = 0; y < n; y++)
      for (let j = 0; j < nbeta; j++) image[j]! += overlap[x * n + y]! * beta[y * width + j]!;
    for (let i = 0; i < nalpha; i++)
      for (let j = 0; j < nbeta; j++) result[i * nbeta + j]! += alpha[x * width + i]! * image[j]!;
  }
  return result;
}

/**
 * 1 − T of each pair of corresponding orbitals of α and β, falling: its natural orbitals hold 2 − that and that many electrons
 * (A. T. Amos, G. G. Hall, doi:10.1098/rspa.1961.0175). Electrons without a partner fill orbitals of their own, which count 1.
 *
 * Cost nBasis³.
 */
export function pairDeviations(scf: ScfResult, overlap: Float64Array): number[] {
  const [nalpha, nbeta] = scf.nelec;
  if (nbeta === 0) return [];
  const between = spinOverlaps(scf, overlap);
  const square = new Float64Array(nbeta * nbeta);
  for (let i = 0; i < nalpha; i++)
    for (let j = 0; j < nbeta; j++)
      for (let k = 0; k < nbeta; k++)
        square[j * nbeta + k]! += between[i * nbeta + j]! * between[i * nbeta + k]!;
  return [...symmetricEigen(square).values].map((t) => 1 - Math.sqrt(Math.min(1, Math.max(0, t))));
}

/** Lowest empty less highest occupied orbital; null where none is empty. */
function gapOf({ orbitalEnergies_hartree: [alpha, beta = alpha], nelec: [nalpha, nbeta] }: ScfResult) {
  const occupied = [alpha[nalpha - 1], beta[nbeta - 1]].filter((e) => e !== undefined);
  const empty = [alpha[nalpha], beta[nbeta]].filter((e) => e !== undefined);
  return empty.length === 0 ? null : Math.min(...empty) - Math.max(...occupied);
}

const digits = (x: number): string => x.toFixed(2);

function verdictOf(
  space: ActiveSpaceSize | null,
  { largest, unpaired }: { largest: number; unpaired: number },
): Pick<Diagnostic, "route" | "reason"> {
  if (!space || largest <= THRESHOLDS.deviation)
    return {
      route: "single-reference",
      reason:
        `The natural orbitals of the lowest UHF solution hold 2 or 0 electrons${unpaired > 0 ? ", or one unpaired," : ""} to within ` +
        `${digits(largest)}: less than ${THRESHOLDS.deviation}.`,
    };
  const { nelec, norb } = space;
  const what = `In the lowest UHF solution an occupied orbital lacks ${digits(largest)} of 2 electrons, more than ${THRESHOLDS.deviation}; (${nelec}e,${norb}o) holds all that lack more than ${THRESHOLDS.occupation}, and their partners.`;
  const doubly = (nelec - unpaired) / 2;
  return isManageable(doubly, unpaired, norb - unpaired - doubly)
    ? { route: "active-space", reason: what }
    : {
        route: "beyond-this-machine",
        reason: `${what} Exact diagonalisation of it does not fit here: selected CI (sci) may, with an error that it states.`,
      };
}

/**
 * By the natural occupations of a UHF field, the lowest that was found.
 *
 * @param restricted the field in one set of orbitals for both spins, where it is known
 */
export function diagnose(
  system: QuantumSystem,
  uhf: ScfResult,
  {
    restricted,
    largestAmplitude = null,
  }: { restricted?: ScfResult | undefined; largestAmplitude?: number | null },
): Diagnostic {
  const { overlap } = oneElectronIntegrals(system);
  const [nalpha, nbeta] = uhf.nelec;
  const unpaired = nalpha - nbeta;
  const isConverged = uhf.outcome === "converged";
  const deviations = isConverged ? pairDeviations(uhf, overlap) : [];
  const apart = deviations.filter((deviation) => deviation > THRESHOLDS.occupation);
  const space =
    apart.length > 0 ? { nelec: 2 * apart.length + unpaired, norb: 2 * apart.length + unpaired } : null;
  const largest = Math.max(0, ...deviations);
  return {
    ...(isConverged
      ? verdictOf(space, { largest, unpaired })
      : { route: "unknown", reason: "No UHF solution converged whose natural orbitals would tell." }),
    naturalOccupations: [
      ...apart.map((deviation) => 2 - deviation).sort((a, b) => b - a),
      ...Array.from({ length: unpaired }, () => 1),
      ...apart.toSorted((a, b) => b - a),
    ],
    largestDeviation: largest,
    activeSpace: space,
    spinContamination: spinSquareOf(system, uhf, overlap) - pureSpinSquare(system.multiplicity),
    belowRestricted_hartree: restricted ? restricted.energy_hartree - uhf.energy_hartree : null,
    gap_hartree: gapOf(uhf),
    largestAmplitude,
    thresholds: THRESHOLDS,
  };
}

/**
 * The diagnostic of a system whose field need not be UHF. Throws as lowestField.
 *
 * Cost: a search for the lowest UHF solution; from the field 3 to 40 Fock builds. That goes downhill along the instabilities of the
 * field's orbitals, and from restricted Hartree–Fock gives the same route for all reference molecules, of N₂ at 1.6 Å with fewer pairs in
 * its space.
 *
 * @param isFromField goes downhill from the field's orbitals, be it Hartree–Fock or Kohn–Sham
 */
export function diagnosticOf(
  system: QuantumSystem,
  scf: ScfResult,
  { mp2, isFromField = false }: { mp2?: { readonly largestAmplitude: number } | null; isFromField?: boolean },
): Diagnostic {
  const largestAmplitude = mp2?.largestAmplitude ?? null;
  if (scf.kind === "uhf" && !scf.kohnSham) return diagnose(system, scf, { largestAmplitude });
  const restricted = scf.kohnSham || scf.densityFitting ? undefined : scf;
  const isSettled = restricted?.kind === "rhf" && restricted.stability.verdict === "stable";
  const stability = isSettled ? "part-spins" : "follow";
  const uhf = isFromField
    ? hartreeFock(system, { kind: "uhf", start: { orbitals: scf.orbitals }, stability })
    : lowestField(system, { kind: "uhf" }).scf;
  return diagnose(system, uhf, { restricted, largestAmplitude });
}
