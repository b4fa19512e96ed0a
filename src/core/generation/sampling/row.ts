/** One molecule in the making: which token comes next, by the template, the model and the grammar. */
import assert from "node:assert/strict";
import { type Grammar, type GrammarState, RING_COST } from "../language/grammar.ts";
import { atomType } from "../language/grammar-atom.ts";
import { END, isRingLabel, type Vocabulary } from "../language/vocabulary.ts";
import { randomStream } from "../random-stream.ts";
import { chooseToken, type DrawingRules, tokenNll } from "./choose-token.ts";
import { FREE, type PromptTemplate, relabelRings } from "./prompt.ts";

export interface RowRules extends DrawingRules {
  seed: number;
  /** Longest SMILES, in tokens. */
  maxTokens: number;
  /** Refuses tokens after which no valid molecule can follow; needed where a prompt has holes. */
  grammar?: Grammar | undefined;
  /** Sample i follows prompt i modulo their number; left out, samples are free. */
  prompts?: readonly PromptTemplate[] | undefined;
}

export interface Row {
  readonly index: number;
  readonly random: () => number;
  readonly prompt: PromptTemplate;
  tokens: number[];
  /** Negative log-likelihood of the tokens so far under the model at temperature 1, nats. */
  nll: number;
  written: GrammarState | undefined;
  /** Place in the prompt. */
  item: number;
  /** Tokens of a fragment that must come next. */
  pending: number[];
  hole: Hole | undefined;
  restarts: number;
}

interface Hole {
  branches: number;
  rings: ReadonlySet<string>;
  /** Length of the string where the hole began. */
  from: number;
  /** Only the bond to its first atom joins it to the template: it fills a branch, or ends the string. */
  isTerminal: boolean;
  /** Room that the template takes after it, in tokens. */
  reserve: number;
}

export type Fate = "going-on" | "finished" | "restarted" | "given-up";

/** A row that the grammar led astray so often gives up: the template can hardly be followed. */
const MAX_RESTARTS = 200;

export function beginRow(index: number, rules: RowRules): Row {
  const { prompts = [FREE], grammar, seed } = rules;
  return {
    index,
    random: randomStream(seed, index),
    prompt: prompts[index % prompts.length]!,
    restarts: 0,
    ...freshState(grammar),
  };
}

const freshState = (grammar: Grammar | undefined) => ({
  tokens: [],
  nll: 0,
  written: grammar?.start,
  item: 0,
  pending: [],
  hole: undefined,
});

/** Adds one token to the row. A row to which grammar or template leave no way on, or no room, is begun again. */
export function advance(
  row: Row,
  logits: Float32Array,
  { vocabulary, rules }: { vocabulary: Vocabulary; rules: RowRules },
): Fate {
  const choice = nextToken(row, logits, { vocabulary, rules });
  if (choice) {
    row.nll += choice.nll;
    if (choice.token === END) return "finished";
    row.tokens.push(choice.token);
    if (row.tokens.length < rules.maxTokens) return "going-on";
    if (!rules.grammar) return "finished";
  }
  if (row.restarts++ >= MAX_RESTARTS) return "given-up";
  Object.assign(row, freshState(rules.grammar));
  return "restarted";
}

interface Choice {
  token: number;
  nll: number;
}

interface Context {
  vocabulary: Vocabulary;
  rules: RowRules;
}

/** Undefined at a dead end. */
function nextToken(row: Row, logits: Float32Array, context: Context): Choice | undefined {
  for (;;) {
    const pending = row.pending.shift();
    if (pending !== undefined) return force(row, pending, { logits, grammar: context.rules.grammar });
    const item = row.prompt[row.item];
    if (item === undefined) return force(row, END, { logits, grammar: context.rules.grammar });
    if (item.kind === "token") {
      row.item++;
      return force(row, item.token, { logits, grammar: context.rules.grammar });
    }
    if (item.kind === "hole") row.hole ??= openHole(row, context.vocabulary);
    const choice = draw(row, logits, context);
    if (choice !== "end-of-hole") return choice;
    assert(item.kind === "hole" && row.hole);
    const open = row.hole.rings;
    row.hole = undefined;
    row.item++;
    const fragment = relabelRings(item.then, context.vocabulary, open);
    if (!fragment) return undefined;
    row.pending = fragment;
  }
}

function openHole(row: Row, vocabulary: Vocabulary): Hole {
  const { written, tokens, prompt, item } = row;
  const after = prompt[item + 1];
  return {
    branches: written?.branches.length ?? 0,
    rings: new Set(written?.rings.keys()),
    reserve: reserveAfter(row, vocabulary),
    from: tokens.length,
    isTerminal: !after || (after.kind === "token" && vocabulary.tokens[after.token] === ")"),
  };
}

/** What the grammar asks for at each token of the template that is still to come, a hole being one atom. */
function reserveAfter({ written, prompt, item }: Row, vocabulary: Vocabulary): number {
  const rest = prompt.slice(item).flatMap((part, i) => {
    if (part.kind === "token") return [vocabulary.tokens[part.token]!];
    const then = part.kind === "hole" ? part.then.map((token) => vocabulary.tokens[token]!) : [];
    return i === 0 ? then : ["*", ...then];
  });
  const open = new Set(written?.rings.keys());
  let branches = written?.branches.length ?? 0;
  let reserve = open.size * RING_COST + branches;
  for (const [i, text] of rest.entries()) {
    if (text === "(") branches++;
    else if (text === ")") branches--;
    else if (isRingLabel(text) && !open.delete(text)) open.add(text);
    reserve = Math.max(reserve, i + 1 + open.size * RING_COST + branches);
  }
  return reserve;
}

function hasRoom({ rings, branches, bond, length }: GrammarState, hole: Hole, maxTokens: number): boolean {
  const inside = (rings.size - hole.rings.size) * RING_COST + branches.length - hole.branches;
  return maxTokens - length >= hole.reserve + inside + (bond ? 1 : 0);
}

function force(
  row: Row,
  token: number,
  { logits, grammar }: { logits: Float32Array; grammar: Grammar | undefined },
) {
  const written = row.written && grammar?.next(row.written, token);
  if (row.written && !written) return undefined;
  row.written = written;
  return { token, nll: tokenNll(logits, token) };
}

/** Draws until the grammar accepts a token. */
function draw(
  row: Row,
  logits: Float32Array,
  { vocabulary, rules }: Context,
): Choice | undefined | "end-of-hole" {
  const { grammar } = rules;
  if (!grammar || !row.written) return chooseToken(logits, rules, undefined, row.random());
  const allowed = new Uint8Array(logits.length).fill(1);
  while (allowed.subarray(END).includes(1)) {
    const choice = chooseToken(logits, rules, allowed, row.random());
    const verdict = row.hole ? inHole(row, row.hole, vocabulary.tokens[choice.token]!) : "allowed";
    if (verdict === "end" && mayGoOn(row, grammar)) return "end-of-hole";
    const enclosure = row.hole?.isTerminal ? row.hole : undefined;
    const written = verdict === "allowed" ? grammar.next(row.written, choice.token, enclosure) : undefined;
    if (written && (!row.hole || hasRoom(written, row.hole, rules.maxTokens))) {
      row.written = written;
      return choice;
    }
    allowed[choice.token] = 0;
  }
  return undefined;
}

/** Whether what the template brings after a hole may follow. */
function mayGoOn({ written, prompt, item }: Row, grammar: Grammar): boolean {
  const hole = prompt[item];
  const after = prompt[item + 1];
  const fixed = after?.kind === "token" ? after.token : after ? undefined : END;
  const token = (hole?.kind === "hole" ? hole.then[0] : undefined) ?? fixed;
  // A row that a grammar follows has what is written.
  return token === undefined || grammar.next(written!, token) !== undefined;
}

/** Whether a token may be written in a hole, may not, or ends it. */
function inHole(row: Row, hole: Hole, text: string): "allowed" | "refused" | "end" {
  const { branches, rings, last } = row.written!; // as above
  if (hole.rings.has(text)) return "refused";
  // The bond to a hole is the template's: its first token is an atom.
  if (row.tokens.length === hole.from) return atomType(text) ? "allowed" : "refused";
  const ends = text === "<eos>" || (text === ")" && branches.length === hole.branches);
  if (!ends) return "allowed";
  const complete =
    branches.length === hole.branches &&
    rings.size === hole.rings.size &&
    (last === "atom" || last === "ring" || last === "end-of-branch");
  return complete ? "end" : "refused";
}
