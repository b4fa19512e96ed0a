import { describe, expect, it } from "vitest";
import { draftOf, enableRequestOf } from "../../../src/renderer/src/features/devices/enable-draft.ts";

const fresh = (provider: "ionq" | "ibm" | "braket") => draftOf({ provider, access: null, keychain: null });

describe("enabling a provider in the form", () => {
  it("asks for the provider's own address, and limits that follow from that of a job", () => {
    const asked = enableRequestOf({ ...fresh("ionq"), key: " k \n" });
    expect(asked).toEqual({
      request: {
        provider: "ionq",
        key: "k",
        access: {
          baseUrl: "https://api.ionq.co/v0.4",
          limits: { job_usd: 20, campaign_usd: 200, day_usd: 200, account_usd: 2000 },
        },
      },
    });
  });

  it("names addresses of the region that is chosen", () => {
    const asked = enableRequestOf({ ...fresh("braket"), region: "eu-north-1", bucket: "amazon-braket-mine" });
    expect(asked).toMatchObject({
      request: {
        access: {
          baseUrl: "https://braket.eu-north-1.amazonaws.com",
          braket: { region: "eu-north-1", s3Url: "https://s3.eu-north-1.amazonaws.com" },
        },
      },
    });
    // No key was filled in: the one that is at hand stays.
    expect("request" in asked && "key" in asked.request).toBe(false);
  });

  it.each([
    ["ibm", {}, "access.ibm.instance", /begins with "crn:"/],
    ["braket", { bucket: "No" }, "access.braket.bucket", /name of a bucket/],
    ["ionq", { baseUrl: "http://example.org" }, "access.baseUrl", /https/],
    ["ionq", { job_usd: Number.NaN }, "access.limits.job_usd", /number/i],
    ["ionq", { day_usd: 5 }, "access.limits.job_usd", /expected that of a/],
  ] as const)("says of %s with %j what is wrong at %s", (provider, change, path, message) => {
    const asked = enableRequestOf({ ...fresh(provider), ...change });
    expect("problems" in asked && asked.problems.get(path)).toMatch(message);
  });

  it("names addresses of another region where the region is changed", () => {
    const asked = enableRequestOf({ ...fresh("braket"), region: "us-west-1", bucket: "amazon-braket-mine" });
    if ("problems" in asked) throw new Error("expected a request");
    const { access } = asked.request;
    const before = draftOf({ provider: "braket", access, keychain: null });
    expect(enableRequestOf(before)).toEqual({ request: { provider: "braket", access } });
    expect(enableRequestOf({ ...before, region: "eu-north-1" })).toMatchObject({
      request: {
        access: {
          baseUrl: "https://braket.eu-north-1.amazonaws.com",
          braket: { region: "eu-north-1", s3Url: "https://s3.eu-north-1.amazonaws.com" },
        },
      },
    });
  });

  it("begins from what is enabled", () => {
    const limits = { job_usd: 1, campaign_usd: 2, day_usd: 3, account_usd: 4 };
    const ibm = {
      ...{ instance: "crn:v1:x", tokenUrl: "https://t.example" },
      ...{ program: "sampler" as const, isPrivate: true },
    };
    const access = { baseUrl: "http://127.0.0.1:1/v1", limits, ibm };
    expect(enableRequestOf(draftOf({ provider: "ibm", access, keychain: null }))).toEqual({
      request: { provider: "ibm", access },
    });
  });
});
