/** Templates from molecules: decorate a scaffold, link two fragments, vary a molecule. */
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { type Mol, parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { DomainError } from "#shared/errors.ts";
import { createGrammar } from "../language/grammar.ts";
import { tokenise } from "../language/vocabulary.ts";
import type { GenerationModel } from "../network/model.ts";
import { randomStream } from "../random-stream.ts";
import type { PromptItem, PromptTemplate } from "./prompt.ts";

/**
 * Templates that keep a scaffold and let the model write what is bound to it at each `*`.
 *
 * @param scaffold SMILES with attachment points as `*`, e.g. `*c1ccc(*)cc1`; each is filled by at least one atom
 * @returns one template for each atom that the string can begin with
 * @throws DomainError invalid-input
 */
export function decoratePrompts(rdkit: RDKit, model: GenerationModel, scaffold: string): PromptTemplate[] {
  using mol = parse(rdkit, scaffold, "scaffold");
  const points = attachmentPoints(mol);
  if (points.length === 0)
    throw new DomainError(
      "invalid-input",
      `scaffold: expected at least one attachment point *, got none in "${scaffold}".`,
    );
  const prompts = rootedSmiles(mol, points).map((smiles) => templateOf(model, smiles, []));
  return usable(model, prompts, scaffold);
}

/**
 * Templates that put what the model writes between two fragments.
 * @param first @param second SMILES with exactly one `*` each
 */
export function linkPrompts(
  rdkit: RDKit,
  model: GenerationModel,
  { first, second }: { first: string; second: string },
): PromptTemplate[] {
  using a = parse(rdkit, first, "first fragment");
  using b = parse(rdkit, second, "second fragment");
  for (const [mol, smiles] of [
    [a, first],
    [b, second],
  ] as const) {
    const found = attachmentPoints(mol).length;
    if (found !== 1)
      throw new DomainError(
        "invalid-input",
        `fragment: expected exactly one attachment point *, got ${found} in "${smiles}".`,
      );
  }
  // Each has exactly one.
  const tail = smilesFrom(b, attachmentPoints(b)[0]!).replace(/^\*/, "");
  const prompts = rootedSmiles(a, attachmentPoints(a)).map((smiles) =>
    templateOf(model, smiles, encode(model, tail)),
  );
  return usable(model, prompts, `${first} and ${second}`);
}

/**
 * Templates that keep the beginning of a molecule, written from different atoms and cut at different places.
 * @param keep shares of the string that are kept, each 0 to below 1
 */
export function nearPrompts(
  rdkit: RDKit,
  model: GenerationModel,
  {
    smiles,
    seed,
    count = 64,
    keep = [0.4, 0.9],
  }: { smiles: string; seed: number; count?: number; keep?: readonly [number, number] },
): PromptTemplate[] {
  using mol = parse(rdkit, smiles, "molecule");
  const random = randomStream(seed, 0xffffffff);
  if (attachmentPoints(mol).length > 0)
    throw new DomainError("invalid-input", `molecule: expected one without *, got "${smiles}".`, { smiles });
  const written = rootedSmiles(mol, []).map((text) => encode(model, text));
  return Array.from({ length: count }, () => {
    const tokens = written[Math.floor(random() * written.length)]!;
    // Of a very small molecule one atom is kept: nothing would be any molecule.
    const kept = Math.max(1, Math.floor(tokens.length * (keep[0] + random() * (keep[1] - keep[0]))));
    return [
      ...tokens.slice(0, kept).map((token): PromptItem => ({ kind: "token", token })),
      { kind: "rest" },
    ];
  });
}

/** Models write no isotopes; hydrogen without its mass number is one of those that are not written. */
const MASS_NUMBER = /(?<=\[)\d+(?=[A-Za-z])/g;

function parse(rdkit: RDKit, smiles: string, what: string): Mol {
  const mol = parseSmiles(rdkit, smiles.replaceAll(MASS_NUMBER, ""));
  if (isInvalid(mol))
    throw new DomainError("invalid-input", `${what}: "${smiles}" is not a SMILES (${mol.reason}).`, {
      smiles,
    });
  return mol;
}

const attachmentPoints = (mol: Mol): number[] => {
  const json = JSON.parse(mol.get_json()) as { molecules: [{ atoms: { z?: number }[] }] };
  return [...json.molecules[0].atoms.entries()].filter(([, atom]) => atom.z === 0).map(([i]) => i);
};

const smilesFrom = (mol: Mol, atom: number) =>
  mol.get_smiles(JSON.stringify({ rootedAtAtom: atom, doIsomericSmiles: false }));

/** The string begins with an atom that bears an attachment point. */
const BEGINS_AT_POINT = /^(\[[^\]]*\]|Br|Cl|\w)(\d|%\d\d)*\(?[-=#]?\*/;

/**
 * The different strings that begin with each atom that is no attachment point; that of RDKit's canonical order first, if it is one.
 * Models know canonical strings, which hardly begin with a branching atom: such strings are left out where there are others.
 */
function rootedSmiles(mol: Mol, points: readonly number[]): string[] {
  const strings = Array.from({ length: mol.get_num_atoms() }, (_, atom) => atom)
    .filter((atom) => !points.includes(atom))
    .map((atom) => smilesFrom(mol, atom));
  const canonical = mol.get_smiles(JSON.stringify({ doIsomericSmiles: false }));
  const all = [...new Set([canonical, ...strings])].filter((s) => !s.startsWith("*"));
  const usual = all.filter((s) => !BEGINS_AT_POINT.test(s));
  return usual.length > 0 ? usual : all;
}

function encode(model: GenerationModel, smiles: string): number[] {
  const encoded = model.vocabulary.encode(smiles);
  if ("unknown" in encoded)
    throw new DomainError(
      "invalid-input",
      `The model ${model.card.name} does not know "${encoded.unknown}" in ${smiles}; it writes ${model.vocabulary.tokens.slice(3).join(" ")}.`,
      { token: encoded.unknown },
    );
  return [...encoded.ids];
}

function templateOf(model: GenerationModel, smiles: string, then: readonly number[]): PromptTemplate {
  return tokenise(smiles).map(
    // One token is one number.
    (text): PromptItem =>
      text === "*" ? { kind: "hole", then } : { kind: "token", token: encode(model, text)[0]! },
  );
}

/** The templates that give a molecule when a carbon atom fills each hole. */
function usable(model: GenerationModel, prompts: readonly PromptTemplate[], what: string): PromptTemplate[] {
  const grammar = createGrammar(model.vocabulary, model.card.architecture.maxTokens);
  const carbon = model.vocabulary.tokens.indexOf("C");
  const fits = (prompt: PromptTemplate) => {
    let state: typeof grammar.start | undefined = grammar.start;
    for (const item of prompt)
      state = state && grammar.next(state, item.kind === "token" ? item.token : carbon);
    return state !== undefined;
  };
  const good = prompts.filter(fits);
  if (good.length === 0)
    throw new DomainError(
      "invalid-input",
      `No molecule can be written around ${what}: check its valences and attachment points.`,
    );
  return good;
}
