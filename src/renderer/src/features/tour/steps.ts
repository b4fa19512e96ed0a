/** The tour of the sample: one question from the ranking to the shortlist. */
import type { CampaignId } from "#shared/ids.ts";
import { type Route, WHOLE_TABLE } from "../../hooks/route.ts";

/** Where the tour goes: the sample's campaign, and the candidate that is first in it. */
export interface TourPlace {
  campaign: CampaignId;
  best: number;
}

export interface TourStep {
  title: string;
  text: string;
  /** What it points at, as a CSS selector. */
  target: string;
  go(place: TourPlace): Route;
}

const table = ({ campaign }: TourPlace): Route => ({ page: "campaign", id: campaign, candidate: null });
const candidate = ({ campaign, best }: TourPlace): Route => ({
  page: "campaign",
  id: campaign,
  candidate: best,
});

const ROW = ".candidate-table tbody tr:not(.spacer)";

export const TOUR: readonly TourStep[] = [
  {
    title: "The question and its answer",
    text: "Which of these molecules gives up an electron most easily? The lowest vertical ionisation energy is rank 1: methanethiol, from its lone pair at sulfur. The number was computed on this machine a moment ago.",
    target: ROW,
    go: table,
  },
  {
    title: "Ranks that are open",
    text: "Under rank 2 stand the ranks that the error bars leave it, at 95 %. Molecules whose ranges overlap have no order between them: take them as a group.",
    target: `${ROW}:nth-of-type(2) .cell-rank`,
    go: table,
  },
  {
    title: "How far the order is to be trusted",
    text: "Here stands how many ranks are decided, and whether the dear numbers ordered the molecules otherwise than the cheap ones. Near 1, the dear step changed nothing.",
    target: ".table-note",
    go: table,
  },
  {
    title: "Against experiment",
    text: "Ten of the eleven were measured: column IE_eV. The order is nearly that of experiment, and most values are some tenths of an eV too low. An error that all share moves no rank.",
    target: ".table-note ~ .table-note",
    go: table,
  },
  {
    title: "One molecule and its numbers",
    text: "Each number with how it was made: MP2, which is ranked, Koopmans' estimate, and the same by VQE and exact diagonalisation in a small active space.",
    target: ".energy-table",
    go: candidate,
  },
  {
    title: "What the quantum step adds",
    text: "Here nothing: the exact answer in the same active space is known, and VQE can at best agree with it. The page says so beside every result; the help tells when to look closer.",
    target: ".honesty",
    go: candidate,
  },
  {
    title: "Your verdict",
    text: "Press s for the shortlist, m for maybe, r to reject; j and k walk through the candidates. Ctrl or ⌘ with Z takes a verdict back. The shortlist then leaves by the menu Export.",
    target: ".review-bar",
    go: candidate,
  },
  {
    title: "A molecule without a number",
    text: "Tetramethyltin could not be computed: no basis set here has tin. It stays in the table with its reason and is never ranked. That is the tour; F1 opens the help, n begins a campaign of your own.",
    target: ".row-failed",
    go: (place) => ({ ...table(place), table: { ...WHOLE_TABLE, view: "failed" } }) as Route,
  },
];
