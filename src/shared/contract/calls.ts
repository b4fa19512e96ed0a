/** The contract's procedures as methods of this process: each is declared once, in the contract. */
import { type AnyContractProcedure, type ContractProcedure, isContractProcedure } from "@orpc/contract";
import { z } from "zod";
import type { Progress } from "../campaign/job.ts";
import { DomainError } from "../errors.ts";

/** How a caller stops long work, and in this process follows it. */
export interface CallOptions {
  signal?: AbortSignal;
  report?: (progress: Progress) => void;
}

/** What a schema takes before and gives after parsing. */
interface Schema {
  "~standard": { types?: { input: unknown; output: unknown } | undefined };
}
type Taken<S> = S extends Schema ? NonNullable<S["~standard"]["types"]>["input"] : never;
type Given<S> = S extends Schema ? NonNullable<S["~standard"]["types"]>["output"] : never;

/** A stream of events answers at once, all else with a promise. */
type Answer<Output> = [Output] extends [AsyncIterator<infer Event, unknown, unknown>]
  ? AsyncIterable<Event>
  : Promise<unknown extends Output ? void : Output>;

type Call<Input, Output> = unknown extends Input
  ? (options?: CallOptions) => Answer<Output>
  : (input: Input, options?: CallOptions) => Answer<Output>;

/** A method for each procedure: its input first where it has one, then how the caller stops and follows it. */
export type Calls<Contract> = {
  readonly [Name in keyof Contract]: Contract[Name] extends ContractProcedure<
    infer Input,
    infer Output,
    infer _Errors,
    infer _Meta
  >
    ? Call<Taken<Input>, Given<Output>>
    : Calls<Contract[Name]>;
};

/** The same as they are written: with the input as the contract's schema parsed it. */
export type Implementation<Contract> = {
  readonly [Name in keyof Contract]: Contract[Name] extends ContractProcedure<
    infer Input,
    infer Output,
    infer _Errors,
    infer _Meta
  >
    ? Call<Given<Input>, Given<Output>>
    : Implementation<Contract[Name]>;
};

export type AnyCall = (...given: unknown[]) => Promise<unknown> | AsyncIterable<unknown>;

/** Something for each procedure of a contract, made of the method of the same name. */
export function forEachProcedure(
  contract: object,
  methods: object,
  make: (procedure: AnyContractProcedure, method: AnyCall) => unknown,
): object {
  const method = (name: string): unknown => (methods as Record<string, unknown>)[name];
  return Object.fromEntries(
    Object.entries(contract).map(([name, one]: [string, unknown]) => [
      name,
      isContractProcedure(one)
        ? make(one, method(name) as AnyCall)
        : forEachProcedure(one as object, method(name) as object, make),
    ]),
  );
}

/** What a schema makes of an input. @throws DomainError invalid-input that names each thing that is not as expected */
function parsed(schema: z.ZodType, input: unknown): unknown {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  throw new DomainError("invalid-input", z.prettifyError(result.error));
}

/**
 * Methods that parse what they are given by the contract's schemas before they do their work.
 *
 * @throws DomainError invalid-input from a method whose input is not what the contract says
 */
export function parsing<Contract extends object>(
  contract: Contract,
  implementation: Implementation<Contract>,
): Calls<Contract> {
  const made = forEachProcedure(contract, implementation, (procedure, method) => {
    const schema = procedure["~orpc"].inputSchema as z.ZodType | undefined;
    return schema
      ? (input: unknown, options?: CallOptions) => method(parsed(schema, input), options)
      : method;
  });
  // The types are mapped as the values are: name by name.
  return made as Calls<Contract>;
}
