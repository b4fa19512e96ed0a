import { Button, HotkeysContext } from "@blueprintjs/core";
import {
  Book,
  Calculator,
  ChevronRight,
  Cloud,
  Help as HelpIcon,
  KeyCommand,
  PredictiveAnalysis,
  Search,
} from "@blueprintjs/icons";
import { skipToken, useQuery } from "@tanstack/react-query";
import { useContext } from "react";
import { Logo } from "../components/logo.tsx";
import { ReviewerButton } from "../components/reviewer.tsx";
import { RunningCalculations } from "../features/calculate/running-calculations.tsx";
import { openHelp } from "../features/help/help-dialog.tsx";
import { hashOf, navigate, type Route, useRoute } from "../hooks/route.ts";
import { api } from "../rpc/client.ts";
import { AboutButton } from "./about.tsx";
import { SettingsButton } from "./settings.tsx";

const TITLES = {
  new: "New campaign",
  models: "Models",
  devices: "Devices in the cloud",
  calculate: "Calculate",
  notebook: "Notebook",
  search: "Search",
  review: "Review",
} as const;

function Crumb({ route }: { route: Route }) {
  const id = route.page === "campaign" || route.page === "review" ? route.id : null;
  const { data } = useQuery(api.campaigns.get.queryOptions({ input: id ? { id } : skipToken }));
  if (route.page === "campaigns") return null;
  const name = data?.settings.name ?? "…";
  const title = { ...TITLES, campaign: name }[route.page];
  return (
    <>
      <ChevronRight size={14} className="muted" />
      {route.page === "review" && (
        <>
          <a className="crumb" href={hashOf({ page: "campaign", id: route.id, candidate: null })}>
            {name}
          </a>
          <ChevronRight size={14} className="muted" />
        </>
      )}
      <span className="crumb" aria-current="page">
        {title}
      </span>
    </>
  );
}

export function TopBar() {
  const route = useRoute();
  const [, dispatch] = useContext(HotkeysContext);
  return (
    <header className="top-bar">
      <nav aria-label="Place" className="crumbs">
        <a className="brand" href={hashOf({ page: "campaigns" })}>
          <Logo />
          Ansatz
        </a>
        <Crumb route={route} />
      </nav>
      <div className="top-bar-tools">
        <RunningCalculations />
        <ReviewerButton />
        <Button
          variant="minimal"
          icon={<Calculator />}
          aria-label="Calculate one molecule"
          title="Calculate one molecule (Ctrl or ⌘ Shift E)"
          onClick={() => navigate({ page: "calculate", id: null })}
        />
        <Button
          variant="minimal"
          icon={<Search />}
          aria-label="Search the notebook"
          title="Search the notebook (Ctrl or ⌘ Shift F)"
          onClick={() => navigate({ page: "search", query: null })}
        />
        <Button
          variant="minimal"
          icon={<PredictiveAnalysis />}
          aria-label="Models"
          title="Models (Shift M)"
          onClick={() => navigate({ page: "models" })}
        />
        <Button
          variant="minimal"
          icon={<Cloud />}
          aria-label="Devices in the cloud"
          title="Devices in the cloud (Shift D)"
          onClick={() => navigate({ page: "devices", tab: "backends" })}
        />
        <Button
          variant="minimal"
          icon={<Book />}
          aria-label="Notebook"
          title="Notebook"
          onClick={() => navigate({ page: "notebook" })}
        />
        <Button
          variant="minimal"
          icon={<HelpIcon />}
          aria-label="Help"
          title="Help (F1)"
          onClick={() => openHelp()}
        />
        <Button
          variant="minimal"
          icon={<KeyCommand />}
          aria-label="Keyboard shortcuts"
          title="Keyboard shortcuts (?)"
          onClick={() => dispatch({ type: "OPEN_DIALOG" })}
        />
        <SettingsButton />
        <AboutButton />
      </div>
    </header>
  );
}
