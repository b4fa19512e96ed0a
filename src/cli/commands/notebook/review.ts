/** `ansatz notebook review`: a verdict on a candidate, as it is given in the window, or withdrawn. */
import type { Command } from "commander";
import { type Judgement, Review, Verdict } from "#shared/campaign/review.ts";
import { DomainError } from "#shared/errors.ts";
import { CandidateId } from "#shared/ids.ts";
import { existing, openEngine } from "../../host.ts";
import { print, printJson } from "../../output.ts";
import { parseRequest } from "../../parse-request.ts";
import { readId } from "../../read-id.ts";
import { type NotebookFlags, subcommand } from "./command.ts";

interface ReviewFlags extends NotebookFlags {
  by: string;
  reason: string;
  comment: string;
}

const WITHDRAW = "withdraw";
const CHOICES = [...Verdict.options, WITHDRAW];

/** @throws DomainError invalid-input */
function judgementOf(text: string): Judgement {
  const verdict = Verdict.safeParse(text);
  if (verdict.success) return verdict.data;
  if (text === WITHDRAW) return "withdrawn";
  throw new DomainError("invalid-input", `Expected a verdict of ${CHOICES.join(", ")}, got "${text}".`);
}

export function addReviewCommand(notebook: Command): void {
  subcommand(
    notebook,
    "review <candidate> <verdict>",
    `give a verdict: ${Verdict.options.join(" | ")}; or ${WITHDRAW} your own. Nothing is deleted: each is a new record`,
  )
    .requiredOption("--by <name>", "the reviewer, letter by letter as before")
    .option("--reason <text>", "why, in a word or a line", "")
    .option("--comment <text>", "whatever else there is to say", "")
    .action(runReview);
}

async function runReview(
  candidate: string,
  verdict: string,
  { notebook, json, by: reviewer, reason, comment }: ReviewFlags,
): Promise<void> {
  const candidateId = readId(CandidateId, "candidate", candidate);
  const request = parseRequest(Review.omit({ at: true }), {
    candidateId,
    verdict: judgementOf(verdict),
    reason,
    comment,
    reviewer,
  });
  await using engine = await openEngine({ notebook: existing(notebook), recover: false });
  const review = await engine.candidates.review(request);
  if (json) printJson(review);
  else print(`${review.verdict} by ${review.reviewer}: ${review.candidateId}`);
}
