/** The start form's state: settings as typed, checked by the same schema as the engine's. */
import type { z } from "zod";
import { CampaignSettings } from "#shared/campaign.ts";

/** Settings whose numbers may not be numbers yet. */
export type Draft = CampaignSettings;

export const newDraft = (now: Date): Draft =>
  CampaignSettings.parse({ name: `Campaign of ${now.toLocaleDateString("en-GB", { dateStyle: "medium" })}` });

export const copyOf = (settings: CampaignSettings): Draft => ({
  ...structuredClone(settings),
  name: `${settings.name} (copy)`.slice(0, 200),
});

/** "" is no number; NaN makes the schema say so. */
export const numberOf = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));

/** One issue in words that name what was expected. */
function describe(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small" && issue.origin === "string") return "Expected a name.";
  if (issue.code === "too_small") return `Expected at least ${issue.minimum}.`;
  if (issue.code === "too_big" && issue.origin === "string")
    return `Expected at most ${issue.maximum} characters.`;
  if (issue.code === "too_big") return `Expected at most ${issue.maximum}.`;
  if (issue.code === "invalid_type")
    return issue.expected === "int" ? "Expected a whole number." : "Expected a number.";
  return issue.message;
}

/** Rules between fields that no single field's schema can state. */
function crossChecks({ filter, evaluation }: CampaignSettings): [path: string, message: string][] {
  const space = evaluation.activeSpace;
  return [
    filter.minHeavyAtoms > filter.maxHeavyAtoms && [
      "filter.maxHeavyAtoms",
      `Expected at least the minimum, ${filter.minHeavyAtoms}.`,
    ],
    filter.minRingSize > filter.maxRingSize && [
      "filter.maxRingSize",
      `Expected at least the minimum, ${filter.minRingSize}.`,
    ],
    filter.elements.length === 0 && ["filter.elements", "Expected at least one element."],
    space &&
      space.nelec > 2 * space.norb && [
        "evaluation.activeSpace.nelec",
        `At most ${2 * space.norb} electrons fit into ${space.norb} orbitals.`,
      ],
    space &&
      space.nelec % 2 === 1 && [
        "evaluation.activeSpace.nelec",
        "Expected an even number: the neutral molecule has a closed shell.",
      ],
  ].filter((check) => Array.isArray(check)) as [string, string][];
}

export interface Checked {
  settings: CampaignSettings | undefined;
  /** Message for each field that does not fit, by its path, e.g. "generation.count". */
  problems: ReadonlyMap<string, string>;
}

export function check(draft: Draft): Checked {
  const parsed = CampaignSettings.safeParse(draft);
  const found: [string, string][] = parsed.success
    ? crossChecks(parsed.data)
    : parsed.error.issues.map((issue) => [issue.path.join("."), describe(issue)]);
  return {
    settings: parsed.success && found.length === 0 ? parsed.data : undefined,
    problems: new Map(found),
  };
}
