import { useSyncExternalStore } from "react";
import { navigate } from "../../hooks/route.ts";
import { type CalculateDraft, changed, NEW_DRAFT } from "./draft.ts";

/** The form as it was left: a look at another page loses nothing. */
let left: CalculateDraft = NEW_DRAFT;
const listeners = new Set<() => void>();

export const currentDraft = (): CalculateDraft => left;

/** Calls back after each change, whoever makes it; returns how to stop. */
export const watchDraft = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

function change(to: Partial<CalculateDraft>): void {
  left = changed(left, to);
  for (const listener of listeners) listener();
}

/** Puts a molecule into the form, as from a candidate's page, and shows it; what is not said stays as it was left. */
export function calculateThis(
  molecule: Pick<CalculateDraft, "text" | "fileName" | "charge" | "multiplicity"> & Partial<CalculateDraft>,
): void {
  change(molecule);
  navigate({ page: "calculate", id: null });
}

export const useDraft = (): [CalculateDraft, (to: Partial<CalculateDraft>) => void] => [
  useSyncExternalStore(watchDraft, currentDraft),
  change,
];
