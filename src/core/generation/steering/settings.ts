/** How steering goes: how much it asks, how it learns. */

export interface SteerSettings {
  /** Calls of the objective; molecules seen before, refused ones and invalid strings cost none. */
  budget: number;
  /** Scores gathered for a step of learning, and molecules proposed at a time. */
  batchSize: number;
  /** Evaluations under way at the same time. */
  concurrency: number;
  /** New molecules proposed for each that is evaluated: a surrogate of the scores so far picks. 1 evaluates all. */
  screened: number;
  /** Weight of the score against the prior's log-likelihood, nats. */
  sigma: number;
  rate: number;
  /** Gradient steps for each batch of scores. */
  steps: number;
  replaySize: number;
  /** Remembered molecules in each gradient step. */
  replayed: number;
  /** Good molecules of one scaffold after which more of it score 0. */
  bucket: number;
  /** A score from which a molecule counts as good for its scaffold's bucket. */
  good: number;
  constrained: boolean;
  seed: number;
}

export const STEER_DEFAULTS: SteerSettings = {
  budget: 1000,
  batchSize: 32,
  concurrency: 32,
  screened: 8,
  sigma: 100,
  rate: 5e-4,
  steps: 4,
  replaySize: 100,
  replayed: 32,
  bucket: 25,
  good: 0.4,
  constrained: true,
  seed: 1,
};
