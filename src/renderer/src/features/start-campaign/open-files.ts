/** A plan that a person chose or dropped, as a form that is filled in. */
import { settingsOfPlan } from "#shared/campaign/plan.ts";
import { client } from "../../rpc/client.ts";
import type { Opened } from "./form.ts";
import { chosenFor, planAmong } from "./plan-files.ts";

/** What a plan means, the molecules that it names read. */
export async function openPlan(chosen: readonly File[]): Promise<Opened> {
  const plan = await planAmong(chosen);
  if (plan.generation.source !== "library") return { draft: settingsOfPlan(plan) };
  const files = chosenFor(plan, chosen);
  const { notebook = [], reading } = plan.generation;
  const asked = { files, notebook, reading };
  const library = await client.libraries.read(asked);
  return { draft: settingsOfPlan(plan, { library }), asked };
}
