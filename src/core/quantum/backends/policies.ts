/** How a provider is asked: with a time-out, again after a growing pause, few at a time, and not at all while it is down. */
import {
  BrokenCircuitError,
  bulkhead,
  ConsecutiveBreaker,
  circuitBreaker,
  ExponentialBackoff,
  handleWhen,
  type IBackoff,
  type IRetryBackoffContext,
  retry,
  TaskCancelledError,
  TimeoutStrategy,
  timeout,
  wrap,
} from "cockatiel";
import { abortError } from "#shared/errors.ts";
import { ProviderError } from "./provider.ts";
import type { Remedy } from "./provider-errors.ts";

export interface PolicySettings {
  /** Of one request. */
  readonly timeout_ms: number;
  /** Tries after the first. */
  readonly tries: number;
  /** Of the first pause; each is about twice the last, with jitter. */
  readonly firstPause_ms: number;
  /** Also of a pause that the provider names. */
  readonly longestPause_ms: number;
  /** Failures in a row after which it is left alone, and for how long. */
  readonly failures: number;
  readonly rest_ms: number;
  /** Requests side by side. */
  readonly sideBySide: number;
}

export const POLICIES: PolicySettings = {
  timeout_ms: 60_000,
  tries: 5,
  firstPause_ms: 500,
  longestPause_ms: 120_000,
  failures: 12,
  rest_ms: 60_000,
  sideBySide: 4,
};

type Work<T> = (signal: AbortSignal) => Promise<T>;

export interface Policies {
  /** Of what may be asked twice: also again where nobody knows whether it was heard. */
  ask<T>(work: Work<T>, signal?: AbortSignal): Promise<T>;
  /** Of what makes something: again only where nothing was made. */
  make<T>(work: Work<T>, signal?: AbortSignal): Promise<T>;
}

type Context = IRetryBackoffContext<unknown>;

const hasRemedy = (error: unknown, remedies: readonly Remedy[]): boolean =>
  error instanceof ProviderError && remedies.includes(error.remedy);

/** What the policies themselves throw, in the words of providers. */
function translated(error: unknown, { timeout_ms }: PolicySettings): unknown {
  if (error instanceof BrokenCircuitError)
    return new ProviderError("fall-back", "it failed many times in a row and is left alone for a while");
  if (error instanceof TaskCancelledError)
    return new ProviderError("look-up", `no answer in ${timeout_ms / 1000} s`);
  return error;
}

/** Grows with jitter, and is never shorter than the pause that the provider named. */
function pauses({ firstPause_ms, longestPause_ms }: PolicySettings) {
  const named = ({ result }: Context): number =>
    "error" in result && result.error instanceof ProviderError ? (result.error.retryAfter_ms ?? 0) : 0;
  const at = (step: IBackoff<unknown>, context: Context): IBackoff<Context> => ({
    duration: Math.min(longestPause_ms, Math.max(step.duration, named(context))),
    next: (later) => at(step.next(later), later),
  });
  const growing = new ExponentialBackoff({ initialDelay: firstPause_ms, maxDelay: longestPause_ms });
  return { next: (context: Context) => at(growing.next(), context) };
}

/** Of one backend: its failures in a row are its own. */
export function createPolicies(settings: PolicySettings = POLICIES): Policies {
  const isFailure = handleWhen((error) => hasRemedy(error, ["look-up"]));
  const breaker = circuitBreaker(isFailure, {
    halfOpenAfter: settings.rest_ms,
    breaker: new ConsecutiveBreaker(settings.failures),
  });
  const limits = wrap(
    bulkhead(settings.sideBySide, Number.MAX_SAFE_INTEGER),
    timeout(settings.timeout_ms, TimeoutStrategy.Aggressive),
  );
  const once = async <T>(work: Work<T>, signal: AbortSignal): Promise<T> => {
    try {
      return await breaker.execute(
        () =>
          limits
            .execute((context) => work(context.signal), signal)
            .catch((error: unknown) => {
              if (signal.aborted) throw abortError();
              throw translated(error, settings);
            }),
        signal,
      );
    } catch (error) {
      throw translated(error, settings);
    }
  };
  const again = (remedies: readonly Remedy[]) => {
    const policy = retry(
      handleWhen((error) => hasRemedy(error, remedies)),
      { maxAttempts: settings.tries, backoff: pauses(settings) },
    );
    return async <T>(work: Work<T>, signal?: AbortSignal): Promise<T> => {
      signal?.throwIfAborted();
      const result = await policy.execute((context) => once(work, context.signal), signal);
      return result;
    };
  };
  return { ask: again(["retry", "look-up"]), make: again(["retry"]) };
}
