/**
 * Errors that a person can act on. Expected scientific outcomes (not converged, unsupported) are values, not errors;
 * bugs are plain exceptions; cancellation is a DOMException named AbortError.
 */

/** Every code a DomainError can carry; hosts map them to exit codes and banners. */
export const DOMAIN_ERROR_CODES = [
  "invalid-input",
  "not-found",
  "conflict",
  "backend-unavailable",
  "notebook-damaged",
  "notebook-newer",
  "notebook-locked",
  "disk-full",
  "addon-not-loaded",
  "model-damaged",
  "worker-died",
  "not-supported",
] as const;
export type DomainErrorCode = (typeof DOMAIN_ERROR_CODES)[number];

/** What JSON can hold: the shape of an error's data. */
export type ErrorData = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** An error whose message says what went wrong, what was expected, what came, and what to do. */
export class DomainError extends Error {
  override readonly name = "DomainError";
  readonly code: DomainErrorCode;
  readonly data: ErrorData;

  constructor(code: DomainErrorCode, message: string, data: ErrorData = {}) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** True for an abort raised by AbortSignal or by the native core's cancel flag. */
export const isAbort = (error: unknown): boolean => error instanceof Error && error.name === "AbortError";

/** The error that cancelled work throws. */
export const abortError = (message = "cancelled"): DOMException => new DOMException(message, "AbortError");

/** Whatever was thrown, as an Error: WebAssembly's exceptions are none, and anything may be thrown. */
export function toError(thrown: unknown): Error {
  if (thrown instanceof Error) return thrown;
  const isObject = typeof thrown === "object" && thrown !== null;
  return new Error(
    isObject ? `${Object.prototype.toString.call(thrown)} was thrown, which is no error` : String(thrown),
  );
}

export const messageOf = (thrown: unknown): string => toError(thrown).message;

/** Codes of what is refused. */
const REFUSALS: readonly DomainErrorCode[] = ["invalid-input", "not-supported"];

/** Whether what was asked for is refused, and would be again: an outcome of that molecule, which may be kept. */
export const isRefusal = (error: unknown): error is DomainError =>
  error instanceof DomainError && REFUSALS.includes(error.code);

/** Whether the worker ended before its work did: of something else's memory perhaps, so that it says nothing of the molecule that may be kept. */
export const isDeadWorker = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code === "worker-died";

/** Whether an error ends the work on one molecule alone; every other error concerns the installation. */
export const isOfOneMolecule = (error: unknown): error is DomainError =>
  isRefusal(error) || isDeadWorker(error);
