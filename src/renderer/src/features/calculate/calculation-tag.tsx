import { type Intent, Tag } from "@blueprintjs/core";
import type { CalculationStanding } from "#shared/quantum/calculation.ts";

/** State in a word, never by colour alone. */
function wordsOf({ state, isReached }: CalculationStanding): [text: string, intent: Intent] {
  if (state === "running") return ["running", "primary"];
  if (state === "failed") return ["failed", "danger"];
  if (state === "cancelled") return ["cancelled", "none"];
  return isReached ? ["converged", "success"] : ["not converged", "warning"];
}

export function CalculationTag({ calculation }: { calculation: CalculationStanding }) {
  const [text, intent] = wordsOf(calculation);
  return (
    <Tag minimal intent={intent}>
      {text}
    </Tag>
  );
}
