/**
 * As much of cockatiel 4.0.0 as policies.ts uses, so that what is installed without it can be type-checked. To be removed where the
 * package is installed everywhere: its own types say the same.
 */
declare module "cockatiel" {
  interface Policy {
    execute<T>(
      fn: (context: { signal: AbortSignal }) => PromiseLike<T> | T,
      signal?: AbortSignal,
    ): Promise<T>;
  }
  interface Handler {
    readonly handles: unique symbol;
  }
  export interface IRetryBackoffContext<R> {
    readonly attempt: number;
    readonly signal: AbortSignal;
    readonly result: { error: unknown } | { value: R };
  }
  export interface IBackoff<T> {
    readonly duration: number;
    next(context: T): IBackoff<T>;
  }
  export class BrokenCircuitError extends Error {}
  export class TaskCancelledError extends Error {}
  export class ConsecutiveBreaker {
    constructor(failures: number);
  }
  export class ExponentialBackoff {
    constructor(options: { initialDelay: number; maxDelay: number });
    next(): IBackoff<unknown>;
  }
  export enum TimeoutStrategy {
    Cooperative = "optimistic",
    Aggressive = "aggressive",
  }
  export function handleWhen(predicate: (error: unknown) => boolean): Handler;
  export function bulkhead(limit: number, queue?: number): Policy;
  export function timeout(duration: number, strategy: TimeoutStrategy): Policy;
  export function wrap(first: Policy, second: Policy): Policy;
  export function circuitBreaker(
    handler: Handler,
    options: { halfOpenAfter: number; breaker: ConsecutiveBreaker },
  ): Policy;
  export function retry(
    handler: Handler,
    options: {
      maxAttempts: number;
      backoff: { next(context: IRetryBackoffContext<unknown>): IBackoff<IRetryBackoffContext<unknown>> };
    },
  ): Policy;
}
