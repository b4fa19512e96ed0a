/** A property that a person defines by states of the candidate and of other molecules, and a formula over their energies. */
import { z } from "zod";
import { SolventRequest } from "../quantum/solvents.ts";
import { FormulaError, MOST_CHARACTERS, readFormula } from "./formula.ts";
import { FUNCTIONAL_NAMES } from "./functional-level.ts";
import { ENERGY_UNITS } from "./property.ts";

/** Records name what a state brings "<name>-scf", so that names hold no hyphen. */
const STATE_NAME = /^[A-Za-z]\w{0,30}$/;

const FormulaState = z.strictObject({
  /** Another molecule than the candidate, in the charge and the spin that its SMILES says. */
  smiles: z.string().min(1).max(500).exactOptional(),
  /** What a reaction makes of the candidate: reaction SMARTS with one molecule on each side, "[C:1]=[O:2]>>[C:1]([H])[O:2][H]". */
  reaction: z.string().min(3).max(500).exactOptional(),
  /** Beyond that of the candidate, or of the SMILES, e. */
  charge: z.number().int().min(-4).max(4).default(0),
  /**
   * 2S + 1, or the lowest that the number of electrons allows. Absent: that of the candidate or of the SMILES, and of another charge the
   * lowest.
   */
  multiplicity: z.union([z.number().int().min(1).max(9), z.literal("lowest")]).exactOptional(),
  /** As candidates' geometries are made, or from there to the nearest Hartree–Fock minimum in 6-31G*. */
  geometry: z.enum(["candidate", "relaxed"]).default("candidate"),
});
export type FormulaState = z.infer<typeof FormulaState>;

/** What stands in headings, tables and files' comments. */
export const oneLine = (longest: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .regex(/^[^\p{Cc}\p{Zl}\p{Zp}]*$/u, "expected one line, without control characters");

/** What a definition is called, whatever its kind. */
export const DefinitionNames = z.strictObject({
  /** Raised where an older definition would mean something else. */
  version: z.literal(1).default(1),
  /** "hydride-affinity". */
  id: z
    .string()
    .max(60)
    .regex(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/, "expected words of small letters and digits with - between"),
  /** "Hydride affinity". */
  title: oneLine(80),
  /** Over columns that have no room for more: "HA". */
  symbol: oneLine(8).exactOptional(),
});

const FormulaShape = z.strictObject({
  kind: z.literal("formula"),
  ...DefinitionNames.shape,
  unit: z.enum(ENERGY_UNITS),
  better: z.enum(["maximise", "minimise"]),
  /** Of the energies, unless the campaign names another. */
  basis: z.string().min(1).default("6-31g*"),
  /** Of the number that candidates are ranked by; beside MP2 stands Hartree–Fock, a functional has D3(BJ) where that was fitted to it. */
  method: z.enum(["mp2", "hartree-fock", ...FUNCTIONAL_NAMES]).default("mp2"),
  /** Around every state whose energy is computed; relaxations are in the gas phase. */
  solvent: SolventRequest.exactOptional(),
  states: z.record(z.string(), FormulaState),
  /** Over E(state), see readFormula. */
  formula: z.string().min(1).max(MOST_CHARACTERS),
});

/** Names that every object of JavaScript has, so that results would seem to hold them: "constructor". */
const isTaken = (name: string): boolean => name in Object.prototype;

/** Whether a state is of the candidate itself. */
export const isOfCandidate = (state: FormulaState | undefined): boolean =>
  state !== undefined && state.smiles === undefined && state.reaction === undefined;

function checkFormula(definition: z.infer<typeof FormulaShape>, context: z.RefinementCtx): void {
  const { formula: input, states } = definition;
  // Its length is refused by the schema already.
  if (input.length > MOST_CHARACTERS) return;
  const refuse = (path: string, message: string) =>
    context.issues.push({ code: "custom", input, path: [path], message });
  const misnamed = Object.keys(states).filter((name) => !STATE_NAME.test(name));
  for (const name of misnamed)
    refuse("states", `expected names of a letter, then letters, digits and _, got "${name}"`);
  for (const name of Object.keys(states).filter(isTaken))
    refuse("states", `expected names that JavaScript does not use itself, got "${name}": take another`);
  for (const [name, { smiles, reaction }] of Object.entries(states))
    if (smiles !== undefined && reaction !== undefined)
      refuse("states", `expected smiles or reaction of ${name}, got both`);
  try {
    const used = Object.keys(readFormula(input).factors);
    const unknown = used.filter((name) => !Object.hasOwn(states, name));
    const idle = Object.keys(states).filter((name) => !used.includes(name));
    const known = Object.keys(states).join(", ");
    if (unknown.length > 0)
      refuse("formula", `expected states that the definition names (${known}), got ${unknown.join(", ")}`);
    else if (idle.length > 0)
      refuse("states", `expected states that the formula asks for, got ${idle.join(", ")}`);
    else if (!used.some((name) => isOfCandidate(states[name])))
      refuse("formula", "expected a state of the candidate in it, got other molecules alone");
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    refuse("formula", error.message);
  }
}

export const FormulaDefinition = FormulaShape.superRefine(checkFormula);
export type FormulaDefinition = z.infer<typeof FormulaDefinition>;

/** Of the spin that the molecule has, then of the lowest, then rising. */
const spinRank = ({ multiplicity }: FormulaState): number => {
  if (multiplicity === undefined) return 0;
  return multiplicity === "lowest" ? 1 : 1 + multiplicity;
};

/**
 * Those of the candidate first, the least charged of them before the others, those of its own spin before others, then by name: records
 * keep no order of members, and what is first is taken for the molecule.
 */
export function statesInOrder({ states }: Pick<FormulaDefinition, "states">): [string, FormulaState][] {
  const rank = (state: FormulaState): number =>
    (isOfCandidate(state) ? 0 : 1000) + 100 * Math.abs(state.charge) + spinRank(state);
  return Object.entries(states).toSorted(
    ([a, one], [b, other]) => rank(one) - rank(other) || (a < b ? -1 : 1),
  );
}

const withoutSpin = ({ multiplicity: _, ...state }: FormulaState): FormulaState => state;

/** As up to version 11 of evaluations, whose order of states knew no spin: that of this, by charge and name alone. */
export const withoutSpins = (formula: FormulaDefinition): FormulaDefinition => ({
  ...formula,
  states: Object.fromEntries(
    Object.entries(formula.states).map(([name, state]) => [name, withoutSpin(state)]),
  ),
});

/** As results and records name the relaxation to a state. */
export const relaxationOf = (name: string): string => `${name}-relaxed`;

/**
 * Spins that the number of electrons allows are those of one parity.
 *
 * @param own of the molecule that the state is of
 * @returns 2S + 1 of the state; undefined where its electrons do not allow the one that it asks for
 */
export function multiplicityOf({ charge, multiplicity }: FormulaState, own: number): number | undefined {
  const lowest = (own + charge) % 2 === 0 ? 2 : 1;
  if (multiplicity === undefined) return charge === 0 ? own : lowest;
  if (multiplicity === "lowest") return lowest;
  return (multiplicity - lowest) % 2 === 0 ? multiplicity : undefined;
}
