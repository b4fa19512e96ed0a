/** Thread entry: holds the prior and the agent; proposes molecules and learns from scored ones. */
import assert from "node:assert/strict";
import { createGrammar } from "../language/grammar.ts";
import { createVocabulary } from "../language/vocabulary.ts";
import { createAdam } from "../network/adam.ts";
import { likelihoodAndGradient } from "../network/backpropagation.ts";
import { createGru } from "../network/gru.ts";
import { parametersOf, weightsOf } from "../network/parameters.ts";
import { readyBackend } from "../network/tensor-backend.ts";
import { gruWeights } from "../network/weights.ts";
import { sampleIndices } from "../sampling/batch-sampler.ts";
import { serveThread } from "../threads/thread-client.ts";
import type { AgentReply, AgentRequest, AgentSample, SteerData } from "./protocol.ts";

await serveThread<SteerData, AgentRequest, AgentReply>(async (data) => {
  await readyBackend();
  const vocabulary = createVocabulary(data.vocabulary);
  const weights = gruWeights(new Float32Array(data.weights), vocabulary.size, data.hidden);
  const prior = parametersOf(weights);
  const agent = parametersOf(weights);
  const adam = createAdam(agent.all.length);
  const grammar = data.constrained ? createGrammar(vocabulary, data.maxTokens) : undefined;

  const encode = (smiles: string) => {
    const encoded = vocabulary.encode(smiles);
    assert("ids" in encoded, "the model can read what it wrote");
    return encoded.ids;
  };

  function propose(first: number, count: number): AgentSample[] {
    using gru = createGru(weightsOf(agent));
    const indices = Array.from({ length: count }, (_, i) => first + i).values();
    const rules = { temperature: 1, seed: data.seed, batchSize: count, maxTokens: data.maxTokens, grammar };
    const samples = [...sampleIndices(gru, vocabulary, indices, rules)]
      .flat()
      .filter((sample) => sample.smiles !== null)
      .sort((a, b) => a.index - b.index);
    const { nll } = likelihoodAndGradient(
      prior,
      samples.map(({ smiles }) => encode(smiles)),
    );
    return samples.map(({ smiles }, i) => ({ smiles, priorNll: nll[i]! }));
  }

  function learn(batch: readonly { smiles: string; target: number }[]): number {
    let loss = 0;
    const { gradient } = likelihoodAndGradient(
      agent,
      batch.map(({ smiles }) => encode(smiles)),
      (nll) =>
        nll.map((x, i) => {
          const shortfall = batch[i]!.target + x;
          loss += (shortfall * shortfall) / batch.length;
          return (2 * shortfall) / batch.length;
        }),
    );
    assert(gradient);
    adam.step(agent.all, gradient.all, data.rate);
    return loss;
  }

  return (request) => {
    if (request.type === "propose")
      return { type: "proposed", samples: propose(request.first, request.count) };
    if (request.type === "learn") return { type: "learned", loss: learn(request.batch) };
    return { type: "weights", weights: weightsOf(agent).all.buffer };
  };
});
