import { OKABE_ITO } from "../text/colours.ts";
import { useStored } from "./use-stored.ts";

/** Of ψ above and below zero, by name: all told apart by those who see red and green alike (Okabe & Ito's colours and a grey pair). */
export const PHASE_COLOURS = {
  "blue-orange": { title: "Blue, orange", positive: OKABE_ITO.blue, negative: OKABE_ITO.orange },
  "sky-vermilion": { title: "Sky, vermilion", positive: OKABE_ITO.sky, negative: OKABE_ITO.vermilion },
  "light-dark": { title: "Light, dark", positive: "#d9dde2", negative: "#3c4650" },
} as const;
export type PhaseColours = keyof typeof PHASE_COLOURS;

const isKnown = (name: string): name is PhaseColours => Object.hasOwn(PHASE_COLOURS, name);

/** The colours of a phase that a person chose, remembered by this installation. */
export function usePhaseColours(): [chosen: PhaseColours, remember: (chosen: PhaseColours) => void] {
  const [stored, remember] = useStored("phase-colours");
  return [isKnown(stored) ? stored : "blue-orange", remember];
}
