/** How the agent learns from what became of its proposals. */
import assert from "node:assert/strict";
import { isInvalid } from "#core/chemistry/toolkit/notation.ts";
import { parseSmiles, type RDKit } from "#core/chemistry/toolkit/rdkit.ts";
import { murckoScaffold } from "../molecules/scaffold.ts";
import { randomStream } from "../random-stream.ts";
import type { Thread } from "../threads/thread-client.ts";
import { createReplayMemory, createScaffoldMemory, type Remembered } from "./experience.ts";
import type { AgentReply, AgentRequest, AgentSample } from "./protocol.ts";
import type { SteerSettings } from "./settings.ts";

/** A proposal whose fate is known: its score, or none where the evaluation failed. */
export interface Settled {
  sample: AgentSample;
  canonicalSmiles: string | null;
  score: number | null;
}

/** Turns scores into gradient steps: a scaffold that is full scores 0, and the best molecules are learned again. */
export function createLearner(thread: Thread<AgentRequest, AgentReply>, rdkit: RDKit, rules: SteerSettings) {
  const replay = createReplayMemory(rules.replaySize);
  const scaffolds = createScaffoldMemory(rules.bucket);
  const random = randomStream(rules.seed, 0xfffffffe);

  const scaffoldOf = (canonicalSmiles: string) => {
    const parsed = parseSmiles(rdkit, canonicalSmiles);
    if (isInvalid(parsed)) return canonicalSmiles;
    using mol = parsed;
    return murckoScaffold(rdkit, mol) || canonicalSmiles;
  };

  function worth({ sample, canonicalSmiles, score }: Settled): Remembered | undefined {
    if (score === null) return undefined;
    if (canonicalSmiles === null) return { ...sample, canonicalSmiles: sample.smiles, score: 0 };
    const scaffold = scaffoldOf(canonicalSmiles);
    const full = scaffolds.isFull(scaffold);
    if (score >= rules.good && !full) scaffolds.add(scaffold);
    return { ...sample, canonicalSmiles, score: full ? 0 : score };
  }

  return {
    async learn(settled: readonly Settled[]): Promise<{ meanScore: number; loss: number }> {
      const fresh = settled.map(worth).filter((entry) => entry !== undefined);
      for (const entry of fresh) if (entry.score > 0) replay.add(entry);
      replay.forget((entry) => scaffolds.isFull(scaffoldOf(entry.canonicalSmiles)));
      let loss = 0;
      for (let step = 0; step < rules.steps; step++) {
        const batch = [...fresh, ...replay.draw(rules.replayed, random)].map(
          ({ smiles, priorNll, score }) => ({
            smiles,
            target: rules.sigma * score - priorNll,
          }),
        );
        if (batch.length === 0) break;
        const reply = await thread.ask({ type: "learn", batch });
        assert(reply.type === "learned");
        loss = reply.loss;
      }
      return {
        meanScore: fresh.reduce((sum, entry) => sum + entry.score, 0) / Math.max(1, fresh.length),
        loss,
      };
    },
  };
}
