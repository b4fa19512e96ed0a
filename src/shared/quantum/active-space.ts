/** How the orbitals that are correlated are chosen, and which they became. */
import { z } from "zod";

/** Number of active electrons and spatial orbitals. */
export const ActiveSpaceSize = z.strictObject({
  nelec: z.number().int().min(1),
  norb: z.number().int().min(1),
});
export type ActiveSpaceSize = z.infer<typeof ActiveSpaceSize>;

/** Reads "4e,4o". */
export function parseActiveSpace(text: string): ActiveSpaceSize | undefined {
  const match = /^(\d+)e\s*,\s*(\d+)o$/.exec(text.trim());
  if (!match) return undefined;
  const parsed = ActiveSpaceSize.safeParse({ nelec: Number(match[1]), norb: Number(match[2]) });
  return parsed.success ? parsed.data : undefined;
}

/** Highest occupied and lowest virtual orbitals by energy: `nelec` electrons in `norb` orbitals. */
const FrontierRule = ActiveSpaceSize.extend({ rule: z.literal("frontier") });

/** MP2 natural orbitals whose occupation lies from `threshold` to 2 − `threshold`; chemical core frozen. */
const NaturalOccupationRule = z.strictObject({
  rule: z.literal("natural-occupation"),
  threshold: z.number().gt(0).lt(1).default(0.02),
});

/** A valence shell of an element, all of it or one direction of a p shell: "O 2p", "C 2pz". */
const AtomicOrbital = z
  .string()
  .regex(
    /^[A-Z][a-z]? (?:[1-7][sd]|[2-7]p[xyz]?)$/,
    'expected an element and a shell, such as "O 2p" or "C 2pz"',
  );

/** Orbitals whose overlap with `targets`, atomic orbitals of STO-3G, is above `threshold` (AVAS, doi:10.1021/acs.jctc.7b00128). */
const AvasRule = z.strictObject({
  rule: z.literal("avas"),
  targets: z.array(AtomicOrbital).min(1),
  threshold: z.number().gt(0).lt(1).default(0.2),
});

/** Valence orbitals of a closed shell that low single excitations empty or fill by `threshold` electrons on average, the weightiest `most` at most. */
const ExcitationsRule = z.strictObject({
  rule: z.literal("excitations"),
  threshold: z.number().gt(0).lt(1).default(0.05),
  most: z.number().int().min(2).max(16).default(8),
});

/** Hartree–Fock orbitals by zero-based index, in order of energy; each brings the electrons it has there. */
const ListedOrbitalsRule = z.strictObject({
  rule: z.literal("orbitals"),
  orbitals: z.array(z.number().int().min(0)).min(1),
});

/** How a molecule's active space is chosen; one rule can hold for all candidates of a campaign. */
export const ActiveSpaceRule = z.discriminatedUnion("rule", [
  FrontierRule,
  NaturalOccupationRule,
  AvasRule,
  ExcitationsRule,
  ListedOrbitalsRule,
]);
export type ActiveSpaceRule = z.infer<typeof ActiveSpaceRule>;

/** A rule; a bare size means the frontier window. */
export const ActiveSpaceRequest = z.union([ActiveSpaceRule, ActiveSpaceSize]);
export type ActiveSpaceRequest = z.infer<typeof ActiveSpaceRequest>;

export const ActiveSpace = z.strictObject({
  nelec: z.number().int(),
  norb: z.number().int(),
  /**
   * Zero-based indices of the active orbitals: among the Hartree–Fock orbitals in order of energy, or, where the rule makes
   * orbitals of its own (natural-occupation, avas, excitations), among those, the core before them.
   */
  orbitals: z.array(z.number().int()),
  /** The rule that chose it, sizes filled in; null in earlier records, which are frontier windows. */
  rule: ActiveSpaceRule.nullable().default(null),
  /** Why these orbitals, in a sentence; null in earlier records. */
  reason: z.string().nullable().default(null),
  /** MP2 natural occupation of each active orbital, 0 … 2; null where the rule knows none; 2 or 0 for one that a property needed. */
  naturalOccupations: z.array(z.number()).nullable().default(null),
  /** The largest min(n, 2 − n) of the natural occupations n that were left out; null where the rule knows none. */
  largestDiscardedOccupation: z.number().nullable().default(null),
});
export type ActiveSpace = z.infer<typeof ActiveSpace>;
