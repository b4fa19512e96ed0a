/**
 * What is done about each error of each provider: one row a code, with where it is said.
 *
 * What a row decides is whether a job may have been made (look up), whether asking again can help (retry), whether someone else
 * can do the work (fall back), or whether a person has to act first (stop).
 */

/**
 * retry: nothing was made; ask again after a pause. look-up: a job may have been made; find it by its name, and only where there
 * is none send it again. fall-back: this device will not do it; the local simulator does. stop: nobody tries again until a
 * person has looked.
 */
export type Remedy = "retry" | "look-up" | "fall-back" | "stop";

export const PROVIDERS = ["ionq", "ibm", "braket"] as const;
export type ProviderName = (typeof PROVIDERS)[number];

interface ErrorRow {
  /** HTTP status, or the provider's own code. */
  readonly code: string;
  readonly remedy: Remedy;
  /** In the provider's sense, a few words. */
  readonly means: string;
  /** P: the provider's own schema, client or page. S: someone else's. */
  readonly grade: "P" | "S";
}

interface ErrorTable {
  /** Where its rows are from, and when that was read. */
  readonly source: string;
  /** Of a request, by HTTP status. */
  readonly requests: readonly ErrorRow[];
  /** Of a job that was made, and of the body of a refused request. */
  readonly codes: readonly ErrorRow[];
}

const row = (code: string | number, remedy: Remedy, means: string, grade: "P" | "S" = "P"): ErrorRow => ({
  code: String(code),
  remedy,
  means,
  grade,
});

const ionq: ErrorTable = {
  source:
    "https://docs.ionq.com/api-reference/v0.4/error-codes and the OpenAPI document of 2 September 2026 in github.com/ionq/ionq-core-python, read 30 November 2026",
  requests: [
    row(
      400,
      "stop",
      "bad request: a parameter is invalid, or there are more circuits or gates than a job may have",
    ),
    row(401, "stop", "the key does not authenticate, or has expired"),
    row(402, "fall-back", "payment required", "S"),
    row(403, "stop", "the key may not do this"),
    row(404, "fall-back", "there is no such job or backend"),
    row(413, "fall-back", "more than 10 MB"),
    row(429, "retry", "too many requests: refused before anything was made"),
    // The vendor's own client no longer repeats a POST after it (qiskit-ionq 1.1.1).
    row(500, "look-up", "a failure of the server, which may have made the job"),
    row(502, "look-up", "a bad gateway: the job may have been made behind it"),
    row(503, "look-up", "an outage"),
    row(504, "look-up", "the gateway waited too long: the job may have been made behind it", "S"),
  ],
  codes: [
    row("InvalidInput", "stop", "the job's input is invalid"),
    row("CompilationError", "fall-back", "the circuit could not be compiled"),
    row("ContractExpiredError", "stop", "the contract behind the key has expired"),
    row("DebiasingError", "fall-back", "debiasing failed"),
    row("InternalError", "fall-back", "an internal error"),
    row("NotEnoughQubits", "fall-back", "the backend has fewer qubits"),
    row("OptimizationError", "fall-back", "the circuit could not be optimised"),
    row("PreflightError", "stop", "the circuit failed the checks before it ran"),
    row("QuantumCircuitComplexityError", "fall-back", "too many gates to be run coherently"),
    row("QuantumComputerError", "fall-back", "the device failed while the job ran"),
    row("QuotaExhaustedError", "fall-back", "not enough credit"),
    row("SimulationError", "fall-back", "the provider's simulator failed"),
    row("SimulationTimeout", "fall-back", "too large for the provider's simulator"),
    row("SystemCancel", "fall-back", "cancelled by the provider"),
    row("TooLongPredictedExecutionTime", "fall-back", "it would run too long"),
    row("TooManyControls", "stop", "a gate has more controls than are supported"),
    row("TooManyGates", "fall-back", "more gates than the backend takes"),
    row("TooManyShots", "fall-back", "more shots than the backend takes"),
    row("UnknownBillingError", "stop", "the billing system failed: what was charged is not known"),
    row("UnsupportedGate", "stop", "a gate that the backend does not know"),
  ],
};

const ibm: ErrorTable = {
  source:
    "https://quantum.cloud.ibm.com/docs/en/errors (first part of the registry; other codes follow the HTTP status), the REST pages, the statuses that qiskit-ibm-runtime api/session.py repeats and the code 1305 of its runtime_job_v2.py, read 30 November 2026",
  requests: [
    row(400, "stop", "bad request"),
    // A token lives an hour: the driver renews it once before it gives up.
    row(401, "stop", "the token does not authenticate, or has expired"),
    row(403, "stop", "not authorised"),
    row(404, "fall-back", "there is no such job or backend"),
    row(409, "fall-back", "the usage exceeds the limit of the instance"),
    row(429, "retry", "too many requests", "S"),
    row(500, "look-up", "a failure of the server"),
    row(502, "look-up", "a bad gateway"),
    row(503, "look-up", "an outage"),
    row(504, "look-up", "the gateway waited too long"),
    row(520, "look-up", "the edge got no valid answer"),
    row(521, "look-up", "the edge was refused"),
    row(522, "look-up", "the edge waited too long to connect"),
    row(524, "look-up", "the edge waited too long for an answer"),
  ],
  codes: [
    row(1000, "look-up", "an internal error"),
    row(1002, "stop", "the job is not valid on this backend"),
    row(1003, "stop", "transpilation failed"),
    row(1004, "fall-back", "the backend is not available"),
    row(1005, "fall-back", "the backend lacks the basis gates"),
    row(1006, "look-up", "the converter failed: asking again may help"),
    row(1007, "stop", "there is no such backend"),
    row(1008, "look-up", "the validation failed: asking again may help"),
    row(1009, "fall-back", "the backend's information is missing"),
    row(1010, "look-up", "an error of the backend: asking again may help"),
    row(1011, "look-up", "the job could not be queued: asking again may help"),
    row(1012, "retry", "as many jobs are running as the user may have"),
    row(1200, "stop", "not authorised"),
    row(1201, "stop", "invalid credentials"),
    row(1202, "retry", "too many requests"),
    row(1204, "stop", "more tags than a job may have"),
    row(1205, "stop", "a tag is longer than it may be"),
    row(1305, "fall-back", "it ran longer than it was allowed to"),
  ],
};

const braket: ErrorTable = {
  source:
    "the service model braket 2019-09-01 in botocore 1.43.11; asking again cannot pay twice, because clientToken is the content hash",
  requests: [
    row(400, "stop", "validation"),
    row(402, "fall-back", "a quota of the service is exceeded"),
    row(403, "stop", "access denied"),
    row(404, "fall-back", "there is no such task or device"),
    row(409, "look-up", "in conflict with what is there"),
    row(410, "fall-back", "the device is retired"),
    row(424, "fall-back", "the device is offline"),
    row(429, "retry", "throttled"),
    row(500, "look-up", "a failure of the service"),
    row(502, "look-up", "a bad gateway", "S"),
    row(503, "look-up", "an outage", "S"),
    row(504, "look-up", "the gateway waited too long", "S"),
  ],
  codes: [
    row("ValidationException", "stop", "validation"),
    row("ProgramSetValidationFailed", "stop", "the set of programs is not valid"),
    row("ServiceQuotaExceededException", "fall-back", "a quota of the service is exceeded"),
    row("AccessDeniedException", "stop", "access denied"),
    row("ResourceNotFoundException", "fall-back", "there is no such task or device"),
    row("ConflictException", "look-up", "in conflict with what is there"),
    row("DeviceRetiredException", "fall-back", "the device is retired"),
    row("DeviceOfflineException", "fall-back", "the device is offline"),
    row("ThrottlingException", "retry", "throttled"),
    row("InternalServiceException", "look-up", "a failure of the service"),
    // Of the bucket, as S3 names it.
    row("NoSuchKey", "look-up", "the result is not in the bucket yet"),
  ],
};

export const PROVIDER_ERRORS: Readonly<Record<ProviderName, ErrorTable>> = { ionq, ibm, braket };

/** What a provider said, and what is done about it. */
export interface KnownError {
  readonly remedy: Remedy;
  readonly means: string;
}

/**
 * What is done about a refused request. The provider's own code goes before the status; a status that no row names is an outage
 * from 500 on, where a job may have been made, and otherwise a refusal that a person has to look at.
 */
export function requestError(provider: ProviderName, status: number, code?: string): KnownError {
  const { requests, codes } = PROVIDER_ERRORS[provider];
  const found = codes.find((one) => one.code === code) ?? requests.find((one) => one.code === String(status));
  if (found) return found;
  return status >= 500
    ? { remedy: "look-up", means: `a failure of the server (${status})` }
    : { remedy: "stop", means: `refused with the status ${status}` };
}

/** What is done about a job that failed. A code that no row names: someone else does the work. */
export const jobError = (provider: ProviderName, code: string): KnownError =>
  PROVIDER_ERRORS[provider].codes.find((one) => one.code === code) ?? {
    remedy: "fall-back",
    means: `failed with ${code}, which is not known`,
  };
