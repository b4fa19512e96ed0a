/** The orbitals of a calculation as a person chooses among them. */
import {
  canHaveSpinDensity,
  type DrawnField,
  highestOccupied,
  type ShownOrbitals,
} from "#shared/quantum/orbitals.ts";

export interface OrbitalChoice {
  /** Of the field: unique among the choices. */
  readonly key: string;
  readonly field: DrawnField | "potential";
  /** "HOMO − 1", "natural 4", "density". */
  readonly name: string;
  /** null for a density. */
  readonly occupation: number | null;
  readonly energy_hartree: number | null;
  readonly isActive: boolean;
}

/** "HOMO", "HOMO − 2", "LUMO + 1". */
function frontierName(orbital: number, homo: number): string {
  const below = homo - orbital;
  if (below === 0) return "HOMO";
  if (below > 0) return `HOMO − ${below}`;
  return below === -1 ? "LUMO" : `LUMO + ${-below - 1}`;
}

const SPIN_SIGNS = { both: "", alpha: " α", beta: " β" } as const;

/** Of a set with energies by its place about the frontier, else by number, as natural orbitals are told by their occupation. */
function choicesOfSet(set: ShownOrbitals, index: number, active: ReadonlySet<number>): OrbitalChoice[] {
  const homo = highestOccupied(set);
  return set.occupations.map((occupation, orbital) => ({
    key: `${index}-${orbital}`,
    field: { set: index, orbital },
    name: `${set.energies_hartree ? frontierName(orbital, homo) : `orbital ${orbital + 1}`}${SPIN_SIGNS[set.spin]}`,
    occupation,
    energy_hartree: set.energies_hartree?.[orbital] ?? null,
    isActive: active.has(orbital),
  }));
}

/**
 * Densities first, then orbitals from the highest down.
 *
 * @param active places of active orbitals in the one set
 */
export function orbitalChoices(sets: readonly ShownOrbitals[], active: readonly number[]): OrbitalChoice[] {
  const none = { occupation: null, energy_hartree: null, isActive: false };
  const isOne = sets.length === 1;
  const marked = new Set(isOne ? active : []);
  return [
    { key: "density", field: "density", name: "electron density", ...none },
    { key: "potential", field: "potential", name: "electrostatic potential", ...none },
    ...(canHaveSpinDensity(sets)
      ? [{ key: "spin-density", field: "spin-density", name: "spin density", ...none } as const]
      : []),
    ...sets.flatMap((set, k) => choicesOfSet(set, k, marked).reverse()),
  ];
}

/** The one to begin with: the highest occupied orbital, or of an active space its first that is neither full nor empty. */
export function firstChoice(choices: readonly OrbitalChoice[]): OrbitalChoice | undefined {
  const orbitals = choices.filter(({ occupation }) => occupation !== null);
  return (
    orbitals.find(({ isActive, occupation }) => isActive && (occupation ?? 0) > 1) ??
    orbitals.find(({ occupation }) => (occupation ?? 0) > 0.5) ??
    choices[0]
  );
}

/** What a surface is drawn at, by densities in e/bohr³; a potential is drawn where the molecule ends. */
const USUAL_DENSITY = { density: 0.02, "spin-density": 0.004, potential: 0.001 };

/** What a surface is drawn at: ψ in bohr^(−3/2), a density in e/bohr³. */
export const usualIsovalue = (field: OrbitalChoice["field"]): number =>
  typeof field === "object" ? 0.04 : USUAL_DENSITY[field];
