import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { beforeEach, expect, it, vi } from "vitest";
import { CampaignId } from "#shared/ids.ts";
import { FaultBoundary, FaultNotice } from "../../../src/renderer/src/components/fault-boundary.tsx";
import { faultDetails, placeOf } from "../../../src/renderer/src/components/fault-details.ts";
import { parseRoute } from "../../../src/renderer/src/hooks/route.ts";

vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({
  api: { system: { info: { queryKey: () => ["info"] } } },
  queryClient: {
    getQueryData: () => ({ version: "9.8.7", build: "deadbee" }),
    removeQueries: () => {},
    invalidateQueries: async () => {},
  },
}));

const id = CampaignId.parse("00000000-0000-4000-8000-000000000001");
const fault = {
  thrown: new TypeError("formula is null"),
  componentStack: "\n    at Formula\n    at Heading",
};

beforeEach(() => vi.stubGlobal("location", { hash: `#/campaign/${id}/3` }));

it("the details hold message, stacks, version and page, and no molecule of the address", () => {
  const search = parseRoute(`#/search/${encodeURIComponent(JSON.stringify({ contains: "C1CC1=O" }))}`);
  const text = faultDetails(fault, "1.2.3", search);
  expect(text).toMatch(/^TypeError: formula is null\n\nAnsatz 1\.2\.3, page: search\n/);
  expect(text).toContain("fault.test.ts");
  expect(text).toContain("at Formula\n    at Heading");
  expect(text).not.toContain("C1CC1");
  expect(placeOf({ page: "campaign", id, candidate: 3 })).toBe(`campaign ${id}, candidate 3`);
});

it("what is no error is told as well", () => {
  expect(faultDetails({ thrown: "just words", componentStack: "" }, "1", { page: "models" })).toContain(
    "Error: just words",
  );
});

it("the notice says what failed and why, and leads on", () => {
  const back = { text: "Close the candidate", go: () => {} };
  const page = renderToStaticMarkup(
    createElement(FaultNotice, { of: "This candidate", fault, back, onRetry: () => {} }),
  );
  for (const words of [
    "This candidate cannot be shown",
    "formula is null",
    "Try again",
    back.text,
    "9.8.7 (deadbee)",
  ])
    expect(page).toContain(words);
});

it("whatever is thrown is caught, and shown by no part of the window but its own", () => {
  expect(FaultBoundary.getDerivedStateFromError(fault.thrown)).toEqual({
    fault: { thrown: fault.thrown, componentStack: "" },
  });
});
