/** Short reasons that reviewers give most; any other may be typed. */
export const REASONS: readonly string[] = [
  "Fits the objective",
  "Synthesis is known",
  "New scaffold",
  "Hard to make",
  "Unstable or reactive",
  "Toxicity concern",
  "Already known",
  "Energy not to be trusted",
  "Needs a better calculation",
];
