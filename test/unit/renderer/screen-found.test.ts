import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it, vi } from "vitest";
import { SearchPage } from "../../../src/renderer/src/features/search/search-page.tsx";
import type { Key } from "../../../src/renderer/src/hooks/use-keys.ts";

const { navigate, useKeys, settings } = await vi.hoisted(async () => {
  const { CampaignSettings } = await import("#shared/campaign/campaign.ts");
  return { navigate: vi.fn(), useKeys: vi.fn(), settings: CampaignSettings.parse({ name: "a" }) };
});
vi.mock(import("@tanstack/react-query"), async (load) => ({
  ...(await load()),
  useQuery: (() => ({ data: [{ id: "a", name: "a", settings }] })) as never,
}));
vi.mock("../../../src/renderer/src/rpc/client.ts", () => ({
  api: { campaigns: { list: { queryOptions: () => ({}) } } },
}));
vi.mock("../../../src/renderer/src/hooks/route.ts", () => ({ navigate }));
vi.mock("../../../src/renderer/src/hooks/use-keys.ts", () => ({ useKeys }));
vi.mock("../../../src/renderer/src/hooks/use-read-only.ts", () => ({ useReadOnly: () => false }));
vi.mock("../../../src/renderer/src/components/reviewer.tsx", () => ({ useViewer: () => ({ viewer: "B" }) }));
vi.mock("../../../src/renderer/src/features/search/hit-list.tsx", () => ({ HitList: () => null }));
vi.mock("../../../src/renderer/src/features/search/hit-tools.tsx", () => ({ HitTools: () => null }));
vi.mock("../../../src/renderer/src/features/search/use-search.ts", () => ({
  MOST_HITS: 500,
  useSearch: () => ({ hits: [{ candidate: {} }], isSearching: false, error: null }),
}));

it("what a search finds for the reviewer who looks is what is screened", () => {
  renderToStaticMarkup(createElement(SearchPage, { query: { verdict: "shortlist" } }));
  const keys = useKeys.mock.calls.flatMap(([bound]) => bound as Key[]);
  keys.find(({ combo }) => combo === "s")?.run();
  expect(navigate).toHaveBeenCalledExactlyOnceWith({
    page: "new",
    from: null,
    search: { verdict: "shortlist", viewer: "B" },
  });
});
