import { afterAll, describe, expect, it } from "vitest";
import { openChemistry } from "#core/chemistry/chemistry.ts";
import { openModel } from "#core/generation/network/model.ts";
import { type SteerEvent, steer } from "#core/generation/steering/steer.ts";
import { filterRefusal } from "#core/orchestration/desks/property-objective.ts";

const model = await openModel("resources/models/small-organics");
const chemistry = await openChemistry({ filtersDirectory: "resources/filters" });
afterAll(() => chemistry[Symbol.dispose]());

async function run(refusal: (smiles: string) => string | null, budget: number) {
  const scored: string[] = [];
  const events: SteerEvent[] = [];
  const objective = async (smiles: string) => {
    scored.push(smiles);
    return { outcome: "scored", score: 0.5 } as const;
  };
  const settings = { budget, batchSize: 8, steps: 1 };
  for await (const event of steer(model, { chemistry, objective, refusal, settings })) events.push(event);
  return { scored, events };
}

describe("a molecule that the filter refuses", () => {
  it("costs no call of the objective and is told with its reason", async () => {
    const { scored, events } = await run((smiles) => (/n/i.test(smiles) ? "has nitrogen" : null), 24);
    const refused = events.flatMap((event) => (event.type === "refused" ? [event] : []));
    expect(scored).toHaveLength(24);
    expect(scored.filter((smiles) => /n/i.test(smiles))).toEqual([]);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.every(({ reason }) => reason === "has nitrogen")).toBe(true);
    expect(new Set(refused.map(({ canonicalSmiles }) => canonicalSmiles)).size).toBe(refused.length);
    expect(events.at(-1)).toMatchObject({ type: "result", calls: 24, ending: "budget" });
  });

  it("ends the run unpaid where there is no other", async () => {
    const { scored, events } = await run(() => "never", 24);
    expect(scored).toEqual([]);
    expect(events.at(-1)).toMatchObject({ type: "result", calls: 0, ending: "exhausted" });
  });

  it("is one that the default filter rejects, by its rule", () => {
    const refusal = filterRefusal(chemistry);
    expect(refusal("CCO")).toBeNull();
    expect(refusal("[Na+].[Cl-]")).toMatch(/^rejected by multi-component: /);
  });
});
