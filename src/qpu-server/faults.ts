/** What can go wrong between a client and a provider, on demand: the server asks before it answers. */

/** What a client asks for. */
export type ServerStep =
  | "backend"
  | "token"
  | "limits"
  | "calibration"
  | "estimate"
  | "submit"
  | "list"
  | "poll"
  | "results"
  | "cost"
  | "cancel";

export interface ServerRequest {
  readonly step: ServerStep;
  /** How many requests of this step came before it. */
  readonly count: number;
}

export type Fault =
  /** Refused before anything was done. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfter_s?: number }
  /** Done, and then the answer is an error. */
  | { readonly kind: "status-after"; readonly status: number }
  /** The connection is cut before anything was done. */
  | { readonly kind: "drop" }
  /** Done, and the connection is cut before the answer. */
  | { readonly kind: "drop-after" }
  /** Done, and the connection is cut within the answer. */
  | { readonly kind: "half" }
  /** Done, and the answer is whole for HTTP, but its document is cut. */
  | { readonly kind: "garbled" }
  /** Of a result: its document is whole, and lacks what it tells last, a circuit where it has several. */
  | { readonly kind: "short" }
  /** The key is refused from here on, until the server gets a new one. */
  | { readonly kind: "expired" }
  /** Of a submission: the job never starts. */
  | { readonly kind: "stuck" }
  /** Of a submission: the job fails with a code. */
  | { readonly kind: "fails"; readonly code: string }
  /** Of a submission: the last of several circuits fails with a code, and the job as a whole where the provider knows no parts. */
  | { readonly kind: "part-fails"; readonly code: string }
  /** Of a submission: the bill has no cost. */
  | { readonly kind: "unbilled" };

export type Faults = (request: ServerRequest) => Fault | undefined;

export const NO_FAULTS: Faults = () => undefined;

/** How a job that is made under a fault fails as a whole; null where it does not. */
export const injectedFailure = (fault: Fault | undefined): { code: string; message: string } | null =>
  fault?.kind === "fails" || fault?.kind === "part-fails" ? { code: fault.code, message: "injected" } : null;
