import { describe, expect, it } from "vitest";
import type { Dispatcher } from "#core/orchestration/dispatch/dispatcher.ts";
import { shippedSets } from "#core/orchestration/forecast/forecast.ts";
import { measuredSpeed } from "#core/orchestration/forecast/speed.ts";
import { type AskedState, stateSeconds } from "#core/quantum/cost/law.ts";
import { distance } from "#shared/molecule/vectors.ts";
import type { EnergyRequest } from "#shared/quantum/energy-request.ts";

const basisSets = shippedSets("resources");
/** A machine that takes a multiple of what the law says, by the clock ten times that: others are at work beside it. */
function machine(slowness: { closed: number; open: number }, asked: EnergyRequest[]): Dispatcher {
  const run = async (_task: string, input: EnergyRequest) => {
    asked.push(input);
    const { geometry, ...state } = input;
    const basis = await basisSets(input);
    // A third of what this kind needs on average.
    const fockBuilds = 30;
    const { symbols } = geometry;
    const seconds = stateSeconds({ ...state, symbols }, basis!, { fockBuilds });
    const taken = (state.multiplicity > 1 ? slowness.open : slowness.closed) * seconds;
    const hartreeFock = { search: { fockBuilds } };
    return { wallTime_ms: 10_000 * taken, processorTime_ms: 1000 * taken, hartreeFock };
  };
  return { run, [Symbol.asyncDispose]: async () => {} } as unknown as Dispatcher;
}

const state = (changes: Partial<AskedState>): AskedState => ({
  ...{ symbols: ["O", "H", "H"], charge: 0, multiplicity: 1, basis: "def2-svp", method: "mp2" },
  ...{ activeSpace: null, ansatz: "uccsd", maxIterations: 200, frozenCore: true },
  ...changes,
});

describe("the speed of a machine", () => {
  it("is measured of closed and open shells once, in processor time, by the work that they turned out to be", async () => {
    const asked: EnergyRequest[] = [];
    const dispatcher = machine({ closed: 0.5, open: 3 }, asked);
    const factorOf = measuredSpeed({ dispatcher, basisSets, threads: 1 });
    const cation = state({ charge: 1, multiplicity: 2, openShell: "hole" });
    const quartet = state({ charge: 1, multiplicity: 4, openShell: "hole" });
    const relaxed = state({ method: "rhf", optimise: { frozen: [] } });
    const factors = await Promise.all([state({}), cation, quartet, relaxed].map(factorOf));
    for (const [k, factor] of [0.5, 3, 3, 0.5].entries()) expect(factors[k]).toBeCloseTo(factor, 9);
    expect(asked.map(({ charge, multiplicity }) => `${charge} ${multiplicity}`)).toEqual(["0 1", "1 2"]);
  });

  it("is measured of acetamide: bonds of usual lengths, and no atom near to another without one", async () => {
    const asked: EnergyRequest[] = [];
    await measuredSpeed({ dispatcher: machine({ closed: 1, open: 1 }, asked), basisSets, threads: 1 })(
      state({}),
    );
    const { symbols, coordinates_angstrom: xyz } = asked[0]!.geometry;
    expect(symbols.join("")).toBe("CCNOHHHHH");
    // Å: means of primary amides in crystals (F. H. Allen et al., doi:10.1039/P298700000S1), of hydrogen as in methane and ammonia.
    const bonds: Record<string, number> = {
      ...{ "0 1": 1.51, "1 2": 1.33, "1 3": 1.23 },
      ...{ "0 4": 1.09, "0 5": 1.09, "0 6": 1.09, "2 7": 1.01, "2 8": 1.01 },
    };
    const of = (name: string): number => {
      const [a = 0, b = 0] = name.split(" ").map(Number);
      return distance(xyz, a, b);
    };
    for (const [name, length] of Object.entries(bonds))
      expect(Math.abs(of(name) - length)).toBeLessThan(0.05);
    const others = symbols.flatMap((_, b) => symbols.slice(0, b).map((__, a) => `${a} ${b}`));
    for (const name of others.filter((one) => !(one in bonds))) expect(of(name)).toBeGreaterThan(1.6);
  });

  it("is measured with all threads at work, which slow each other down", async () => {
    const alone = machine({ closed: 2, open: 2 }, []);
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

  it("is measured again where that failed", async () => {
    let isBroken = true;
    const whole = machine({ closed: 2, open: 2 }, []);
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
