/** An active space that holds the orbitals which a property empties or fills. */
import type { IonKind } from "#shared/quantum/energy-request.ts";
import { oneElectronIntegrals, type ScfResult } from "../field/scf.ts";
import type { QuantumSystem } from "../field/system.ts";
import type { ChosenSpace } from "./active-space.ts";

/** Share of a needed orbital that may lie outside the active space. */
const SMALL_SHARE = 0.05;

interface Field {
  readonly system: QuantumSystem;
  readonly scf: ScfResult;
}

interface Projection {
  /** Components along the columns, of norm 1. */
  readonly direction: Float64Array;
  /** Σ of the squares before they were scaled. */
  readonly share: number;
}

/** The part of an orbital within some columns of [nBasis, width]. */
function projection(
  orbitals: Float64Array,
  width: number,
  [first, end]: [number, number],
  image: Float64Array,
): Projection {
  const components = Float64Array.from({ length: end - first }, (_, k) =>
    image.reduce((sum, value, row) => sum + value * orbitals[row * width + first + k]!, 0),
  );
  const share = components.reduce((sum, x) => sum + x * x, 0);
  return { direction: components.map((x) => x / Math.sqrt(share)), share };
}

/** Columns from `first` on turned among themselves by a reflection, so that number `at` of them becomes the direction. */
function reflected(
  orbitals: Float64Array,
  width: number,
  { first, at, direction }: { first: number; at: number; direction: Float64Array },
): Float64Array {
  const u = direction.map((x, k) => (k === at ? 1 : 0) - x);
  const square = u.reduce((sum, x) => sum + x * x, 0);
  if (square < 1e-24) return orbitals;
  const result = Float64Array.from(orbitals);
  for (let row = 0; row < orbitals.length; row += width) {
    const along = u.reduce((sum, x, k) => sum + x * orbitals[row + first + k]!, 0);
    for (const [k, x] of u.entries()) result[row + first + k]! -= (2 * along * x) / square;
  }
  return result;
}

const WORDS = {
  cation: "highest occupied orbital, which an ionisation empties",
  anion: "lowest empty orbital, which an attachment fills",
};

/**
 * Adds to a space of a rule that makes orbitals of its own what it lacks of the highest occupied orbital (for a cation) and of
 * the lowest empty one (for an anion): the part outside, as one more active orbital. Without it the ion is another state.
 * Spaces of Hartree–Fock orbitals are left as they were asked for.
 */
export function withNeededOrbitals(
  chosen: ChosenSpace,
  kinds: readonly IonKind[],
  field: Field,
): ChosenSpace {
  if (chosen.orbitals === field.scf) return chosen;
  return kinds.reduce((now, kind) => withOrbital(now, kind, field), chosen);
}

/** The field's orbital that the ion lacks or has more, times the overlap: its product with a column is their overlap. */
function frontierImage({ system, scf }: Field, kind: IonKind): Float64Array {
  const { nBasis } = system;
  const canonical = scf.nelec[1] - (kind === "cation" ? 1 : 0);
  const width = scf.orbitalEnergies_hartree[0].length;
  const { overlap } = oneElectronIntegrals(system);
  return Float64Array.from({ length: nBasis }, (_, i) => {
    let sum = 0;
    for (let j = 0; j < nBasis; j++)
      sum += overlap[i * nBasis + j]! * scf.orbitals[0][j * width + canonical]!;
    return sum;
  });
}

const EXCITED_WORDS = {
  cation: "highest occupied orbital lies outside: states that empty it",
  anion: "lowest empty orbital lies outside: states that fill it",
};

/**
 * Says in the reason of a closed shell's space that it lacks, for the most part, the highest occupied or the lowest empty orbital: the
 * lowest excited state may be another than those that the space has, as n→π* of formaldehyde in its π orbitals alone.
 */
export function withMissingExcitations(chosen: ChosenSpace, field: Field): ChosenSpace {
  const [nalpha, nbeta] = field.scf.nelec;
  if (nalpha !== nbeta) return chosen;
  const { space, orbitals } = chosen;
  const width = orbitals.orbitals[0].length / field.system.nBasis;
  const shareInside = (kind: IonKind): number => {
    const image = frontierImage(field, kind);
    return space.orbitals.reduce(
      (sum, k) => sum + projection(orbitals.orbitals[0], width, [k, k + 1], image).share,
      0,
    );
  };
  const missing = (["cation", "anion"] as const)
    .filter((kind) => shareInside(kind) < 0.5)
    .map((kind) => `The ${EXCITED_WORDS[kind]}, which may be lower, are not found.`);
  if (missing.length === 0) return chosen;
  return { ...chosen, space: { ...space, reason: [space.reason ?? "", ...missing].join(" ").trim() } };
}

function withOrbital({ space, orbitals }: ChosenSpace, kind: IonKind, field: Field): ChosenSpace {
  const { nBasis } = field.system;
  const width = orbitals.orbitals[0].length / nBasis;
  const image = frontierImage(field, kind);
  // The active orbitals, one at least, follow the core.
  const nCore = space.orbitals[0]!;
  const end = nCore + space.norb;
  const outside: [number, number] = kind === "cation" ? [0, nCore] : [end, width];
  if (outside[0] === outside[1]) return { space, orbitals };
  const { direction, share } = projection(orbitals.orbitals[0], width, outside, image);
  if (share < SMALL_SHARE) return { space, orbitals };
  const at = kind === "cation" ? nCore - 1 : 0;
  const turned = reflected(orbitals.orbitals[0], width, { first: outside[0], at, direction });
  const first = kind === "cation" ? nCore - 1 : nCore;
  const norb = space.norb + 1;
  return {
    space: {
      ...space,
      nelec: space.nelec + (kind === "cation" ? 2 : 0),
      norb,
      orbitals: Array.from({ length: norb }, (_, k) => first + k),
      reason:
        `${space.reason ?? ""} Added: the ${WORDS[kind]}, ${(100 * share).toFixed(0)} % of which lay outside.`.trim(),
      naturalOccupations: space.naturalOccupations && [
        ...(kind === "cation" ? [2] : []),
        ...space.naturalOccupations,
        ...(kind === "anion" ? [0] : []),
      ],
    },
    orbitals: { nelec: orbitals.nelec, orbitals: [turned] },
  };
}
