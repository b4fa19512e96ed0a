import { useState } from "react";
import { navigate } from "../../hooks/route.ts";
import { type CalculateDraft, changed, NEW_DRAFT } from "./draft.ts";

/** The form as it was left: a look at another page loses nothing. */
let left: CalculateDraft = NEW_DRAFT;

/** Puts a molecule into the form, as from a candidate's page, and shows it; what is not said stays as it was left. */
export function calculateThis(
  molecule: Pick<CalculateDraft, "text" | "fileName" | "charge" | "multiplicity"> & Partial<CalculateDraft>,
): void {
  left = changed(left, molecule);
  navigate({ page: "calculate", id: null });
}

export function useDraft(): [CalculateDraft, (change: Partial<CalculateDraft>) => void] {
  const [draft, setDraft] = useState(left);
  const set = (change: Partial<CalculateDraft>) => {
    left = changed(left, change);
    setDraft(left);
  };
  return [draft, set];
}
