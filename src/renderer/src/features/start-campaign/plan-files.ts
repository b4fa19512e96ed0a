/** A plan among files that a person chose, and the files that it names. */
import { type Plan, plannedFiles, readPlan } from "#shared/campaign/plan.ts";
import { DomainError } from "#shared/errors.ts";

/** Name of what was pasted, for people. */
export const PASTED = "pasted text";

/** @throws DomainError invalid-input where molecules were pasted: a plan names files, and they are in none */
export function requireFiles(names: readonly string[]): void {
  if (!names.includes(PASTED)) return;
  const message =
    "A plan names files of molecules, and these were pasted: expected them in a file. Save them in one, choose it here, and save the plan again.";
  throw new DomainError("invalid-input", message);
}

export const isPlan = ({ name }: File): boolean => /\.json$/i.test(name);
const fileName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;

/** The files that a plan names among those chosen with it: a page cannot look for them itself. */
export function chosenFor(plan: Plan, chosen: readonly File[]): File[] {
  const names = plannedFiles(plan).map(fileName);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined)
    throw new DomainError(
      "invalid-input",
      `The plan reads two files named ${twice}, which a page cannot tell apart: expected different names, or run the plan from the command line.`,
    );
  return plannedFiles(plan).map((path) => {
    const found = chosen.find(({ name }) => name === fileName(path));
    if (found) return found;
    const message = `The plan reads ${plannedFiles(plan).map(fileName).join(", ")}: choose plan and molecules together. ${fileName(path)} is missing.`;
    throw new DomainError("invalid-input", message);
  });
}

/** The plan among the files chosen. @throws DomainError invalid-input where it is none, or there is none */
export async function planAmong(chosen: readonly File[]): Promise<Plan> {
  const file = chosen.find(isPlan);
  if (file) return readPlan(await file.text(), file.name);
  const got = chosen.map(({ name }) => name).join(", ");
  throw new DomainError("invalid-input", `Expected a plan, a file that ends in .json, got ${got}.`);
}
