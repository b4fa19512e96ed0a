import { expect, it } from "vitest";
import type { Review } from "#shared/campaign/review.ts";
import { CampaignId, candidateId } from "#shared/ids.ts";
import {
  EMPTY_HISTORY,
  forgotten,
  type History,
  isCurrent,
  moved,
  nextSteps,
  reviewOf,
  type Said,
  type Step,
  saidBy,
  withStep,
} from "../../../src/renderer/src/features/review/verdict-history.ts";

const id = (index: number) => candidateId(CampaignId.parse("00000000-0000-4000-8000-000000000001"), index);
const said = (verdict: Review["verdict"], reason = ""): Said => ({ verdict, reason, comment: "" });
const step = (index: number, before: Said, after: Said, reviewer = "ada"): Step => ({
  candidateId: id(index),
  reviewer,
  before,
  after,
});
const review = (reviewer: string, verdict: Review["verdict"], reason = ""): Review => ({
  candidateId: id(1),
  reviewer,
  verdict,
  reason,
  comment: "",
  at: "2026-11-30T00:00:00.000Z",
});

it("what a person says is the last that was not withdrawn", () => {
  const reviews = [review("ada", "reject"), review("ben", "maybe"), review("ada", "shortlist", "nice")];
  expect(saidBy(reviews, "ada")).toEqual(said("shortlist", "nice"));
  expect(saidBy([...reviews, review("ada", "withdrawn")], "ada")).toBeNull();
  expect(saidBy([...reviews, review("ada", "withdrawn")], "ben")).toEqual(said("maybe"));
  expect(saidBy([], "ada")).toBeNull();
});

/** Applies a step to what is said, as the notebook would. */
function play(
  history: History,
  world: Map<string, Said>,
  direction: "undo" | "redo",
  reviewer = "ada",
): History {
  const [next] = nextSteps(history, direction, reviewer);
  if (!next) return history;
  expect(isCurrent(next, direction, world.get(next.candidateId) ?? null)).toBe(true);
  const { verdict, reason = "", comment } = reviewOf(next, direction);
  world.set(next.candidateId, verdict === "withdrawn" ? null : { verdict, reason, comment });
  return moved(history, direction, next);
}

it("undo and redo lead back and forth through every state, in order", () => {
  const world = new Map<string, Said>();
  let history = EMPTY_HISTORY;
  const steps = [
    step(1, null, said("shortlist")),
    step(2, null, said("reject", "toxic")),
    step(1, said("shortlist"), said("maybe")),
    step(2, said("reject", "toxic"), null),
  ];
  const states = [new Map(world)];
  for (const one of steps) {
    history = withStep(history, one);
    world.set(one.candidateId, one.after);
    states.push(new Map(world));
  }
  const plain = (state: Map<string, Said>) => [1, 2].map((index) => state.get(id(index)) ?? null);
  for (let i = steps.length - 1; i >= 0; i--) {
    history = play(history, world, "undo");
    expect(plain(world)).toEqual(plain(states[i]!));
  }
  expect(nextSteps(history, "undo", "ada")).toEqual([]);
  for (let i = 1; i <= steps.length; i++) {
    history = play(history, world, "redo");
    expect(plain(world)).toEqual(plain(states[i]!));
  }
  expect(nextSteps(history, "redo", "ada")).toEqual([]);
});

it("a new verdict leaves nothing to do again; each person undoes their own", () => {
  const world = new Map<string, Said>([[id(1), said("shortlist")]]);
  let history = withStep(EMPTY_HISTORY, step(1, null, said("shortlist")));
  history = play(history, world, "undo");
  history = withStep(history, step(3, null, said("maybe"), "ben"));
  expect(nextSteps(history, "redo", "ada")).toEqual([]);
  expect(nextSteps(history, "undo", "ada")).toEqual([]);
  expect(nextSteps(history, "undo", "ben").map(({ candidateId }) => candidateId)).toEqual([id(3)]);
});

it("what was judged anew elsewhere is not undone, and forgotten", () => {
  const one = step(1, null, said("shortlist"));
  const history = withStep(EMPTY_HISTORY, one);
  expect(isCurrent(one, "undo", said("reject"))).toBe(false);
  expect(isCurrent(one, "undo", said("shortlist", "another reason"))).toBe(false);
  expect(isCurrent(one, "redo", null)).toBe(true);
  expect(forgotten(history, one)).toEqual(EMPTY_HISTORY);
});

it("verdicts that were given together are undone and done again together, in order", () => {
  const together = [1, 2, 3].map((index) => ({ ...step(index, null, said("reject")), batch: "one" }));
  let history = [step(9, null, said("maybe")), ...together].reduce(withStep, EMPTY_HISTORY);
  const indices = (steps: readonly Step[]) => steps.map(({ candidateId }) => candidateId.split("/")[1]);
  expect(indices(nextSteps(history, "undo", "ada"))).toEqual(["3", "2", "1"]);
  for (const one of nextSteps(history, "undo", "ada")) history = moved(history, "undo", one);
  expect(indices(nextSteps(history, "undo", "ada"))).toEqual(["9"]);
  expect(indices(nextSteps(history, "redo", "ada"))).toEqual(["1", "2", "3"]);
});
