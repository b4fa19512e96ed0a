/** The contract over what answers it: each procedure is the method of that name, no logic lives here. */
import type { AnyContractProcedure } from "@orpc/contract";
import { implement, type Router } from "@orpc/server";
import { type AnyCall, type Calls, forEachProcedure } from "#shared/contract/calls.ts";
import { type Contract, contract } from "#shared/contract/contract.ts";
import type { Logger } from "#shared/host/logger.ts";
import { toRpcError } from "./errors.ts";

export type AppRouter = Router<Contract, Record<never, never>>;

/**
 * Implements the contract.
 *
 * @param engine what answers.
 * @param logger receives every bug (anything that is neither a DomainError nor a cancellation).
 */
export function createRouter(engine: Calls<Contract>, logger: Logger): AppRouter {
  /** The middleware below has returned before the first event; errors of a stream are mapped here. */
  async function* streamed(events: AsyncIterable<unknown>) {
    try {
      yield* events;
    } catch (error) {
      throw toRpcError(error, logger);
    }
  }

  const answering = (procedure: AnyContractProcedure, method: AnyCall) =>
    implement({ answer: procedure })
      .use(async ({ next }) => {
        try {
          return await next();
        } catch (error) {
          throw toRpcError(error, logger);
        }
      })
      .answer.handler(async ({ input, signal }) => {
        const options = signal ? { signal } : {};
        const answer = procedure["~orpc"].inputSchema ? method(input, options) : method(options);
        return Symbol.asyncIterator in answer ? streamed(answer) : await answer;
      });

  // The Engine's type is made of the contract's: what is walked here by name has the type that the contract says.
  return forEachProcedure(contract, engine, answering) as AppRouter;
}
