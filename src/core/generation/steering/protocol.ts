/** What the steering thread is asked and what it answers. */

export interface SteerData {
  weights: SharedArrayBuffer;
  vocabulary: readonly string[];
  hidden: number;
  maxTokens: number;
  rate: number;
  seed: number;
  constrained: boolean;
}

/** A molecule of the agent. */
export interface AgentSample {
  smiles: string;
  /** −log p under the prior, nats. */
  priorNll: number;
}

export type AgentRequest =
  | { type: "propose"; first: number; count: number }
  /** One gradient step on mean (target − log p)²; targets are augmented log-likelihoods. */
  | { type: "learn"; batch: readonly { smiles: string; target: number }[] }
  | { type: "weights" };

export type AgentReply =
  | { type: "proposed"; samples: AgentSample[] }
  | { type: "learned"; loss: number }
  | { type: "weights"; weights: SharedArrayBuffer };
