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
/** Characters of a sentence, and sentences: what was written may be a million of either. */
const LONGEST_SENTENCE = 1000;
const MOST_SENTENCES = 20;

/** On one line, as far as a person reads. */
function readable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, " ");
  return line.length > LONGEST_SENTENCE ? `${line.slice(0, LONGEST_SENTENCE)}…` : line;
}

/** What stands at a path: "got 0", "got nothing". */
function gotAt(path: readonly PropertyKey[], input: unknown): string {
  const value = path.reduce<unknown>(
    (within, key) => (within as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  );
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? "nothing");
  return text.length > MOST_SHOWN ? `got ${text.slice(0, MOST_SHOWN)}…` : `got ${text}`;
}

function sentence(issue: Issue, input: unknown): string {
  const where = issue.path.length > 0 ? `${issue.path.map(String).join(".")}: ` : "";
  if (issue.code === "unrecognized_keys") return `${where}nothing is called ${issue.keys.join(", ")} there`;
  const [, expected = issue.message] = /expected (.*?)(?:, received .*)?$/i.exec(issue.message) ?? [];
  return issue.code === "custom"
    ? `${where}${issue.message}`
    : `${where}expected ${expected}, ${gotAt(issue.path, input)}`;
}

/** "evaluation.maxEvaluations: expected number to be >=1, got 0", one for each thing that is wrong. @param input that was parsed */
export function issueSentences({ issues }: Pick<z.ZodError, "issues">, input: unknown): string[] {
  const all = issues.flatMap(concreteIssues);
  const told = all.slice(0, MOST_SENTENCES).map((issue) => readable(sentence(issue, input)));
  return all.length > told.length ? [...told, `and ${all.length - told.length} more`] : told;
}
