import { describe, expect, it } from "vitest";
import { forecastSentence } from "#shared/campaign/forecast.ts";
import { spanText } from "#shared/campaign/span-text.ts";

describe("a time that is foretold", () => {
  it.each([
    [0.2, "1 s"],
    [42.4, "42 s"],
    [12 * 60, "12 min"],
    [80 * 60, "80 min"],
    [2 * 3600, "2 h"],
    [3 * 3600 + 17 * 60, "3 h 20 min"],
    [36 * 3600, "1.5 days"],
    [30 * 24 * 3600, "30 days"],
    [400 * 24 * 3600, "400 days"],
  ])("of %d s is said as exactly as it is known: %s", (seconds, text) => {
    expect(spanText(seconds)).toBe(text);
  });
});

describe("the sentence before the start", () => {
  const forecast = {
    ...{ evaluations: 60, states: 240, seconds: 5000, memory_bytes: 3 * 2 ** 30, threads: 2 },
    ...{ molecules: 6, timedStates: 0 },
  };

  it("says how much of what, how long, with how much memory, and by what it is known", () => {
    expect(forecastSentence(forecast)).toBe(
      "60 molecules, some 240 states: about 83 min on 2 threads, up to 3.0 GiB of memory (by a short measurement on this machine, from 6 molecules).",
    );
    expect(forecastSentence({ ...forecast, timedStates: 35 })).toContain(
      "by the times of 35 states in this notebook",
    );
  });

  it("says what is measured elsewhere, what that costs, and what becomes of what is beyond the limit", () => {
    const device = { provider: "ionq", device: "qpu.forte-1", jobs: 24, shots: 40_000, cost_usd: 618.96 };
    const said = (limit_usd: number | null, cost_usd: number | null = device.cost_usd) =>
      forecastSentence({ ...forecast, devices: [{ ...device, cost_usd, limit_usd }] });
    expect(said(1000)).toMatch(
      /24 jobs with 40000 shots on ionq, qpu\.forte-1: about 618\.96 USD by the price table, .*; the limit of a campaign is 1000\.00 USD\.$/,
    );
    expect(said(500)).toMatch(/is 500\.00 USD, beyond which the local sampler measures\.$/);
    expect(said(null)).toMatch(/; ionq is not enabled\.$/);
    expect(said(1000, null)).toMatch(/there is no price of it, and so nothing is sent\.$/);
  });

  it("says where nothing passes the filter", () => {
    expect(forecastSentence({ ...forecast, molecules: 0 })).toMatch(
      /^None of the molecules .* passes the filter/,
    );
  });
});
