import { Spinner, Tab, Tabs } from "@blueprintjs/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorBanner } from "../../components/error-banner.tsx";
import { type DevicesTab, navigate } from "../../hooks/route.ts";
import { api } from "../../rpc/client.ts";
import { EgressLog, Jobs, Ledger } from "./books.tsx";
import { ProviderCard } from "./provider-card.tsx";

function Backends() {
  const { data, error, refetch } = useQuery({ ...api.qpu.providers.queryOptions(), staleTime: 0 });
  if (error) return <ErrorBanner error={error} retry={() => void refetch()} />;
  if (!data) return <Spinner />;
  return (
    <div className="device-list">
      {data.map((standing) => (
        <ProviderCard key={standing.provider} standing={standing} />
      ))}
    </div>
  );
}

/** Quantum computers in the cloud: who may be asked, what was asked, what it cost, what left this machine. */
export function DevicesPage({ tab }: { tab: DevicesTab }) {
  return (
    <div className="column notebook-page">
      <div className="column-head">
        <h1>Devices in the cloud</h1>
      </div>
      <p className="muted">
        Everything here is optional: until you enable a provider nothing is sent and no connection is opened.
      </p>
      <Tabs
        id="devices"
        selectedTabId={tab}
        renderActiveTabPanelOnly
        onChange={(chosen) => navigate({ page: "devices", tab: chosen as DevicesTab }, { replace: true })}
      >
        <Tab id="backends" title="Backends" panel={<Backends />} />
        <Tab id="jobs" title="Jobs" panel={<Jobs />} />
        <Tab id="ledger" title="Ledger" panel={<Ledger />} />
        <Tab id="egress" title="Egress log" panel={<EgressLog />} />
      </Tabs>
    </div>
  );
}
