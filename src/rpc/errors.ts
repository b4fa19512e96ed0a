/** What an error of the engine becomes on the wire. */
import { ORPCError, ValidationError } from "@orpc/server";
import { DomainError, isAbort, toError } from "#shared/errors.ts";
import type { Logger } from "#shared/host/logger.ts";

const BUG_MESSAGE =
  "Something went wrong inside Ansatz, and this is a fault of the program. Nothing that was already computed is lost. " +
  "The log of this run has the details.";

/** "generation.count: expected a number of at least 1" for each thing that is wrong with an input. */
function describeIssues(error: ValidationError): string {
  return error.issues
    .map((issue) => {
      const path = issue.path?.map((part) => String(typeof part === "object" ? part.key : part)).join(".");
      return path ? `${path}: ${issue.message}` : issue.message;
    })
    .join("; ");
}

/** A DomainError keeps code, message and data; a refused input becomes invalid-input; a bug is logged and told in general words. */
export function toRpcError(error: unknown, logger: Logger): ORPCError<string, unknown> {
  if (error instanceof DomainError)
    return new ORPCError(error.code, { message: error.message, data: error.data });
  if (error instanceof ORPCError) {
    if (error.code !== "BAD_REQUEST" || !(error.cause instanceof ValidationError)) return error;
    const issues = describeIssues(error.cause);
    return new ORPCError("invalid-input", {
      message: `The input does not fit: ${issues}.`,
      data: { issues },
    });
  }
  if (isAbort(error))
    return new ORPCError("CLIENT_CLOSED_REQUEST", { message: "The request was cancelled." });
  logger.error({ error: toError(error).stack }, "bug");
  return new ORPCError("INTERNAL_SERVER_ERROR", { message: BUG_MESSAGE });
}
