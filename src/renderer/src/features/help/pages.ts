/** The pages of the help, in the order in which a newcomer would read them. */
import type { Route } from "../../hooks/route.ts";
import { type HelpBlock, plainText, readMarkdown } from "./read-markdown.ts";

const FILES = import.meta.glob<string>("./pages/*.md", { query: "?raw", import: "default", eager: true });

/** By the names of their files, with what people look for by other words than a page has. */
const ORDER = {
  start: "begin tutorial getting started introduction tour sample example demo",
  campaigns: "screen screening generate propose filter rung funnel resume restart",
  "own-molecules": "import library upload csv sdf xyz smiles measured experiment compare",
  ranks: "uncertainty sigma confidence interval error bars certainty significance tie equal",
  quantum: "vqe casci active space multireference diagnostic qubit route mp2 koopmans",
  calculate:
    "single molecule dft functional optimise optimisation frequencies solvent orbitals density method basis",
  review: "verdict shortlist keyboard shortcuts undo blind second reviewer sign",
  plots: "chart scatter pareto histogram distribution sort column unit kcal svg png figure",
  search: "find substructure similarity tanimoto smarts",
  export: "save download csv sdf pdf report excel plate archive eln",
  devices: "ionq ibm braket amazon qpu hardware cost price key",
  data: "file folder path backup restore database sqlite verify signature",
  privacy: "network internet telemetry offline upload confidential secret security",
  failures: "error failed not converged problem missing crash memory",
} as const;
export type HelpId = keyof typeof ORDER;

export interface HelpPage {
  readonly id: HelpId;
  readonly title: string;
  readonly blocks: readonly HelpBlock[];
  /** Other words for it. */
  readonly words: string;
}

function pageOf([id, words]: [string, string]): HelpPage {
  const blocks = readMarkdown(FILES[`./pages/${id}.md`] ?? "");
  const [first] = blocks;
  if (first?.kind !== "title") throw new Error(`the help's page ${id} has no title`);
  return { id: id as HelpId, title: plainText(first.spans), blocks: blocks.slice(1), words };
}

export const HELP_PAGES: readonly HelpPage[] = Object.entries(ORDER).map(pageOf);

export const isHelpId = (text: string): text is HelpId => Object.hasOwn(ORDER, text);

/** What a person who asks for help there most likely asks of. */
const FOR_ROUTE: Readonly<Record<Route["page"], HelpId>> = {
  campaigns: "start",
  new: "campaigns",
  campaign: "ranks",
  review: "review",
  search: "search",
  calculate: "calculate",
  models: "campaigns",
  devices: "devices",
  notebook: "data",
};
export const helpFor = ({ page }: Route): HelpId => FOR_ROUTE[page];
