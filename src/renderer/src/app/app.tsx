import { HotkeysProvider } from "@blueprintjs/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { useLayoutEffect } from "react";
import { FaultBoundary } from "../components/fault-boundary.tsx";
import { placeOf } from "../components/fault-details.ts";
import { CalculatePage } from "../features/calculate/calculate-page.tsx";
import { TellOfWork } from "../features/calculate/tell-of-work.tsx";
import { CampaignPage } from "../features/campaign/campaign-page.tsx";
import { CampaignList } from "../features/campaigns/campaign-list.tsx";
import { DevicesPage } from "../features/devices/devices-page.tsx";
import { Help } from "../features/help/help-dialog.tsx";
import { ModelsPage } from "../features/models/models-page.tsx";
import { NotebookPage } from "../features/notebook/notebook-page.tsx";
import { ReviewPage } from "../features/review/review-page.tsx";
import { SearchPage } from "../features/search/search-page.tsx";
import { OtherNotebookBanner } from "../features/shelf/other-notebook-banner.tsx";
import { SampleNotebook } from "../features/shelf/sample-dialog.tsx";
import { StartCampaign } from "../features/start-campaign/start-campaign.tsx";
import { Tour } from "../features/tour/tour.tsx";
import { navigate, type Route, useRoute, WHOLE_TABLE } from "../hooks/route.ts";
import { useDark } from "../hooks/use-dark.ts";
import { queryClient } from "../rpc/client.ts";
import { ConnectionBanner } from "./connection-banner.tsx";
import { ReadOnlyBanner } from "./read-only-banner.tsx";
import { Shortcuts } from "./shortcuts.tsx";
import { TopBar } from "./top-bar.tsx";

function Page({ route }: { route: Route }) {
  if (route.page === "notebook") return <NotebookPage />;
  if (route.page === "models") return <ModelsPage />;
  if (route.page === "devices") return <DevicesPage tab={route.tab} />;
  if (route.page === "calculate") return <CalculatePage id={route.id} />;
  if (route.page === "search")
    return (
      <SearchPage
        key={JSON.stringify(route.query)}
        query={route.query}
        {...(route.sort && { sort: route.sort })}
      />
    );
  if (route.page === "review") return <ReviewPage key={route.id} id={route.id} />;
  if (route.page === "new")
    return (
      <StartCampaign
        key={route.from ?? JSON.stringify(route.search)}
        from={route.from}
        search={route.search ?? null}
      />
    );
  if (route.page === "campaign")
    return (
      <CampaignPage
        key={route.id}
        id={route.id}
        candidate={route.candidate}
        shown={route.table ?? WHOLE_TABLE}
      />
    );
  return <CampaignList />;
}

const home = { text: "All campaigns", go: () => navigate({ page: "campaigns" }) };

/** The page of the address; one that fails leaves the bar above it. */
function Pages() {
  const route = useRoute();
  return (
    <FaultBoundary of="This page" place={placeOf(route)} back={home}>
      <Page route={route} />
    </FaultBoundary>
  );
}

/** Dialogs and menus are put directly into the body, so the theme's class must be there too. */
function useColours(): void {
  const dark = useDark();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
    document.body.classList.toggle("bp6-dark", dark);
  }, [dark]);
}

export function App() {
  useColours();
  return (
    <FaultBoundary of="The window" back={{ text: "Load it anew", go: () => location.reload() }}>
      <QueryClientProvider client={queryClient}>
        <HotkeysProvider dialogProps={{ title: "Keyboard", globalGroupName: "Keys that work now" }}>
          <Shortcuts>
            <div className="app">
              <TellOfWork />
              <FaultBoundary of="The bar above the page">
                <TopBar />
                <ConnectionBanner />
                <ReadOnlyBanner />
                <OtherNotebookBanner />
              </FaultBoundary>
              <SampleNotebook />
              <Help />
              <Tour />
              <main className="page">
                <Pages />
              </main>
            </div>
          </Shortcuts>
        </HotkeysProvider>
      </QueryClientProvider>
    </FaultBoundary>
  );
}
