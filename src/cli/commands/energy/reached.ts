interface Part {
  outcome: string;
  energy_hartree: number;
}

/** The energy of a calculation that reached its goal. */
export const reached = (part: Part | null): number | null =>
  part?.outcome === "converged" ? part.energy_hartree : null;
