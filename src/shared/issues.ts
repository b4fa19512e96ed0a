/** What a schema found wrong, in words that say where and what was expected. */
import type { z } from "zod";

type Issue = z.core.$ZodIssue;

/** Issues of the form that was meant where a value may have several: the one with all keys known. */
export function concreteIssues(issue: Issue): Issue[] {
  if (issue.code !== "invalid_union") return [issue];
  const [first] = issue.errors;
  if (!first) return [issue];
  const meant = issue.errors.find((own) =>
    own.every(({ code }) => code !== "unrecognized_keys" && code !== "invalid_union"),
  );
  return (meant ?? first).flatMap((own) => concreteIssues({ ...own, path: [...issue.path, ...own.path] }));
}

const MOST_SHOWN = 60;

/** What stands at a path: "got 0", "got nothing". */
function gotAt(path: readonly PropertyKey[], input: unknown): string {
  const value = path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > MOST_SHOWN ? `got ${text.slice(0, MOST_SHOWN)}…` : `got ${text}`;
}

function sentence(issue: Issue, input: unknown): string {
  const where = issue.path.length > 0 ? `${issue.path.map(String).join(".")}: ` : "";
  if (issue.code === "unrecognized_keys") return `${where}nothing is called ${issue.keys.join(", ")} there`;
  const [, expected = issue.message] = /expected (.*?)(?:, received .*)?$/.exec(issue.message) ?? [];
  return issue.code === "custom"
    ? `${where}${issue.message}`
    : `${where}expected ${expected}, ${gotAt(issue.path, input)}`;
}

/** "evaluation.maxEvaluations: expected number to be >=1, got 0", one for each thing that is wrong. @param input that was parsed */
export const issueSentences = ({ issues }: Pick<z.ZodError, "issues">, input: unknown): string[] =>
  issues.flatMap(concreteIssues).map((issue) => sentence(issue, input));
