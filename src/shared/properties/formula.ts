/**
 * Formulas such as "E(anion) - E(neutral) + 1/2 * (E(h2) - 5.2 kJ/mol)": what a person's own property makes of the energies of its
 * states. They are linear in the energies, so that a reaction is one too, and no more is read than numbers, units, + - * / and parentheses.
 */
import { ENERGY_UNITS, type EnergyUnit, UNITS } from "./property.ts";

/** c + f₁ E₁ + f₂ E₂ + …, Hartree. */
export interface EnergyFormula {
  readonly constant_hartree: number;
  /** By the name of the state; none is 0. */
  readonly factors: Readonly<Record<string, number>>;
}

/** A part of a formula: a number, or an energy. */
interface Part extends EnergyFormula {
  readonly isEnergy: boolean;
}

/** Of a constant in Hartree and of factors: with more, energies lose their digits, and at last are no numbers. */
const LARGEST = 1e6;

/** UTF-16 code units; parentheses and signs are followed by recursion. */
export const MOST_CHARACTERS = 2000;

/** What is wrong with a formula, for people; its text names the place. */
export class FormulaError extends Error {}

const UNIT_NAMES = ENERGY_UNITS;
const TOKEN = new RegExp(
  `\\s*(?:(?<number>(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d+)?)|(?<unit>${UNIT_NAMES.join("|")})\\b|E\\(\\s*(?<state>\\w+)\\s*\\)|(?<sign>[-+*/()]))`,
  "y",
);

interface Token {
  readonly kind: "number" | "unit" | "state" | "sign" | "end";
  readonly text: string;
  /** From 1. */
  readonly place: number;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex;
    const groups = TOKEN.exec(text)?.groups;
    if (!groups)
      throw new FormulaError(
        `expected numbers, units (${UNIT_NAMES.join(", ")}), E(state), + - * / and parentheses, got "${text.slice(from).trim()}"`,
      );
    const [kind, found] = Object.entries(groups).find(([, value]) => value !== undefined) ?? [];
    tokens.push({ kind: kind as Token["kind"], text: found ?? "", place: from + 1 });
  }
  return [...tokens, { kind: "end", text: "the end", place: end + 1 }];
}

const number = (constant_hartree: number): Part => ({ constant_hartree, factors: {}, isEnergy: false });

function scaled({ constant_hartree, factors, isEnergy }: Part, by: number): Part {
  const each = Object.entries(factors).map(([name, factor]) => [name, by * factor]);
  return { constant_hartree: by * constant_hartree, factors: Object.fromEntries(each), isEnergy };
}

function added(a: Part, b: Part): Part {
  if (a.isEnergy !== b.isEnergy)
    throw new FormulaError("expected both sides of + and - to be energies, or both numbers, got one of each");
  const factors = new Map(Object.entries(a.factors));
  for (const [name, factor] of Object.entries(b.factors))
    factors.set(name, (factors.get(name) ?? 0) + factor);
  return {
    constant_hartree: a.constant_hartree + b.constant_hartree,
    factors: Object.fromEntries(factors),
    isEnergy: a.isEnergy,
  };
}

function multiplied(a: Part, b: Part): Part {
  if (a.isEnergy && b.isEnergy)
    throw new FormulaError("expected energies times numbers, got an energy times an energy");
  return a.isEnergy ? scaled(a, b.constant_hartree) : scaled(b, a.constant_hartree);
}

function divided(a: Part, b: Part): Part {
  if (b.isEnergy) throw new FormulaError("expected division by numbers, got one by an energy");
  if (!Number.isFinite(1 / b.constant_hartree))
    throw new FormulaError(`expected division by another number than 0, got ${b.constant_hartree}`);
  return scaled(a, 1 / b.constant_hartree);
}

/** Reads from the front of its tokens: sum = product {± product}, product = factor {×÷ factor}. */
class Reader {
  readonly #tokens: Token[];

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  /** The next token, which is left there; the last one is the end. */
  get next(): Token {
    return this.#tokens[0]!;
  }

  #take(...signs: string[]): string | undefined {
    const { kind, text } = this.next;
    if (kind !== "sign" || !signs.includes(text)) return undefined;
    this.#tokens.shift();
    return text;
  }

  sum(): Part {
    let part = this.#product();
    for (let sign = this.#take("+", "-"); sign; sign = this.#take("+", "-")) {
      const other = this.#product();
      part = added(part, sign === "+" ? other : scaled(other, -1));
    }
    return part;
  }

  #product(): Part {
    let part = this.#factor();
    for (let sign = this.#take("*", "/"); sign; sign = this.#take("*", "/"))
      part = sign === "*" ? multiplied(part, this.#factor()) : divided(part, this.#factor());
    return part;
  }

  #factor(): Part {
    const sign = this.#take("+", "-");
    if (sign) return scaled(this.#factor(), sign === "-" ? -1 : 1);
    if (this.#take("(")) {
      const inner = this.sum();
      if (!this.#take(")")) throw this.#unexpected(")");
      return inner;
    }
    const { kind, text } = this.next;
    if (kind !== "number" && kind !== "state") throw this.#unexpected("a number, E(state) or (");
    this.#tokens.shift();
    if (kind === "state") return { constant_hartree: 0, factors: { [text]: 1 }, isEnergy: true };
    if (!Number.isFinite(Number(text)))
      throw new FormulaError(`expected numbers below 1e308, got ${text.slice(0, 20)}`);
    if (this.next.kind !== "unit") return number(Number(text));
    // The expression names the units that there are.
    const unit = this.next.text as EnergyUnit;
    this.#tokens.shift();
    return { ...number(UNITS[unit].toStored(Number(text))), isEnergy: true };
  }

  #unexpected(expected: string): FormulaError {
    const { text, place } = this.next;
    return new FormulaError(`expected ${expected} at place ${place}, got ${text}`);
  }
}

/**
 * @param text at most MOST_CHARACTERS long
 * @throws FormulaError where it is none or longer, its value no energy, or a number in it too large
 */
export function readFormula(text: string): EnergyFormula {
  if (text.length > MOST_CHARACTERS)
    throw new FormulaError(`expected at most ${MOST_CHARACTERS} characters, got ${text.length}`);
  const reader = new Reader(text);
  const { constant_hartree, factors, isEnergy } = reader.sum();
  const { kind, text: rest, place } = reader.next;
  if (kind !== "end") throw new FormulaError(`expected the formula to end at place ${place}, got ${rest}`);
  if (!isEnergy) throw new FormulaError("expected an energy, got a number without a unit");
  const large = [constant_hartree, ...Object.values(factors)].find((value) => !(Math.abs(value) <= LARGEST));
  if (large !== undefined)
    throw new FormulaError(
      `expected factors, and a constant in Hartree, of up to ${LARGEST.toLocaleString("en")} in size, got ${large}`,
    );
  const told = Object.entries(factors).filter(([, factor]) => factor !== 0);
  return { constant_hartree, factors: Object.fromEntries(told) };
}
