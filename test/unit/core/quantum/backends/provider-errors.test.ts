import { describe, expect, it } from "vitest";
import {
  jobError,
  PROVIDER_ERRORS,
  PROVIDERS,
  type Remedy,
  requestError,
} from "#core/quantum/backends/provider-errors.ts";

/** Failure codes of the OpenAPI document of IonQ v0.4 (2 September 2026), components.schemas.Failure. */
const IONQ_FAILURES =
  "InvalidInput CompilationError ContractExpiredError DebiasingError InternalError NotEnoughQubits OptimizationError PreflightError QuantumCircuitComplexityError QuantumComputerError QuotaExhaustedError SimulationError SimulationTimeout SystemCancel TooLongPredictedExecutionTime TooManyControls TooManyGates TooManyShots UnknownBillingError UnsupportedGate";
/** Statuses that its POST /jobs documents, and those of its page of error codes. */
const IONQ_STATUSES = [400, 401, 403, 404, 413, 429, 500, 502, 503];

describe("the table of provider errors", () => {
  it.each(PROVIDERS)("%s has one row a code, and says where each table is from", (provider) => {
    const { requests, codes, source } = PROVIDER_ERRORS[provider];
    for (const rows of [requests, codes])
      expect(new Set(rows.map(({ code }) => code)).size).toBe(rows.length);
    expect(source.length).toBeGreaterThan(20);
  });

  it("names every failure and status that IonQ documents", () => {
    const { codes, requests } = PROVIDER_ERRORS.ionq;
    expect(codes.map(({ code }) => code).sort()).toEqual(IONQ_FAILURES.split(" ").sort());
    const statuses = requests.map(({ code }) => Number(code));
    expect(IONQ_STATUSES.filter((status) => !statuses.includes(status))).toEqual([]);
  });

  it.each(PROVIDERS)("%s: whatever may have made a job is looked up before it is sent again", (provider) => {
    for (const status of [500, 502, 503, 504, 507, 520, 599])
      expect(requestError(provider, status).remedy).toBe("look-up");
    expect(requestError(provider, 429).remedy).toBe("retry");
    // Whoever is not let in does not knock again.
    for (const status of [400, 401, 403, 418]) expect(requestError(provider, status).remedy).toBe("stop");
  });

  it("takes the provider's own code before the status", () => {
    const found: [Remedy, Remedy, Remedy] = [
      requestError("ibm", 400, "1202").remedy,
      requestError("ibm", 400, "1004").remedy,
      requestError("braket", 400, "DeviceOfflineException").remedy,
    ];
    expect(found).toEqual(["retry", "fall-back", "fall-back"]);
    expect(requestError("ibm", 409, "99999").remedy).toBe("fall-back");
  });

  it("leaves a job that failed for a reason that is not known to someone else", () => {
    expect(jobError("ionq", "QuotaExhaustedError").remedy).toBe("fall-back");
    expect(jobError("ionq", "UnknownBillingError").remedy).toBe("stop");
    expect(jobError("ionq", "SomethingNew")).toEqual({
      remedy: "fall-back",
      means: "failed with SomethingNew, which is not known",
    });
  });
});
