/** What a dispatcher and those who work for it say to each other, by structured cloning. */
import { type JobAnswer, type JobAsked, ShotsNeeded } from "#core/quantum/measurement/at-hand.ts";
import {
  abortError,
  DomainError,
  type DomainErrorCode,
  type ErrorData,
  isAbort,
  toError,
} from "#shared/errors.ts";
import type { TaskFound, TaskInput, TaskName, TaskOutput } from "./tasks.ts";

export interface WorkRequest<Name extends TaskName = TaskName> {
  id: number;
  task: Name;
  input: TaskInput<Name>;
  /** As of RunOptions. */
  measured?: readonly JobAnswer[] | undefined;
}

/** An error as it crosses the boundary, where classes are lost. */
type WorkError =
  | { type: "domain"; code: DomainErrorCode; message: string; data: ErrorData }
  | { type: "abort" }
  | { type: "needs-shots"; job: JobAsked }
  | { type: "bug"; message: string; stack: string };

/** How a task ended. */
export type Answer<Name extends TaskName = TaskName> =
  | { outcome: "done"; output: TaskOutput<Name> }
  | { outcome: "failed"; error: WorkError };

export type WorkReply<Name extends TaskName = TaskName> = Answer<Name> & { id: number };

/** A part of the output, before the reply. */
export interface WorkFound<Name extends TaskName = TaskName> {
  id: number;
  found: TaskFound<Name>;
}

/** An error as it is sent. */
export function portable(error: unknown): WorkError {
  if (error instanceof DomainError) {
    return { type: "domain", code: error.code, message: error.message, data: error.data };
  }
  if (isAbort(error)) return { type: "abort" };
  if (error instanceof ShotsNeeded) return { type: "needs-shots", job: error.job };
  const bug = toError(error);
  return { type: "bug", message: bug.message, stack: bug.stack ?? bug.message };
}

/** The error that was sent. */
export function revive(error: WorkError): Error {
  switch (error.type) {
    case "domain":
      return new DomainError(error.code, error.message, error.data);
    case "abort":
      return abortError();
    case "needs-shots":
      return new ShotsNeeded(error.job);
    case "bug": {
      const bug = new Error(error.message);
      bug.stack = error.stack;
      return bug;
    }
    default:
      return error satisfies never;
  }
}

/** @throws what the task threw */
export function outputOf<Name extends TaskName>(answer: Answer<Name>): TaskOutput<Name> {
  if (answer.outcome === "done") return answer.output;
  throw revive(answer.error);
}
