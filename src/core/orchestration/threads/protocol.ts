/** What the pool and its threads say to each other. */
import type { DomainErrorCode, ErrorData } from "#shared/errors.ts";
import type { ControlBlock } from "./control.ts";

/** What a thread is started with. */
export interface WorkerSetup {
  resources: string;
  control: ControlBlock;
  /** Threads that the whole pool may use. */
  threads: number;
}

export interface WorkRequest {
  id: number;
  task: string;
  input: unknown;
}

/** An error as it crosses the thread boundary, where classes are lost. */
export type WorkError =
  | { type: "domain"; code: DomainErrorCode; message: string; data: ErrorData }
  | { type: "abort" }
  | { type: "bug"; message: string; stack: string };

export type WorkReply =
  | { id: number; outcome: "done"; output: unknown }
  | { id: number; outcome: "failed"; error: WorkError };
