import { useState } from "react";
import { navigate } from "../../hooks/route.ts";
import { type CalculateDraft, isHamiltonianMethod, NEW_DRAFT } from "./draft.ts";
import { readGiven } from "./read-molecule.ts";

/** The form as it was left: a look at another page loses nothing. */
let left: CalculateDraft = NEW_DRAFT;

/** Puts a molecule into the form, as from a candidate's page, and shows it. */
export function calculateThis(
  molecule: Pick<CalculateDraft, "text" | "fileName" | "basis" | "charge" | "multiplicity">,
): void {
  left = { ...left, ...molecule, curve: false };
  navigate({ page: "calculate", id: null });
}

export function useDraft(): [CalculateDraft, (change: Partial<CalculateDraft>) => void] {
  const [draft, setDraft] = useState(left);
  const set = (change: Partial<CalculateDraft>) => {
    const next = { ...left, ...change };
    const isHamiltonian = readGiven(next.text.slice(0, 1000), next.fileName).kind === "hamiltonian";
    // A Hamiltonian knows no functional.
    left = isHamiltonian && !isHamiltonianMethod(next.method) ? { ...next, method: "fci" } : next;
    setDraft(left);
  };
  return [draft, set];
}
