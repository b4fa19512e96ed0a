import { describe, expect, it } from "vitest";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { shippedSets } from "#core/orchestration/forecast/forecast.ts";
import { measuredSpeed } from "#core/orchestration/forecast/speed.ts";
import { type AskedState, kindOf, stateSeconds } from "#core/quantum/cost/law.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

const basisSets = shippedSets("resources");
const ATOMS: Record<string, string[]> = {
  CCO: [..."CCOHHHHHH"],
  "NC=O": [..."CNOHHH"],
  "CC#C": [..."CCCHHHH"],
  CO: [..."COHHHH"],
  "C=O": [..."COHH"],
};

/** A machine that takes a multiple of what the law says, by the clock ten times that: others are at work beside it. */
function machine(slowness: Record<string, number>, asked: EnergyRequest[]): Dispatcher {
  const run = async (task: string, input: EnergyRequest & { smiles: string }) => {
    if (task === "embed") {
      const geometry = { symbols: ATOMS[input.smiles]!, coordinates_angstrom: [] };
      return { outcome: "embedded", conformer: { geometry } };
    }
    asked.push(input);
    const { geometry, ...state } = input;
    const basis = await basisSets(input);
    const taken =
      slowness[kindOf({ ...state, symbols: [] })]! *
      stateSeconds({ ...state, symbols: geometry.symbols }, basis!);
    return { wallTime_ms: 10_000 * taken, processorTime_ms: 1000 * taken };
  };
  return { run, [Symbol.asyncDispose]: async () => {} } as unknown as Dispatcher;
}

const state = (changes: Partial<AskedState>): AskedState => ({
  ...{ symbols: ["O", "H", "H"], charge: 0, multiplicity: 1, basis: "def2-svp", method: "mp2" },
  ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200, frozenCore: true },
  ...changes,
});

describe("the speed of a machine", () => {
  it("is measured of each kind of state once, in processor time", async () => {
    const asked: EnergyRequest[] = [];
    const dispatcher = machine({ mp2: 0.5, "mp2 hole": 3, "rhf relaxed": 2 }, asked);
    const factorOf = measuredSpeed({ dispatcher, basisSets, threads: 1 });
    const cation = state({ charge: 1, multiplicity: 2, openShell: "hole" });
    const relaxed = state({ method: "rhf", optimise: { frozen: [] } });
    const factors = await Promise.all([state({}), cation, relaxed].map(factorOf));
    for (const [k, factor] of [0.5, 3, 2].entries()) expect(factors[k]).toBeCloseTo(factor, 9);
    const count = asked.length;
    expect(
      await factorOf(state({ charge: 1, multiplicity: 2, openShell: "hole", symbols: ["N"] })),
    ).toBeCloseTo(3, 9);
    expect(asked).toHaveLength(count);
  });

  it("is measured with all threads at work, which slow each other down", async () => {
    const alone = machine({ mp2: 2 }, []);
    let atWork = 0;
    const run = async (...asked: Parameters<Dispatcher["run"]>) => {
      atWork++;
      const answer = (await alone.run(...asked)) as { processorTime_ms: number };
      await new Promise(setImmediate);
      const slowed = atWork > 1 ? 1.5 : 1;
      await new Promise(setImmediate);
      atWork--;
      return { ...answer, processorTime_ms: slowed * answer.processorTime_ms };
    };
    const dispatcher = { ...alone, run: run as Dispatcher["run"] };
    expect(await measuredSpeed({ dispatcher, basisSets, threads: 2 })(state({}))).toBeCloseTo(3, 9);
    expect(await measuredSpeed({ dispatcher, basisSets, threads: 1 })(state({}))).toBeCloseTo(2, 9);
  });

  it("is measured on ions with as many electrons as the kind wants", async () => {
    const asked: EnergyRequest[] = [];
    const dispatcher = machine({ "mp2 electron": 1, "mp2 pair": 1, "uhf open relaxed": 1 }, asked);
    const factorOf = measuredSpeed({ dispatcher, basisSets, threads: 1 });
    await factorOf(state({ charge: -1, multiplicity: 2, openShell: "electron" }));
    await factorOf(state({ multiplicity: 3, openShell: "pair" }));
    await factorOf(state({ method: "uhf", multiplicity: 2, optimise: { frozen: [] } }));
    const electrons = new Set(asked.map(({ charge, multiplicity }) => `${charge} ${multiplicity}`));
    expect([...electrons]).toEqual(["-1 2", "0 3", "1 2"]);
  });

  it("is measured again where that failed", async () => {
    let isBroken = true;
    const whole = machine({ mp2: 2 }, []);
    const dispatcher = {
      ...whole,
      run: (async (...asked: Parameters<Dispatcher["run"]>) => {
        if (isBroken) throw new Error("the worker died");
        return whole.run(...asked);
      }) as Dispatcher["run"],
    };
    const factorOf = measuredSpeed({ dispatcher, basisSets, threads: 1 });
    await expect(factorOf(state({}))).rejects.toThrow("died");
    isBroken = false;
    expect(await factorOf(state({}))).toBeCloseTo(2, 9);
  });
});
