/** Finds pages of the help by words, the best first. */
import type { HelpPage } from "./pages.ts";
import { type HelpBlock, plainText } from "./read-markdown.ts";

const WEIGHT = { title: 8, words: 4, heading: 3, text: 1 } as const;

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);

const textOf = (block: HelpBlock): string =>
  block.kind === "list" ? block.items.map(plainText).join("\n") : plainText(block.spans);

/** Of questions: they say nothing of what is asked. */
const OF_QUESTIONS = new Set(
  "a an and are at can do does for how i in is it my of on the to what when where which who why with".split(
    " ",
  ),
);

function wantedOf(text: string): string[] {
  const words = wordsOf(text);
  const telling = words.filter((word) => !OF_QUESTIONS.has(word));
  return telling.length > 0 ? telling : words;
}

/** Where a page may have a word, and how much that says. */
const partsOf = ({ title, words, blocks }: HelpPage): [weight: number, words: string[]][] => [
  [WEIGHT.title, wordsOf(title)],
  [WEIGHT.words, wordsOf(words)],
  ...blocks.map((block): [number, string[]] => [
    block.kind === "heading" ? WEIGHT.heading : WEIGHT.text,
    wordsOf(textOf(block)),
  ]),
];

/** The greatest weight of a part in which a word begins so; 0 where none does. */
const weightOf = (parts: ReturnType<typeof partsOf>, wanted: string): number =>
  Math.max(
    0,
    ...parts.map(([weight, words]) => (words.some((word) => word.startsWith(wanted)) ? weight : 0)),
  );

/** @returns those that have each word, at least its beginning; all of them, in their order, where none is asked for */
export function findHelp(pages: readonly HelpPage[], text: string): HelpPage[] {
  const wanted = wantedOf(text);
  return pages
    .map((page) => {
      const parts = partsOf(page);
      return { page, weights: wanted.map((word) => weightOf(parts, word)) };
    })
    .filter(({ weights }) => weights.every((weight) => weight > 0))
    .map(({ page, weights }) => ({ page, weight: weights.reduce((sum, one) => sum + one, 0) }))
    .sort((a, b) => b.weight - a.weight)
    .map(({ page }) => page);
}

/** The first line of a page that has one of the words, to show why it was found; undefined where only its title or other words for it do. */
export function lineFound({ blocks }: HelpPage, text: string): string | undefined {
  const wanted = wantedOf(text);
  if (wanted.length === 0) return undefined;
  return blocks
    .flatMap((block) => textOf(block).split("\n"))
    .find((line) => wordsOf(line).some((word) => wanted.some((start) => word.startsWith(start))));
}
